using ModelConformance.Bench;

return args switch
{
    ["throughput", .. var options] => await Throughput.RunAsync(options.Contains("--json")),
    ["replay", .. var options] => await Replay.RunAsync(options.Contains("--json")),
    ["replayed-run", .. var options] => await ReplayedRun.RunAsync(options.Contains("--json")),
    ["growth", .. var options] => await Growth.RunAsync(options.Contains("--json")),
    ["coverage", .. var options] => Coverage.Run(options.Contains("--json")),
    ["bootstrap", .. var options] => Bootstrap.Run(options.Contains("--json")),
    ["early-stopping", .. var options] => EarlyStopping.Run(options.Contains("--json")),
    ["early-runs", .. var options] => await EarlyRuns.RunAsync(options.Contains("--json")),
    ["soak", .. var options] => await SoakCommand.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        What this software costs and what its figures are worth, measured side by side in one run; with * over the published data, in
        MODELCONFORMANCE__Data__Root:
          dotnet run -c Release --project bench -- throughput [--json]      questions per second, against a bare HttpClient loop
          dotnet run -c Release --project bench -- replay [--json]          stored replies from a ledger, against a bare read of the same rows
          dotnet run -c Release --project bench -- replayed-run [--json]    * a whole run from the ledger to results.json, against a bare read of its rows
          dotnet run -c Release --project bench -- growth [--json]          * ten times the items: time and memory
          dotnet run -c Release --project bench -- coverage [--json]        * how often intervals hold
          dotnet run -c Release --project bench -- bootstrap [--json]       the cluster bootstrap, against one that walks all items
          dotnet run -c Release --project bench -- early-stopping [--json]  * how often stopping early is wrong, and what it saves
          dotnet run -c Release --project bench -- early-runs [--json]      * the same of whole runs against the reference model
          dotnet run -c Release --project bench -- soak [--requests 100000] [--kills 20] [--seed 1] [--json]
                                                                            every fault and kill -9, against a run that nothing happens to
        """);
    return 2;
}
