using ModelConformance.Datasets;
using Spectre.Console;

namespace ModelConformance.Cli;

/// <summary>Shows a fetch on standard error: bars on a terminal, one line per settled file elsewhere.</summary>
internal static class FetchProgress
{
    public static async Task<T> WatchAsync<T>(ToolContext context, Func<IFetchObserver, Task<T>> fetch)
    {
        if (!context.IsTerminal)
        {
            return await fetch(new Lines(context)).ConfigureAwait(false);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return await console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(progress => fetch(new Bars(progress))).ConfigureAwait(false);
    }

    private sealed class Lines(ToolContext context) : IFetchObserver
    {
        private readonly Lock gate = new();

        public void Received(DataFile file, long bytes, long? total)
        {
            // A log is no place for percentages.
        }

        public void Settled(FetchOutcome outcome)
        {
            lock (gate)
            {
                context.Say($"{outcome.File.Path}: {outcome.State.ToString().ToLowerInvariant()}");
            }
        }
    }

    private sealed class Bars(ProgressContext progress) : IFetchObserver
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];
        private readonly Lock gate = new();

        public void Received(DataFile file, long bytes, long? total)
        {
            var task = Task(file);
            task.IsIndeterminate = total is null;
            task.MaxValue = total ?? Math.Max(bytes, 1);
            task.Value = bytes;
        }

        public void Settled(FetchOutcome outcome)
        {
            var task = Task(outcome.File);
            task.IsIndeterminate = false;
            task.Description = Markup.Escape($"{outcome.File.Path} {outcome.State.ToString().ToLowerInvariant()}");
            task.StopTask();
        }

        private ProgressTask Task(DataFile file)
        {
            lock (gate)
            {
                if (!tasks.TryGetValue(file.Path, out var task))
                {
                    tasks[file.Path] = task = progress.AddTask(Markup.Escape(file.Path));
                }

                return task;
            }
        }
    }
}
