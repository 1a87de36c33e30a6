using System.Collections.Immutable;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>How often which fault of one kind happens.</summary>
/// <param name="rates">The rates, each in 0 … 1 and together at most 1.</param>
internal sealed class FaultRates<T>(ImmutableArray<(T Fault, double Rate)> rates)
    where T : struct, Enum
{
    /// <summary>The share that any fault hits.</summary>
    internal double Sum => rates.Sum(one => one.Rate);

    /// <summary>The share that a fault hits; 0 where it is not planned.</summary>
    internal double this[T fault] => rates.FirstOrDefault(one => one.Fault.Equals(fault)).Rate;

    /// <summary>Divides a rate among faults.</summary>
    /// <param name="weights">The faults, each with what it gets in proportion to the others.</param>
    /// <param name="sum">The rate of all together.</param>
    internal static FaultRates<T> Divide(IReadOnlyCollection<(T Fault, int Weight)> weights, double sum)
    {
        var whole = weights.Sum(one => one.Weight);
        return new([.. weights.Select(one => (one.Fault, sum * one.Weight / whole))]);
    }

    /// <summary>The same without one fault, seen from what that one does not hit.</summary>
    internal FaultRates<T> Without(T fault) => new(
        [.. rates.Where(one => !one.Fault.Equals(fault)).Select(one => (one.Fault, one.Rate / (1 - this[fault])))]);

    /// <summary>The fault at a place of the unit interval; null for most.</summary>
    /// <param name="uniform">In 0 (included) … 1 (excluded).</param>
    internal T? Draw(double uniform)
    {
        foreach (var (fault, rate) in rates)
        {
            if ((uniform -= rate) < 0)
            {
                return fault;
            }
        }

        return null;
    }
}
