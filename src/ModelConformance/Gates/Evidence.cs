namespace ModelConformance.Gates;

/// <summary>Which question a gate asks. The two are never mixed up.</summary>
public enum Evidence
{
    /// <summary>Would new items of this kind score so? The items are a sample, and the interval must clear the limits.</summary>
    Interval,

    /// <summary>Does this benchmark's own score, all its items asked, meet the limits? Compares; there is nothing to infer.</summary>
    Score,
}
