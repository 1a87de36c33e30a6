using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.EstimateComparison;

namespace ModelConformance.Tests.Statistics;

public sealed class ClusterBootstrapProperties
{
    private static readonly Gen<Observation> Item =
        from value in Gen.Elements(-1.0, 0, 0, 0.25, 1)
        from weight in Gen.Elements(0, 1, 1)
        from cluster in Gen.Choose(1, 6)
        select new Observation(value * weight, weight, cluster);

    private static readonly Arbitrary<Observation[]> Samples = Gen.ArrayOf(Item).ToArbitrary();

    private static readonly Arbitrary<(Observation First, Observation Second)[]> Pairs = Gen.ArrayOf(
            from first in Item
            from second in Item
            select (First: first, Second: second with { Cluster = first.Cluster }))
        .ToArbitrary();

    [Fact]
    public void The_order_of_the_items_does_not_matter() => Holds(Samples, sample => Of(sample) == Of([.. sample.Reverse()]));

    [Fact]
    public void The_order_of_the_pairs_does_not_matter() => Holds(Pairs, pairs => Contrast(pairs) == Contrast([.. pairs.Reverse()]));

    [Fact]
    public void Only_the_order_of_the_clusters_numbers_matters() => Holds(Samples, sample =>
        Of(sample) == Of([.. sample.Select(o => o with { Cluster = 1000 * o.Cluster - 3500 })]));

    [Fact]
    public void Shifting_every_score_shifts_the_estimate() => Holds(Samples, sample =>
        Same(Moved(Of(sample), 1, 0.5), Of([.. sample.Select(o => o with { Value = o.Value + 0.5 * o.Weight })])));

    [Fact]
    public void Scaling_every_score_scales_the_estimate_and_a_factor_below_0_mirrors_it() => Holds(Samples, sample =>
        Same(Moved(Of(sample), -3, 0), Of([.. sample.Select(o => o with { Value = -3 * o.Value })])));

    [Fact]
    public void Items_asked_twice_are_the_same_evidence() => Holds(Samples, sample => Same(Of(sample), Of([.. sample, .. sample])));

    [Fact]
    public void Exchanging_the_sides_mirrors_a_contrast() => Holds(Pairs, pairs =>
        Same(Moved(Contrast(pairs), -1, 0), Contrast([.. pairs.Select(pair => (pair.Second, pair.First))])));

    [Fact]
    public void A_contrast_with_0_is_the_estimate_of_one_side() => Holds(Samples, sample =>
        Same(Of(sample), Contrast([.. sample.Select(o => (o, o with { Value = 0 }))])) || Of(sample).Value is null);

    [Fact]
    public void An_interval_contains_its_value_has_width_and_is_a_number() => Holds(Samples, sample => Sound(Of(sample)));

    [Fact]
    public void A_contrasts_interval_contains_its_value_has_width_and_is_a_number() => Holds(Pairs, pairs => Sound(Contrast(pairs)));

    [Fact]
    public void A_higher_level_has_no_narrower_interval() => Holds(Samples, sample =>
        Of(sample).Interval is not { } narrow
        || ClusterBootstrap.Of(sample, 0.99).Interval is { } wide && wide.High >= narrow.High && wide.Low <= narrow.Low);

    [Fact]
    public void The_value_is_that_of_the_clustered_ratio() => Holds(Pairs, pairs =>
        ClusterBootstrap.Of([.. pairs.Select(pair => pair.First)], 0.9).Value == ClusteredRatio.Of([.. pairs.Select(pair => pair.First)], 0.9, -1, 1).Value
        && Contrast(pairs).Value
            == ClusteredRatio.Contrast([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)], 0.9, -1, 1).Value);

    private static Estimate Of(Observation[] sample) => ClusterBootstrap.Of(sample, 0.9);

    private static Estimate Contrast((Observation First, Observation Second)[] pairs) =>
        ClusterBootstrap.Contrast([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)], 0.9);

    private static void Holds<T>(Arbitrary<T> arbitrary, Func<T, bool> property) => Prop.ForAll(arbitrary, property).QuickCheckThrowOnFailure();
}
