using System.CommandLine;
using System.Globalization;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary><c>watch</c>: shows a run that goes on elsewhere, in a test host or on another terminal.</summary>
internal static class WatchVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>A run writes every second: after this long without a word it may be gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static Command Create(ToolContext context)
    {
        var output = new SettingsOptions().Output;
        var verb = new Verb(
            "watch",
            "Shows how far a run is, that of 'dotnet test' too, until it asks no more, and waits for one where none goes on. It reads the file "
            + "progress.json in the run's output folder.",
            "conformance watch",
            "conformance watch --output artifacts")
        {
            output,
        };
        verb.SetAction(async (parsed, cancellation) =>
            (int)await WatchAsync(context, parsed.GetValue(output) ?? context.Settings.Output, cancellation).ConfigureAwait(false));
        return verb;
    }

    private static async Task<ExitCode> WatchAsync(ToolContext context, string output, CancellationToken cancellation)
    {
        // Whoever starts a test host and then this is here first: the host takes seconds before it asks, and what lies here is of an earlier run.
        var earlier = ProgressFile.Read(output);
        if (earlier is not { HasEnded: false })
        {
            context.Say(
                (earlier is null ? $"No run has begun in {output}." : $"The last run in {output} ended at {Time(earlier)}: {earlier.Progress}.")
                + " Waiting for one; Ctrl-C ends the wait.");
        }

        var last = await (context.IsTerminal
            ? ProgressBars.WatchAsync(context, bars => FollowAsync(context, output, earlier, bars, cancellation))
            : FollowAsync(context, output, earlier, new ProgressLines(context.Say), cancellation)).ConfigureAwait(false);
        context.Say($"The run in {output} asks no more since {Time(last)}: {last.Progress}.");
        return ExitCode.Pass;
    }

    private static async Task<ProgressState> FollowAsync(
        ToolContext context, string output, ProgressState? earlier, IProgress<CollectionProgress> progress, CancellationToken cancellation)
    {
        var isSilent = false;
        using var timer = new PeriodicTimer(Pause);
        do
        {
            if (ProgressFile.Read(output) is not { } state || (state.HasEnded && state.At == earlier?.At))
            {
                continue;
            }

            var silence = DateTimeOffset.UtcNow - state.At;
            var word = silence > Silence ? $"no word from the run for {silence.TotalSeconds:0} s: it was killed, or cannot write there" : null;
            // Under the bars, which would write over a line of its own.
            progress.Report(state.HasEnded || word is null ? state.Progress : state.Progress with { Waiting = word });
            if (state.HasEnded)
            {
                return state;
            }

            if (word is not null && !isSilent && !context.IsTerminal)
            {
                context.Say($"{char.ToUpperInvariant(word[0])}{word[1..]}.");
            }

            isSilent = word is not null;
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));

        throw new OperationCanceledException(cancellation);
    }

    private static string Time(ProgressState state) => string.Create(CultureInfo.InvariantCulture, $"{state.At:yyyy-MM-dd HH:mm:ss} UTC");
}
