using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Subjects;

[Trait("Requirement", "R-3.2.4.f")]
public sealed class ReviewTicketLifecycleTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 24, 2, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "review-ticket-expired")]
    public void A_ticket_shows_the_number_up_to_its_last_instant(int late, string? refusal)
    {
        var ticket = Requested();
        _ = ticket.Decide(approve: true, "tax.approver", Until).Value;

        ticket.Reveal("tax.officer", Until.AddMilliseconds(late)).Refusals.Select(reason => reason.Code).SingleOrDefault().ShouldBe(refusal);

        ticket.State.ShouldBe(refusal is null ? ReviewState.Used : ReviewState.Approved);
    }

    [Fact]
    [Trait("Invariant", "I22")]
    public void A_ticket_is_decided_once_and_used_once()
    {
        var ticket = Requested();
        _ = ticket.Decide(approve: true, "tax.approver", Until).Value;
        ticket.Decide(approve: false, "tax.reviewer", Until).Refusals.Single().Code.ShouldBe("state-does-not-allow");
        _ = ticket.Reveal("tax.officer", Until).Value;

        ticket.Reveal("tax.officer", Until).Refusals.Single().Code.ShouldBe("review-ticket-used");
        ticket.Decide(approve: true, "tax.reviewer", Until.AddHours(1)).Refusals.Single().Code.ShouldBe("state-does-not-allow");
    }

    private static ReviewTicket Requested() =>
        ReviewTicket.Request(Sample.InForce(kind: SubjectKind.NaturalPerson), "tax", "核对身份", "3号", "tax.officer", Sample.Today).Value;
}
