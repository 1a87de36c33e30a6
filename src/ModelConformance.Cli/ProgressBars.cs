using ModelConformance.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelConformance.Cli;

/// <summary>A collection on a terminal: a bar for each benchmark and condition, and a line for the whole.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<CollectionProgress>
{
    private static readonly (string, string) Whole = ("", "");

    private readonly Dictionary<(string Benchmark, string Condition), ProgressTask> bars = [];

    /// <summary>Shows bars on standard error while something goes on.</summary>
    public static Task<T> WatchAsync<T>(ToolContext context, Func<IProgress<CollectionProgress>, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) }).Progress()
            .Columns(new Bar(), new Words())
            .StartAsync(progress => work(new ProgressBars(progress)));

    /// <inheritdoc />
    public void Report(CollectionProgress value)
    {
        // It may come from a file that anybody wrote.
        foreach (var cell in value.Cells)
        {
            Show((cell.Benchmark, cell.Condition), cell.Done, cell.Total, FormattableString.Invariant($"{cell.Benchmark} {cell.Condition}  {cell.Done:N0} of {cell.Total:N0}"));
        }

        Show(Whole, value.Done, value.Total, value.ToString());
    }

    private void Show((string, string) key, int done, int total, string text)
    {
        var description = Markup.Escape(Terminal.Escape(text));
        if (!bars.TryGetValue(key, out var bar))
        {
            // Not without a name: the library refuses that.
            bars[key] = bar = context.AddTask(description);
        }

        bar.MaxValue = Math.Max(total, 1);
        bar.Value = done;
        bar.Description = description;
    }

    // As wide as it is, however long the line of the whole.
    private sealed class Bar : ProgressColumn
    {
        private const int Columns = 20;

        private readonly ProgressBarColumn bar = new() { Width = Columns };

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => bar.Render(options, task, deltaTime);

        public override int? GetColumnWidth(RenderOptions options) => Columns;
    }

    // On several lines where the terminal is narrow: what is waited for stands at the end.
    private sealed class Words : ProgressColumn
    {
        protected override bool NoWrap => false;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Markup(task.Description);
    }
}
