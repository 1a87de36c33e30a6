using ModelConformance.Bench;

return args switch
{
    ["throughput", .. var options] => await Throughput.RunAsync(options.Contains("--json")),
    ["coverage", .. var options] => Coverage.Run(options.Contains("--json")),
    ["early-runs", .. var options] => await EarlyRuns.RunAsync(options.Contains("--json")),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Ratios, measured side by side in one run:
          dotnet run -c Release --project bench -- throughput [--json]
          dotnet run -c Release --project bench -- early-runs [--json]   (the published data in MODELCONFORMANCE__Data__Root)
          dotnet run -c Release --project bench -- coverage [--json]     (the published data in MODELCONFORMANCE__Data__Root)
        """);
    return 2;
}
