using System.Reflection;
using ModelConformance.Protocol;

namespace ModelConformance.Tests;

/// <summary>Data flows one way, and so does knowledge: a folder of the library knows the folders below it, never those above.</summary>
public sealed class LayersTests
{
    /// <summary>From the bottom up; the two of the first row know nobody.</summary>
    private static readonly string[][] Layers =
    [
        ["Statistics", "Protocol"], ["Datasets"], ["Benchmarks"], ["Ledger"], ["Targets"], ["Collection"], ["Answers"], ["Metrics"], ["Gates"],
        ["Snapshots"], ["Reports"], ["Runs"], ["Planning"],
    ];

    private static readonly Assembly Library = typeof(Item).Assembly;

    [Fact]
    public void Lower_folders_never_know_upper_ones()
    {
        var known =
            from type in OwnTypes(Library)
            let here = LayerOf(type)
            from other in References.Of(type).Where(other => other.Assembly == Library && IsOwn(other)).Distinct()
            let there = LayerOf(other)
            where here != there && Height(there) >= Height(here)
            select $"{type.FullName} ({here}) knows {other.FullName} ({there})";

        known.Distinct().Should().BeEmpty("{0} is the order", string.Join(" < ", Layers.Select(row => string.Join(", ", row))));
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        OwnTypes(Library).Select(LayerOf).Distinct().Should().BeSubsetOf(Layers.SelectMany(row => row));
    }

    [Theory]
    [InlineData("ModelConformance")]
    [InlineData("ModelConformance.ReferenceModel")]
    [InlineData("conformance")]
    public void No_folder_is_a_drawer_for_everything(string assembly)
    {
        OwnTypes(Assembly.Load(assembly)).SelectMany(type => type.Namespace!.Split('.')).Distinct()
            .Should().NotContain(["Utils", "Helpers", "Common", "Managers"]);
    }

    [Fact]
    public void Method_bodies_are_looked_into()
    {
        References.Of(typeof(BodyOnly)).Should().Contain(typeof(Uri)).And.Contain(typeof(List<Version>)).And.Contain(typeof(Version));
    }

    private static IEnumerable<Type> OwnTypes(Assembly assembly) => assembly.GetTypes().Where(IsOwn);

    // Source generators put types of their own into the assembly.
    private static bool IsOwn(Type type) => type.Namespace?.StartsWith("ModelConformance", StringComparison.Ordinal) == true;

    private static string LayerOf(Type type) => type.Namespace!.Split('.').ElementAtOrDefault(1) ?? "(none)";

    private static int Height(string layer) => Array.FindIndex(Layers, row => row.Contains(layer));

    private static class BodyOnly
    {
        internal static int Count() => Enumerable.Range(0, 1).Select(number => new Uri($"x:{number}").Port + new List<Version>().Count).Sum();
    }
}
