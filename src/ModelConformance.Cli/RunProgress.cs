using ModelConformance.Runs;
using Spectre.Console;

namespace ModelConformance.Cli;

/// <summary>Shows a run on standard error: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal static class RunProgress
{
    public static async Task<Run> WatchAsync(ToolContext context, Func<IProgress<CollectionProgress>, Task<Run>> collect)
    {
        if (!context.IsTerminal)
        {
            return await collect(new ProgressLines(context.Say)).ConfigureAwait(false);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn())
            .StartAsync(progress => collect(new Bar(progress.AddTask("asking")))).ConfigureAwait(false);
    }

    private sealed class Bar(ProgressTask task) : IProgress<CollectionProgress>
    {
        public void Report(CollectionProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Done;
            if (value.Done % 64 == 0 || value.Done == value.Total)
            {
                task.Description = Markup.Escape(value.ToString());
            }
        }
    }
}
