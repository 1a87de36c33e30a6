using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Speech;
using ModelConformance.ReferenceModel.Understanding;

namespace ModelConformance.Tests.ReferenceModel;

/// <summary>The model without its wire: for more questions than HTTP carries in a test's time.</summary>
internal sealed class DirectModel(IBenchmark benchmark, string profile, int seed)
{
    private readonly Model model = new([benchmark], Profile.Named(profile), seed);

    /// <summary>The answers to items under conditions.</summary>
    internal AnswerSheet Sheet(IEnumerable<Item> items, Mode mode, params IEnumerable<Condition> conditions)
    {
        var sheet = new AnswerSheet();
        foreach (var (item, condition) in items.SelectMany(item => conditions.Select(condition => (item, condition))))
        {
            sheet.TryAdd(item, condition, Answer(item, condition, mode)).Should().BeTrue();
        }

        return sheet;
    }

    internal Answer Answer(Item item, Condition condition, Mode mode) =>
        benchmark.Read(item, Reply(benchmark.Render(item, condition, mode, condition.Reasons ? "" : null)), mode);

    private Reply Reply(Conversation conversation)
    {
        var users = conversation.Turns.Where(turn => turn.Role == Role.User).Select(turn => turn.Text).ToArray();
        var dialogue = new Dialogue(users, conversation.Prefill.Text);
        var (said, _) = model.Say(dialogue, null);
        var tokens = Tokens.Of(said.Text);
        var sent = tokens.Take(conversation.MaxTokens).ToArray();
        return new(said.Text[..sent[^1].End.Value], sent.Length < tokens.Count ? Finish.Length : Finish.Stop)
        {
            Tokens = conversation.Mode == Mode.Logprobs
                ? [.. sent.Select(range => new TokenAlternatives(
                    [.. ModelConformance.ReferenceModel.Wire.TokenAlternatives.At(said, range).Take(20).Select(one => new TokenLogprob(one.Token, one.Logprob))]))]
                : [],
            Continuations = [.. conversation.Continuations.Select(continuation =>
                model.Continued(dialogue with { Prefill = conversation.Prefill.Text + continuation })!.Value.Logprob)],
        };
    }
}
