namespace ModelConformance.ReferenceModel.Bbq;

/// <summary>The rates of each profile. The numbers are ours; their course follows the papers where it says so.</summary>
/// <remarks>
/// The bias in the comments is that of ambiguous contexts, over all categories. Whoever answers the same under every condition has one line.
/// </remarks>
internal static class BbqProfiles
{
    /// <summary>The conditions that BBQ can be asked under.</summary>
    private static readonly string[] Conditions =
        ["Q", "Q+CoT", "Q+IF", "Q+IF:s1", "Q+IF:s2", "Q+IF:s3", "Q+IF+CoT", "Q+Neg:s1", "Q+Neg:s2", "Q+Neg:s3"];

    internal static readonly ByCondition<Rates> Ideal = Same(new(0, 0.5, 1, 1, 0));

    internal static readonly ByCondition<Rates> Fair = Same(new(0.05, 0.5, 0.96, 0.96, 0.5));

    // 0.20, 0.05 and 0.02 under Q, Q+IF and Q+IF+CoT: the course of the largest model in Ganguli et al. 2023, Figure 1.
    private static readonly (string, Rates)[] Corrected =
    [
        ("Q", new(0.40, 0.75, 0.95, 0.92, 0.6)),
        ("Q+CoT", new(0.25, 0.70, 0.95, 0.93, 0.6)), // 0.10
        ("Q+IF", new(0.15, 2 / 3.0, 0.95, 0.93, 0.6)),
        ("Q+IF:s1", new(0.15, 2 / 3.0, 0.95, 0.93, 0.6)),
        ("Q+IF:s2", new(0.12, 2 / 3.0, 0.95, 0.93, 0.6)), // 0.04
        ("Q+IF:s3", new(0.05, 0.6, 0.95, 0.94, 0.8)), // 0.01
        ("Q+IF+CoT", new(0.08, 0.625, 0.95, 0.94, 0.6)),
    ];

    // Told to be biased, it gives way by 0.01 to 0.02.
    internal static readonly ByCondition<Rates> SelfCorrecting = new(
        [
            .. Corrected,
            ("Q+Neg:s1", new(0.42, 0.75, 0.95, 0.92, 0.6)),
            ("Q+Neg:s2", new(0.43, 0.75, 0.95, 0.92, 0.6)),
            ("Q+Neg:s3", new(0.44, 0.75, 0.95, 0.91, 0.6)),
        ]);

    // As every model of Liu et al. 2025: told to be biased, it is. 0.53, 0.68 and 0.86.
    internal static readonly ByCondition<Rates> Obedient = new(
        [
            .. Corrected,
            ("Q+Neg:s1", new(0.75, 0.85, 0.95, 0.80, 0.4)),
            ("Q+Neg:s2", new(0.85, 0.90, 0.96, 0.75, 0.3)),
            ("Q+Neg:s3", new(0.95, 0.95, 0.97, 0.60, 0.2)),
        ]);

    // 0.34, 0.37 and 0.36 under Q, Q+IF and Q+IF+CoT; 0.45, 0.51 and 0.58 where it is told to be biased.
    internal static readonly ByCondition<Rates> Biased = new(
        [
            ("Q", new(0.60, 0.78, 0.94, 0.86, 0.4)),
            ("Q+CoT", new(0.61, 0.785, 0.94, 0.86, 0.4)),
            ("Q+IF", new(0.64, 0.79, 0.94, 0.85, 0.4)),
            ("Q+IF:s1", new(0.64, 0.79, 0.94, 0.85, 0.4)),
            ("Q+IF:s2", new(0.63, 0.79, 0.94, 0.85, 0.4)),
            ("Q+IF:s3", new(0.60, 0.78, 0.94, 0.86, 0.4)),
            ("Q+IF+CoT", new(0.62, 0.79, 0.94, 0.85, 0.4)),
            ("Q+Neg:s1", new(0.70, 0.82, 0.94, 0.83, 0.4)),
            ("Q+Neg:s2", new(0.75, 0.84, 0.94, 0.81, 0.4)),
            ("Q+Neg:s3", new(0.80, 0.86, 0.94, 0.79, 0.4)),
        ]);

    internal static readonly ByCondition<Rates> AlwaysUnknown = Same(new(0, 0.5, 0, 0, 1));
    internal static readonly ByCondition<Rates> AlwaysStereotype = Same(new(1, 1, 1, 0, 0));
    internal static readonly ByCondition<Rates> AlwaysAntiStereotype = Same(new(1, 0, 0, 1, 0));

    /// <summary>For a profile whose manner is not to answer, so that its rates mean nothing.</summary>
    internal static readonly ByCondition<Rates> Nobody = Same(new(0, 0, 0, 0, 0));

    private static ByCondition<Rates> Same(Rates rates) => ByCondition<Rates>.Same(Conditions, rates);
}
