using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("ModelConformance.Suite.ConformanceFramework", "Conformance")]

namespace ModelConformance.Suite;

/// <summary>
/// xUnit with one addition: it sees the selected rows before the first one runs, so that all the cells they need are collected together, and
/// writes results.json after the last. A fixture can do neither.
/// </summary>
public sealed class ConformanceFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    /// <inheritdoc />
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            // "async void" is xUnit's own signature: what escapes here would end the process without a word.
            try
            {
                var cases = testCases.ToArray();
                var rows = cases.SelectMany(row => row.TestMethodArguments ?? []).ToArray();
                SuiteRun.Begin(rows.OfType<GateRow>(), rows.OfType<CellRow>(), Say);
                using var runner = new XunitTestAssemblyRunner(TestAssembly, cases, DiagnosticMessageSink, executionMessageSink, executionOptions);
                await runner.RunAsync();
                await SuiteRun.EndAsync();
            }
            catch (Exception fault)
            {
                Say($"The suite itself failed: {fault}");
                Environment.ExitCode = 1;
            }
        }

        private void Say(string message) => DiagnosticMessageSink.OnMessage(new DiagnosticMessage(message));
    }
}
