using ModelConformance.Bench;

return args switch
{
    ["throughput", .. var options] => await Throughput.RunAsync(options.Contains("--json")),
    ["coverage", .. var options] => Coverage.Run(options.Contains("--json")),
    ["early-stopping", .. var options] => EarlyStopping.Run(options.Contains("--json")),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Ratios, measured side by side in one run:
          dotnet run -c Release --project bench -- throughput [--json]
          dotnet run -c Release --project bench -- coverage [--json]     (the published data in MODELCONFORMANCE__Data__Root)
          dotnet run -c Release --project bench -- early-stopping [--json]   (likewise)
        """);
    return 2;
}
