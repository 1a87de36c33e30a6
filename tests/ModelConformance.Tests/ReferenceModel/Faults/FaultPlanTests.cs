using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.ReferenceModel.Faults;

namespace ModelConformance.Tests.ReferenceModel.Faults;

public class FaultPlanTests
{
    private const int Many = 100_000;

    [Fact]
    public void The_preset_none_plans_nothing()
    {
        var plan = FaultPlan.Parse("none", 1);
        Enumerable.Range(0, 100).Should().OnlyContain(number => plan.OfRequest(number).Fault == null);
        plan.OfBody("{}"u8).Should().BeNull();
    }

    [Theory]
    [InlineData("transport", 14, 0)]
    [InlineData("content", 0, 6)]
    [InlineData("all", 14, 6)]
    [InlineData("429, reset,html,null", 3, 1)]
    public void A_list_names_faults_of_both_kinds_and_presets(string list, int transport, int content)
    {
        var plan = FaultPlan.Parse(list);
        Enum.GetValues<TransportFault>().Count(fault => plan.Transport[fault] > 0).Should().Be(transport);
        Enum.GetValues<ContentFault>().Count(fault => plan.Content[fault] > 0).Should().Be(content);
        plan.Transport.Sum.Should().BeApproximately(transport > 0 ? FaultPlan.DefaultRate : 0, 1e-12);
        plan.Content.Sum.Should().BeApproximately(content > 0 ? FaultPlan.DefaultRate : 0, 1e-12);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("429,resets")]
    [InlineData("ALL")]
    public void An_unknown_name_is_an_error_that_lists_all(string list) =>
        FluentActions.Invoking(() => FaultPlan.Parse(list)).Should().Throw<FormatException>()
            .Which.Message.Should().ContainAll([$"'{list}'", .. FaultPlan.TransportNames, .. FaultPlan.ContentNames, .. FaultPlan.Presets]);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_lies_between_0_and_1(double rate) =>
        FluentActions.Invoking(() => FaultPlan.Parse("all", rate)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Each_fault_of_transport_comes_as_often_as_planned()
    {
        var plan = FaultPlan.Parse("transport", 0.5, seed: 1);
        var counts = Enumerable.Range(0, Many).Select(number => plan.OfRequest(number).Fault).Where(fault => fault is not null)
            .CountBy(fault => fault!.Value).ToDictionary();
        foreach (var fault in Enum.GetValues<TransportFault>())
        {
            // Five standard errors; a rate limit hits four requests at a time.
            var (rate, draws) = (plan.Transport[fault], fault == TransportFault.RateLimit ? Many / FaultPlan.Burst : Many);
            ((double)counts[fault] / Many).Should().BeApproximately(rate, 5 * Math.Sqrt(rate * (1 - rate) / draws), fault.ToString());
        }
    }

    [Fact]
    public void Each_fault_of_content_comes_as_often_as_planned()
    {
        var plan = FaultPlan.Parse("content", 0.5, seed: 1);
        var counts = Enumerable.Range(0, Many).Select(number => plan.OfBody(Encoding.UTF8.GetBytes($"{number}"))).Where(fault => fault is not null)
            .CountBy(fault => fault!.Value).ToDictionary();
        foreach (var fault in Enum.GetValues<ContentFault>())
        {
            var rate = plan.Content[fault];
            ((double)counts[fault] / Many).Should().BeApproximately(rate, 5 * Math.Sqrt(rate * (1 - rate) / Many), fault.ToString());
        }
    }

    [Fact]
    public void A_rate_limit_refuses_four_requests_in_a_row()
    {
        var plan = FaultPlan.Parse("429", 0.2, seed: 3);
        var limited = Enumerable.Range(0, 4000).Select(number => plan.OfRequest(number)).Chunk(FaultPlan.Burst).ToArray();
        limited.Should().OnlyContain(burst => burst.All(draw => draw.Fault == burst[0].Fault));
        limited.Where(burst => burst[0].Fault is not null)
            .Should().NotBeEmpty().And.OnlyContain(burst => burst.All(draw => draw.Form == burst[0].Form));
    }

    [Fact]
    public void The_same_seed_draws_the_same_faults_and_another_one_others() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (seed, first) =>
        {
            Draws(seed).Should().Equal(Draws(seed));
            Draws(seed).Should().NotEqual(Draws(unchecked(seed + 1)));

            IEnumerable<object> Draws(int of)
            {
                var plan = FaultPlan.Parse("all", 0.5, of);
                return Enumerable.Range(0, 200).Select(i => (object)(plan.OfRequest(first.Get + (long)i), plan.OfBody([(byte)i])));
            }
        }).QuickCheckThrowOnFailure();
}
