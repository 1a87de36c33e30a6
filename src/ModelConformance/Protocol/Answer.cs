namespace ModelConformance.Protocol;

/// <summary>What a reply means. An item ends in exactly one outcome; only an answered one has a choice.</summary>
public sealed record Answer
{
    private Answer(Outcome outcome, string? choice = null, OptionProbabilities? probabilities = null)
    {
        Outcome = outcome;
        Choice = choice;
        Probabilities = probabilities;
        AnsweredShare = outcome == Outcome.Answered ? 1 : 0;
        RefusedShare = outcome is Outcome.Refused or Outcome.Filtered ? 1 : 0;
    }

    /// <summary>The model declined to answer.</summary>
    public static readonly Answer Refused = new(Outcome.Refused);

    /// <summary>The provider withheld the reply.</summary>
    public static readonly Answer Filtered = new(Outcome.Filtered);

    /// <summary>There is a reply, and no option could be read from it.</summary>
    public static readonly Answer Unparsed = new(Outcome.Unparsed);

    /// <summary>There is no reply.</summary>
    public static readonly Answer Failed = new(Outcome.Failed);

    /// <summary>The item was never asked (recorded answers only).</summary>
    public static readonly Answer Missing = new(Outcome.Missing);

    /// <summary>Which of the classes the item ended in.</summary>
    public Outcome Outcome { get; }

    /// <summary>The key of the chosen option; null exactly where <see cref="Outcome"/> is not <see cref="Outcome.Answered"/>.</summary>
    public string? Choice { get; }

    /// <summary>The options' probabilities where they were measured; null otherwise.</summary>
    public OptionProbabilities? Probabilities { get; }

    /// <summary>The share of the replies behind it that are answers, in 0 … 1: 1 or 0 of one reply, anything between of pooled samples.</summary>
    public double AnsweredShare { get; private init; }

    /// <summary>The share of the replies behind it that the model refused or its provider filtered, in 0 … 1.</summary>
    public double RefusedShare { get; private init; }

    /// <summary>The same answer as made of several replies: an item that is answered may hold refusals too.</summary>
    /// <param name="answered">The share of the replies that are answers, in 0 … 1.</param>
    /// <param name="refused">The share that were refused or filtered; together at most 1.</param>
    public Answer Pooled(double answered, double refused) => this with { AnsweredShare = answered, RefusedShare = refused };

    /// <summary>The same outcome and choice of a single reply, without probabilities: what a reviewer approves.</summary>
    public Answer Plain() => new(Outcome, Choice);

    /// <summary>
    /// The lowest and highest share that an option of an answered item has, in 0 … 1: 1 for the choice and 0 for every other where no
    /// probabilities were measured; see <see cref="OptionProbabilities.Share"/> otherwise.
    /// </summary>
    /// <param name="key">The option.</param>
    /// <param name="options">All options of the item.</param>
    /// <exception cref="InvalidOperationException">The item was not answered.</exception>
    public (double Low, double High) Share(string key, IReadOnlyList<Option> options) =>
        Outcome != Outcome.Answered ? throw new InvalidOperationException($"An answer that is {Outcome} has no shares.")
        : Probabilities is not null ? Probabilities.Share(key, options)
        : Choice == key ? (1, 1)
        : (0, 0);

    /// <summary>The model chose an option.</summary>
    /// <param name="choice">The option's key.</param>
    /// <param name="probabilities">The options' probabilities, where they were measured.</param>
    public static Answer Of(string choice, OptionProbabilities? probabilities = null) =>
        new(Outcome.Answered, choice ?? throw new ArgumentNullException(nameof(choice)), probabilities);

    /// <summary>The answer that a reply is by how it ended alone; null where the reply must be read.</summary>
    /// <param name="finish">How the reply ended.</param>
    public static Answer? WithoutReading(Finish finish) => finish switch
    {
        Finish.Failed => Failed,
        Finish.ContentFilter => Filtered,
        Finish.Refusal => Refused,
        _ => null,
    };

    /// <summary>The answer that measured probabilities are: the most probable option, and unparsed where that is not determined.</summary>
    internal static Answer MostProbable(IReadOnlyList<Option> options, OptionProbabilities measured) =>
        measured.MostProbable(options) is { } choice ? Of(choice, measured) : Unparsed;
}

/// <summary>The classes that an item can end in. Their counts add up to the items asked, always.</summary>
public enum Outcome
{
    /// <summary>An option was chosen.</summary>
    Answered,

    /// <summary>The model declined.</summary>
    Refused,

    /// <summary>The provider's filter withheld the reply.</summary>
    Filtered,

    /// <summary>No option could be read from the reply.</summary>
    Unparsed,

    /// <summary>The call failed after its retries.</summary>
    Failed,

    /// <summary>Never asked (recorded answers only).</summary>
    Missing,
}
