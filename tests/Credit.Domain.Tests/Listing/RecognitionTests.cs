using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>Who recognises, and when.</summary>
public sealed class RecognitionTests
{
    [Theory]
    [Trait("Invariant", "I84")]
    [InlineData(ListKind.Black)]
    [InlineData(ListKind.Watch)]
    [InlineData(ListKind.Red)]
    public void Who_proposed_an_entry_does_not_recognise_it(ListKind list)
    {
        var entry = Sample.Proposed(list);

        entry.Recognise(Sample.Recognition("tax.officer")).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");

        entry.State.ShouldBe(EntryState.Draft);
        entry.Recognise(Sample.Recognition()).Accepted.ShouldBeTrue();
        entry.RecognisedBy.ShouldBe("tax.approver");
    }

    [Fact]
    [Trait("Invariant", "I15")]
    [Trait("Requirement", "R-3.2.2.d")]
    public void A_person_has_its_answer_period_unless_it_answered_before()
    {
        var until = Sample.Today.AddDays(7);

        Noticed(until).Recognise(Sample.Recognition() with { Today = until }).Refusals.ShouldHaveSingleItem().Code.ShouldBe("defence-period-running", "the last day is the person's");
        Noticed(until).Recognise(Sample.Recognition() with { Today = until.AddDays(1) }).Accepted.ShouldBeTrue();
        Noticed(until).Recognise(Sample.Recognition() with { DefenceAnswered = true }).Accepted.ShouldBeTrue();
    }

    private static ListEntry Noticed(DateOnly until)
    {
        var entry = ListEntry.Propose(Sample.Proposal(kind: SubjectKind.NaturalPerson) with { NoticeDeliveredOn = null }).Value;
        _ = entry.ServeNotice(Sample.Today, until).Value;
        return entry;
    }
}
