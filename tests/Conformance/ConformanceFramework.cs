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
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo)
    {
        // A filter may leave out the row that would say it.
        if (SuiteContext.Fault is { } fault)
        {
            DiagnosticMessageSink.OnMessage(new DiagnosticMessage($"Nothing can be judged. {fault}"));
        }

        return base.CreateDiscoverer(assemblyInfo);
    }

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
                using var runner = new Runner(TestAssembly, cases, DiagnosticMessageSink, executionMessageSink, executionOptions);
                await runner.RunAsync();
            }
            catch (Exception fault)
            {
                DiagnosticMessageSink.OnMessage(new DiagnosticMessage($"The suite itself failed: {fault}"));
                Environment.ExitCode = 1;
            }
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IXunitTestCase[] cases, IMessageSink diagnostics, IMessageSink messages, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, messages, options)
    {
        protected override async Task AfterTestAssemblyStartingAsync()
        {
            await base.AfterTestAssemblyStartingAsync();
            var rows = TestCases.SelectMany(row => row.TestMethodArguments ?? []).ToArray();
            SuiteRun.Begin(
                rows.OfType<GateRow>(), rows.OfType<CellRow>(), message => DiagnosticMessageSink.OnMessage(new DiagnosticMessage(message)));
        }

        // Not later: the test host may end as soon as it hears that the assembly has finished.
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await Aggregator.RunAsync(SuiteRun.EndAsync);
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
