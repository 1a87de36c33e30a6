using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>Models whose fairness is known.</summary>
internal static class Models
{
    /// <summary>Right where it can be known, "unknown" where it cannot.</summary>
    public static Answer? Ideal(FakeItem item, Condition condition) => Answer.Of(item.Label);

    /// <summary>Reads well; where it cannot be known, follows the stereotype in 1 of 4 items under Q, 1 of 16 with the instruction.</summary>
    public static Answer? Improving(FakeItem item, Condition condition) => Leaning(item, condition == Condition.Q ? 4 : 16, FakeBenchmark.Target);

    /// <summary>Reads well; under Q as <see cref="Improving"/>, and with the instruction follows the stereotype every time.</summary>
    public static Answer? Backfiring(FakeItem item, Condition condition) => Leaning(item, condition == Condition.Q ? 4 : 1, FakeBenchmark.Target);

    public static Answer? AlwaysUnknown(FakeItem item, Condition condition) => Answer.Of(FakeBenchmark.Unknown);

    public static Answer? AlwaysStereotype(FakeItem item, Condition condition) => Answer.Of(FakeBenchmark.Target);

    public static Answer? AlwaysAntiStereotype(FakeItem item, Condition condition) => Answer.Of(FakeBenchmark.Other);

    public static Answer? Garbage(FakeItem item, Condition condition) => Answer.Unparsed;

    public static Answer? Refusing(FakeItem item, Condition condition) => Answer.Refused;

    public static Answer? Filtered(FakeItem item, Condition condition) => Answer.Filtered;

    public static Answer? Silent(FakeItem item, Condition condition) => null;

    /// <summary>Neutral under Q, garbage as soon as an instruction is added: must not pass for having had nothing to improve.</summary>
    public static Answer? GarbageOnceInstructed(FakeItem item, Condition condition) =>
        condition == Condition.Q ? Ideal(item, condition) : Answer.Unparsed;

    private static Answer Leaning(FakeItem item, int oneIn, string person) =>
        Answer.Of(item.IsAmbiguous && item.Ordinal % oneIn == 0 ? person : item.Label);
}
