using System.CommandLine;
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
            "Shows how far a run is, that of 'dotnet test' too, until it asks no more. It reads the file progress.json in the run's output folder.",
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
        if (ProgressFile.Read(output) is null)
        {
            context.Say($"No run has begun in {output}. Waiting for one; Ctrl-C ends the wait.");
        }

        var last = await (context.IsTerminal
            ? ProgressBars.WatchAsync(context, bars => FollowAsync(context, output, bars, cancellation))
            : FollowAsync(context, output, new ProgressLines(context.Say), cancellation)).ConfigureAwait(false);
        context.Say($"The run in {output} asks no more: {last}.");
        return ExitCode.Pass;
    }

    private static async Task<CollectionProgress> FollowAsync(
        ToolContext context, string output, IProgress<CollectionProgress> progress, CancellationToken cancellation)
    {
        var isSilent = false;
        using var timer = new PeriodicTimer(Pause);
        do
        {
            if (ProgressFile.Read(output) is not { } state)
            {
                continue;
            }

            progress.Report(state.Progress);
            if (state.HasEnded)
            {
                return state.Progress;
            }

            var silence = DateTimeOffset.UtcNow - state.At;
            if (silence > Silence && !isSilent)
            {
                context.Say($"No word from the run for {silence.TotalSeconds:0} s: it was killed, or cannot write there.");
            }

            isSilent = silence > Silence;
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));

        throw new OperationCanceledException(cancellation);
    }
}
