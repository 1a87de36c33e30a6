using ModelConformance.Answers;
using ModelConformance.Protocol;
using ModelConformance.Tests.Gates;

namespace ModelConformance.Tests.Answers;

public sealed class AnswerSheetTests
{
    private static readonly Item Item = new FakeBenchmark().Items[0];

    [Fact]
    public void Reading_many_answers_under_a_condition_is_reading_each()
    {
        var sheet = new AnswerSheet();
        var before = sheet.Under(Condition.Q);
        before(Item).Should().BeSameAs(Answer.Missing);

        sheet.TryAdd(Item, Condition.Q, Answer.Refused);

        before(Item).Should().BeSameAs(Answer.Refused);
        sheet.Under(Condition.Q)(Item).Should().BeSameAs(sheet[Item, Condition.Q]);
        sheet.Under(Condition.QIf)(Item).Should().BeSameAs(Answer.Missing);
    }
}
