using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Runs;

public class ShardTests
{
    [Theory]
    [InlineData("3/8", 3, 8)]
    [InlineData("1/1", 1, 1)]
    [InlineData("1024/1024", 1024, 1024)]
    public void A_slice_is_named_by_its_number_from_1_and_how_many_there_are(string text, int index, int count)
    {
        var shard = Shard.Read(text, _ => null);

        (shard.Index, shard.Count, shard.ToString()).Should().Be((index, count, text));
    }

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=0", 1)]
    [InlineData("JOB_COMPLETION_INDEX=7", 8)]
    [InlineData("CI_NODE_INDEX=1 CI_NODE_TOTAL=8", 1)]
    [InlineData("CI_NODE_INDEX=8 CI_NODE_TOTAL=8", 8)]
    // GitLab sets the total in every job.
    [InlineData("JOB_COMPLETION_INDEX=2 CI_NODE_TOTAL=1", 3)]
    public void A_number_alone_takes_the_index_that_the_machine_tells(string environment, int index)
    {
        Shard.Read("8", Variables(environment)).Should().Be(Shard.Read($"{index}/8", _ => null));
    }

    [Theory]
    [InlineData("0/8", "", "i in 1 … 8")]
    [InlineData("9/8", "", "i in 1 … 8")]
    [InlineData("1/0", "", "1 ≤ i ≤ n ≤ 1024")]
    [InlineData("1/1025", "", "1 ≤ i ≤ n ≤ 1024")]
    [InlineData("1/2/3", "", "expected i/n such as 3/8")]
    [InlineData("-1/8", "", "i in 1 … 8")]
    [InlineData("+1/8", "", "i in 1 … 8")]
    [InlineData(" 1/8", "", "i in 1 … 8")]
    [InlineData("one", "", "expected i/n such as 3/8")]
    [InlineData("", "", "expected i/n such as 3/8")]
    [InlineData("8", "", "neither JOB_COMPLETION_INDEX nor CI_NODE_INDEX is set")]
    [InlineData("8", "JOB_COMPLETION_INDEX=8", "JOB_COMPLETION_INDEX is '8', expected is 0 … 7")]
    [InlineData("8", "CI_NODE_INDEX=0 CI_NODE_TOTAL=8", "CI_NODE_INDEX is '0', expected is 1 … 8")]
    [InlineData("8", "CI_NODE_INDEX=3 CI_NODE_TOTAL=4", "CI_NODE_TOTAL is '4', expected is 8")]
    [InlineData("8", "CI_NODE_INDEX=3", "CI_NODE_TOTAL is not set, expected is 8")]
    [InlineData("8", "JOB_COMPLETION_INDEX=3 CI_NODE_INDEX=3 CI_NODE_TOTAL=8", "both JOB_COMPLETION_INDEX and CI_NODE_INDEX are set")]
    public void What_names_no_slice_is_told_with_what_is_expected(string text, string environment, string expected)
    {
        FluentActions.Invoking(() => Shard.Read(text, Variables(environment))).Should().Throw<SettingsException>()
            .WithMessage($"Shard is '{text}' (MODELCONFORMANCE__Shard, --shard): *{expected}*");
    }

    [Theory]
    [InlineData("bbq/Age/17", "1/2", "2/3", "7/8")]
    [InlineData("winogender/nurse", "2/2", "3/3", "6/8")]
    [InlineData("admissions/204/Black", "2/2", "2/3", "6/8")]
    public void An_item_is_in_the_same_slice_on_every_machine_and_in_every_version(string item, params string[] slices)
    {
        slices.Should().OnlyContain(slice => Shard.Read(slice, _ => null).Holds(item));
    }

    [Fact]
    public void Every_item_is_in_exactly_one_slice() => Prop.ForAll(
        Gen.Choose(1, 64).ToArbitrary(), ArbMap.Default.ArbFor<NonNull<string>>(),
        (count, item) => Slices(count).Count(slice => slice.Holds(item.Get)) == 1).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Slices_are_nearly_of_one_size(int count)
    {
        // As items are numbered: the ids differ in a digit only.
        var items = Enumerable.Range(0, 58_492).Select(number => $"bbq/Age/{number}").ToArray();

        foreach (var slice in Slices(count))
        {
            var expected = items.Length / (double)count;
            ((double)items.Count(slice.Holds)).Should().BeApproximately(expected, 5 * Math.Sqrt(expected), $"{slice}");
        }
    }

    [Fact]
    public void The_sample_is_spread_too() =>
        Slices(4).Should().OnlyContain(slice => BbqBenchmark.Open(null).Items.Any(item => slice.Holds(item.Id)));

    private static IEnumerable<Shard> Slices(int count) => Enumerable.Range(1, count).Select(index => Shard.Read($"{index}/{count}", _ => null));

    private static Func<string, string?> Variables(string environment) =>
        environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])
            .GetValueOrDefault;
}
