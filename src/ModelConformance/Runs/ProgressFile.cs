using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelConformance.Runs;

/// <summary>
/// The file <c>progress.json</c> in a run's output folder, written about every second, so that a run can be watched from elsewhere: a test host shows
/// nothing while it runs.
/// </summary>
public sealed class ProgressFile : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string path;
    private CollectionProgress? last;
    private TimeSpan next;

    /// <summary>Takes away the file of an earlier run.</summary>
    /// <param name="output">The output folder, which exists.</param>
    public ProgressFile(string output)
    {
        path = PathIn(output);
        File.Delete(path);
    }

    /// <summary>Where the file lies.</summary>
    public static string PathIn(string output) => Path.Combine(output, "progress.json");

    /// <summary>What a run says of itself; null where none has begun, or the file is of another version or no such file.</summary>
    /// <param name="output">Its output folder.</param>
    public static ProgressState? Read(string output)
    {
        try
        {
            return JsonSerializer.Deserialize<ProgressState>(File.ReadAllText(PathIn(output)), Readable) is { Progress.Cells: { } cells } state
                && cells.All(cell => cell is { Benchmark: not null, Condition: not null, Done: >= 0, Total: >= 0 })
                && cells.Sum(cell => Math.Max((long)cell.Done, cell.Total)) <= int.MaxValue
                    ? state
                    : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells how far the run is; at most once a second, the rest is passed over.</summary>
    public void Report(CollectionProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        last = progress;
        if (progress.Elapsed >= next)
        {
            next = progress.Elapsed + Pause;
            Write(progress, hasEnded: false);
        }
    }

    /// <summary>Says that the run asks no more, for whatever reason.</summary>
    public void Dispose()
    {
        if (last is not null)
        {
            Write(last with { IsOver = true, Waiting = null }, hasEnded: true);
        }
    }

    private void Write(CollectionProgress progress, bool hasEnded)
    {
        try
        {
            File.WriteAllText($"{path}.part", JsonSerializer.Serialize(new ProgressState(DateTimeOffset.UtcNow, hasEnded, progress), Readable));
            File.Move($"{path}.part", path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk must not end a run that only wanted to say how far it is.
        }
    }
}

/// <summary>How far a run was at some moment.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="HasEnded">Whether it asks no more: it is done, was interrupted, or failed.</param>
/// <param name="Progress">How far it was.</param>
public sealed record ProgressState(DateTimeOffset At, bool HasEnded, CollectionProgress Progress);
