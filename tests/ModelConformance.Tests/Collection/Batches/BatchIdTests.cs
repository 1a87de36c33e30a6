using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Collection.Batches;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Collection.Batches;

public class BatchIdTests
{
    private static readonly Arbitrary<BatchId> Ids = (
        from high in ArbMap.Default.GeneratorFor<ulong>()
        from low in ArbMap.Default.GeneratorFor<ulong>()
        from sample in Gen.Choose(0, 1023)
        from mode in Gen.Elements(Mode.Text, Mode.Logprobs, Mode.Sampling)
        from target in ArbMap.Default.GeneratorFor<ulong>()
        select new BatchId(new(high, low), sample, mode, target)).ToArbitrary();

    [Fact]
    public void An_id_is_read_back_as_it_was_written_and_no_longer_than_providers_allow() => Prop.ForAll(
        Ids, id => BatchId.Read(id.ToString()) == id && id.ToString().Length <= 64).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_shows_the_conversation_the_sample_the_mode_and_the_target()
    {
        // The first 64 bits of the SHA-256 of "me".
        BatchId.Of(new ReplyKey("me", 0xABC, 3), Mode.Sampling).ToString()
            .Should().Be("00000000000000000000000000000abc-3-sampling-2744ccd10c7533bd");
    }

    [Theory]
    [InlineData("request-1")]
    [InlineData("")]
    [InlineData("00000000000000000000000000000abc-3-sampling-2744ccd10c7533b")]
    [InlineData("00000000000000000000000000000ABC-3-sampling-2744ccd10c7533bd")]
    [InlineData("00000000000000000000000000000abc-3-continuation-2744ccd10c7533bd")]
    [InlineData("00000000000000000000000000000abc-12345-sampling-2744ccd10c7533bd")]
    [InlineData("00000000000000000000000000000abc-3-sampling-2744ccd10c7533bd\n")]
    public void What_is_no_id_is_not_read(string text) => BatchId.Read(text).Should().BeNull();
}
