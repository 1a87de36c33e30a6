namespace ModelConformance.Snapshots;

/// <summary>How many answers may change before a reviewer must look at them.</summary>
public sealed record DriftBudget
{
    /// <summary>One item in a hundred.</summary>
    public static readonly DriftBudget Default = new(0.01m);

    /// <summary>Allows a share of the items to change.</summary>
    /// <param name="share">The share, 0 … 1. Decimal, so that 0.29 of 100 items is 29 of them, and the boundary is where a reader puts it.</param>
    public DriftBudget(decimal share) => Share = share is >= 0 and <= 1
        ? share
        : throw new ArgumentOutOfRangeException(nameof(share), share, "A drift budget is a share of the items, from 0 to 1.");

    /// <summary>The share of the items that may change.</summary>
    public decimal Share { get; }

    /// <summary>The number of items that may change.</summary>
    /// <param name="items">Of how many.</param>
    public int Allowed(int items) => (int)Math.Floor(Share * items);
}
