using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Collection;

/// <summary>How far a ledger answers a question, as if no question before had the same words.</summary>
/// <param name="Step">The question's last step; or the first that the ledger has no reply to.</param>
/// <param name="Answer">The answer, where the ledger has it all.</param>
internal sealed record LookedUp(Step Step, ItemAnswer? Answer)
{
    /// <summary>Looks questions up, many at once.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="target">The target's identity.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="mode">How answers are measured.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>One for each question, in their order.</returns>
    public static async Task<LookedUp[]> FindAsync(
        ILedger ledger, string target, IReadOnlyList<Question> questions, Mode mode, CancellationToken cancellation)
    {
        var found = new LookedUp[questions.Count];
        var steps = questions.Select((question, place) => (Place: place, Step: Step.First(target, question, mode))).ToList();
        while (steps.Count > 0)
        {
            var kept = await ledger.FindAsync(steps.ConvertAll(one => one.Step.Key), cancellation).ConfigureAwait(false);
            var following = new List<(int Place, Step Step)>();
            foreach (var ((place, step), reply) in steps.Zip(kept))
            {
                if (reply is not null && step.Next(reply, isNew: true, wasAsked: false, mode) is { } next)
                {
                    following.Add((place, next));
                }
                else
                {
                    found[place] = new(step, reply is null ? null : step.Answer(reply, isNew: true, wasAsked: false, mode));
                }
            }

            steps = following;
        }

        return found;
    }
}
