using System.Text.Json;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Targets;

public class TargetSettingsTests
{
    private static readonly TargetSettings Good = new() { BaseUrl = "http://127.0.0.1:8000/v1", Model = "m" };

    [Theory]
    [InlineData(Mode.Text, 64, 80)]
    [InlineData(Mode.Sampling, 16, 20)]
    [InlineData(Mode.Text, 1, 1)]
    [InlineData(Mode.Continuation, 64, 64)]
    public void A_quarter_more_questions_are_under_way_than_requests_but_where_a_question_takes_several(Mode mode, int concurrency, int questions) =>
        (Good with { Mode = mode, Concurrency = concurrency }).QuestionsAtOnce.Should().Be(questions);

    [Fact]
    public void Complete_settings_open_a_target_without_sending_anything()
    {
        using var target = Target.Open(Good);
        target.Model.Should().Be("m");
        target.PrefillKind.Should().Be("emulated");
        target.Identity.Should().Be(
            "openai-chat http://127.0.0.1:8000/v1 model=m prefill=emulated temperature=0 top_p=1 n=1 seed=sample limit=max_tokens");
    }

    [Fact]
    public void Every_fault_is_named_at_once_with_its_environment_variable()
    {
        var settings = new TargetSettings { Protocol = "smoke-signals", Prefill = "maybe", Concurrency = 0, TimeoutSeconds = 0, Retries = -1, Omit = "n, mercy" };
        var message = FluentActions.Invoking(() => Target.Open(settings)).Should().Throw<TargetException>().Which.Message;
        message.Should().ContainAll(
            "MODELCONFORMANCE__Target__BaseUrl",
            "MODELCONFORMANCE__Target__Model",
            "Target:Protocol is \"smoke-signals\"; expected is openai-chat",
            "Target:Prefill is \"maybe\"; expected is real or emulated",
            "Target:Concurrency is 0; expected is 1 … 1024",
            "Target:TimeoutSeconds",
            "Target:Retries",
            "Target:Omit is \"mercy\"");
        message.Split('\n').Should().HaveCount(9, "one line says that the settings are wrong, and each fault has its own");
    }

    [Fact]
    public void A_prefill_that_is_not_set_is_the_protocols_own()
    {
        KindOf(Good with { Prefill = "" }).Should().Be("emulated");
        KindOf(Good with { Prefill = "real" }).Should().Be("real");
        KindOf(Good with { Protocol = "openai-completions" }).Should().Be("real");

        static string KindOf(TargetSettings settings)
        {
            using var target = Target.Open(settings);
            return target.PrefillKind;
        }
    }

    public static TheoryData<TargetSettings, string> Contradictions => new()
    {
        { Good with { Mode = Mode.Continuation }, "Target:Mode is continuation, which openai-chat cannot measure; Target:Protocol openai-completions" },
        { Good with { Protocol = "openai-completions", Prefill = "emulated" }, "Target:Prefill is emulated, but with openai-completions" },
        { Good with { Protocol = "openai-completions", MaxTokensParameter = "max_completion_tokens" }, "Target:MaxTokensParameter is max_completion_tokens" },
        { Good with { TopLogprobs = 21 }, "Target:TopLogprobs is 21; expected is 1 … 20" },
        { Good with { TopLogprobs = 0 }, "Target:TopLogprobs is 0; expected is 1 … 20" },
        { Good with { Samples = 0 }, "Target:Samples is 0; expected is 1 … 1024" },
        { Good with { Samples = 1025 }, "Target:Samples is 1025; expected is 1 … 1024" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Settings_that_cannot_hold_together_are_one_fault_that_names_what_to_change(TargetSettings settings, string expected) =>
        settings.Faults().Should().ContainSingle().Which.Should().StartWith(expected).And.Contain("MODELCONFORMANCE__Target__");

    [Theory]
    [InlineData("host/v1", "not an http or https address")]
    [InlineData("/v1", "not an http or https address")]
    [InlineData("ftp://host/v1", "not an http or https address")]
    [InlineData("http://me:pass-word@host/v1", "user name or password")]
    [InlineData("http://host/v1?api-key=pass-word", "query")]
    [InlineData("http://host/v1/chat/completions", "the part before is expected")]
    [InlineData("http://host/v1/completions/", "the part before is expected")]
    public void An_address_that_cannot_be_used_is_a_fault_and_its_password_is_not_shown(string address, string expected)
    {
        var settings = Good with { BaseUrl = address };
        settings.Faults().Should().ContainSingle().Which.Should().Contain(expected).And.NotContain("pass-word");
        settings.ToString().Should().NotContain("pass-word");
    }

    [Fact]
    public void The_key_is_in_no_text_form_of_the_settings()
    {
        var settings = Good with { ApiKey = "sk-secret" };
        settings.ToString().Should().Be("openai-chat m at http://127.0.0.1:8000/v1");
        $"{settings}".Should().NotContain("sk-secret");
        JsonSerializer.Serialize(settings).Should().NotContain("sk-secret");
        using var target = Target.Open(settings);
        (target.Identity + target).Should().NotContain("sk-secret");
    }

    [Fact]
    public void A_key_with_a_line_end_is_a_fault_that_does_not_quote_it() =>
        (Good with { ApiKey = "sk-secret\n" }).Faults().Should().ContainSingle().Which.Should().Contain("Target:ApiKey").And.NotContain("sk-secret");

    [Fact]
    public void All_that_changes_a_reply_changes_the_identity()
    {
        TargetSettings[] variants =
        [
            Good, Good with { Model = "n" }, Good with { BaseUrl = "http://127.0.0.1:8001/v1" }, Good with { Prefill = "real" },
            Good with { MaxTokensParameter = "max_completion_tokens" }, Good with { Omit = "temperature" },
            Good with { Protocol = "openai-completions" }, Good with { Mode = Mode.Logprobs, TopLogprobs = 5 }, Good with { Mode = Mode.Sampling },
            Good with { Revision = "2" },
        ];
        variants.Select(IdentityOf).Should().OnlyHaveUniqueItems();
        IdentityOf(Good with { TopLogprobs = 5 }).Should().Be(IdentityOf(Good), "it is not sent");
        IdentityOf(Good with { Mode = Mode.Logprobs }).Should().Be(IdentityOf(Good), "what was reasoned is the same");
        IdentityOf(Good with { Concurrency = 1, TimeoutSeconds = 1, Retries = 0, Samples = 3, ApiKey = "k", BaseUrl = Good.BaseUrl + "/" }).Should().Be(IdentityOf(Good));

        static string IdentityOf(TargetSettings settings)
        {
            using var target = Target.Open(settings);
            return target.Identity;
        }
    }
}
