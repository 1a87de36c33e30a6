using System.Runtime.InteropServices;
using ModelConformance.Cli;
using ModelConformance.Runs;

using var stop = new CancellationTokenSource();
var signals = new StopSignals(TimeProvider.System);
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !signals.EndAtOnce();
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
// A terminal that is closed.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

ToolContext context;
try
{
    context = ToolContext.OfProcess();
}
catch (SettingsException fault)
{
    return (int)ConformanceTool.Explain(fault, new ToolContext(Console.Out, Console.Error) { Settings = new RunSettings() });
}

return await ConformanceTool.InvokeAsync(args, context, stop.Token).ConfigureAwait(false);
