using System.Collections.Immutable;

namespace ModelConformance.Gates;

/// <summary>A thresholds file that cannot be used. The message has all its faults, one per line.</summary>
public sealed class ThresholdsException : Exception
{
    /// <summary>Reports faults.</summary>
    /// <param name="faults">Each with file, line and JSON path: <c>release.json:12: gates[3].condition: found …, expected …</c>.</param>
    /// <param name="inner">What the reading of the file ran into, where that is the fault.</param>
    public ThresholdsException(IEnumerable<string> faults, Exception? inner = null)
        : this([.. faults], inner)
    {
    }

    private ThresholdsException(ImmutableArray<string> faults, Exception? inner)
        : base(string.Join('\n', faults), inner) => Faults = faults;

    /// <summary>The faults, in the order of the file.</summary>
    public ImmutableArray<string> Faults { get; }
}
