namespace ModelConformance.Collection;

/// <summary>What is given to whoever takes the answers: one of them, or the word that all before have been taken.</summary>
internal readonly record struct Given(ItemAnswer? Answer)
{
    public TaskCompletionSource? AllTaken { get; init; }
}
