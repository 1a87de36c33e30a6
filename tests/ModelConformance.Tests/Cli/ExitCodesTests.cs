using ModelConformance.Cli;

namespace ModelConformance.Tests.Cli;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(ExitCode.BadInput, ExitCode.Pass, ExitCode.GateFailed, ExitCode.Inconclusive, ExitCode.Unavailable, ExitCode.BadInput)]
    [InlineData(ExitCode.Unavailable, ExitCode.Pass, ExitCode.GateFailed, ExitCode.Inconclusive, ExitCode.Unavailable)]
    [InlineData(ExitCode.GateFailed, ExitCode.Pass, ExitCode.GateFailed, ExitCode.Inconclusive)]
    [InlineData(ExitCode.Inconclusive, ExitCode.Pass, ExitCode.Inconclusive)]
    [InlineData(ExitCode.Pass, ExitCode.Pass, ExitCode.Pass)]
    [InlineData(ExitCode.Interrupted, ExitCode.BadInput, ExitCode.Interrupted)]
    public void The_weightiest_of_several_codes_wins_in_any_order(ExitCode expected, params ExitCode[] codes)
    {
        ExitCodes.Combine(codes).Should().Be(expected);
        ExitCodes.Combine(codes.Reverse()).Should().Be(expected);
    }

    [Fact]
    public void Nothing_at_all_is_no_pass() => ExitCodes.Combine([]).Should().Be(ExitCode.Inconclusive);

    [Fact]
    public void Every_code_has_its_weight() =>
        Enum.GetValues<ExitCode>().Should().OnlyContain(code => ExitCodes.Combine(new[] { code }) == code);

    [Fact]
    public void The_documented_numbers_hold() =>
        Enum.GetValues<ExitCode>().Select(code => (int)code).Should().BeEquivalentTo([0, 1, 2, 3, 4, 70, 130]);
}
