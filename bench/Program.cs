using ModelConformance.Bench;

return args switch
{
    ["throughput", .. var options] => await Throughput.RunAsync(options.Contains("--json")),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Ratios, measured side by side in one run:
          dotnet run -c Release --project bench -- throughput [--json]
        """);
    return 2;
}
