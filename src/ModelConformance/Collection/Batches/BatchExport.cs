using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection.Batches;

/// <summary>What was written for a provider's batch.</summary>
/// <param name="Questions">The questions; in sampling mode each sample is one.</param>
/// <param name="Answered">Those of them that the ledger answers.</param>
/// <param name="Reasoning">
/// Those of them whose reasoning is asked for first: after the import of it, another export has the step that asks for their answer.
/// </param>
/// <param name="Files">What the ledger does not have; each request once, also where several questions use the same words.</param>
public sealed record BatchExport(int Questions, int Answered, int Reasoning, IReadOnlyList<BatchFile> Files)
{
    /// <summary>The questions that are looked up at once.</summary>
    private const int AtOnce = 256;

    /// <summary>
    /// Writes the requests of the questions that the ledger does not answer, as JSON lines that OpenAI's Batch API and vLLM's <c>run_batch</c> read:
    /// a file for each benchmark, condition and step, and another after every 50,000 requests or 200 MB. Nothing is sent.
    /// </summary>
    /// <param name="target">The target that is asked.</param>
    /// <param name="ledger">What was asked before.</param>
    /// <param name="mode">How answers are measured; not <see cref="Mode.Continuation"/>, which takes several requests for a question.</param>
    /// <param name="questions">What to ask.</param>
    /// <param name="folder">Where the files go: an empty folder, or one that is made.</param>
    /// <param name="cancellation">Ends the export, which then leaves no file.</param>
    /// <exception cref="ArgumentException">The target has no batches, or the mode none.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written to.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static async Task<BatchExport> WriteAsync(
        ITarget target, ILedger ledger, Mode mode, IEnumerable<Question> questions, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(questions);
        var batch = target as IBatchTarget ?? throw new ArgumentException("The target has no batches.", nameof(target));
        if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any())
        {
            throw new IOException($"{folder} is not empty. Export to a new folder: what an earlier one holds would be sent, and paid for, twice.");
        }

        var writers = new Dictionary<(string Benchmark, Condition Condition, bool Reasons), BatchFileWriter>();
        var written = new HashSet<ReplyKey>();
        var (asked, answered, reasoning) = (0, 0, 0);
        try
        {
            foreach (var chunk in questions.Chunk(AtOnce))
            {
                asked += chunk.Length;
                var lookedUp = await LookedUp.FindAsync(ledger, target.Identity, chunk, mode, cancellation).ConfigureAwait(false);
                foreach (var (step, answer) in lookedUp)
                {
                    if (answer is not null)
                    {
                        answered++;
                        continue;
                    }

                    var reasons = step.Question.Condition.Reasons && step.Thought is null;
                    reasoning += reasons ? 1 : 0;
                    if (written.Add(step.Key))
                    {
                        Writer(step.Question, reasons).Write(
                            BatchId.Of(step.Key, step.Conversation.Mode), batch.BatchUrl, batch.Body(step.Conversation, step.Question.Sample));
                    }
                }
            }

            return new(asked, answered, reasoning, [.. writers.Values.SelectMany(writer => writer.Complete())]);
        }
        finally
        {
            foreach (var writer in writers.Values)
            {
                writer.Dispose();
            }
        }

        BatchFileWriter Writer(Question question, bool reasons)
        {
            var key = (question.Benchmark.Id, question.Condition, reasons);
            return writers.TryGetValue(key, out var writer)
                ? writer
                : writers[key] = new(folder, question.Benchmark.Id, question.Condition, reasons ? "reasoning" : "answer");
        }
    }
}
