using System.Net;
using Credit.Core.Oversight;
using Credit.Core.Tests.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>What a department does with a lead.</summary>
[Trait("Requirement", "R-3.2.2.b")]
public sealed class LeadHandlingTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);

    [Theory]
    [InlineData("association", null, "Association")]
    [InlineData("subject", null, "Citizen")]
    [InlineData("subject", "Media", "Media")]
    [InlineData("finance.officer", null, "Department")]
    public async Task A_lead_says_what_its_supplier_is_and_not_who(string user, string? stated, string supplier)
    {
        var lead = await SupplyAsync(user, "B1" + supplier[0], stated);

        var (_, seen) = await _records.GetAsync("tax.officer", $"/api/leads/{lead}");
        seen.GetProperty("supplier").GetString().ShouldBe(supplier);
        seen.EnumerateObject().ShouldAllBe(member => member.Value.ToString() != user);
        (await _records.GetAsync("finance.approver", $"/api/leads/{lead}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_supplies_a_lead_as_somebody_else()
    {
        object Lead(string supplier) => new { department = "tax", conduct = "Dishonest", subjectCode = Proposals.Code("B20"), statement = "伪造报告。", supplier };
        (await _records.PostAsync("subject", "/api/leads", Lead("Association"))).Body.ShouldContain("lead-supplier-not-yours");
        (await _records.PostAsync("association", "/api/leads", Lead("FinancialInstitution"))).Body.ShouldContain("lead-supplier-not-yours");
        (await _records.PostAsync("subject", "/api/leads", Lead("Department"))).Body.ShouldContain("lead-supplier-not-yours");
    }

    [Fact]
    public async Task A_department_dismisses_a_lead_with_a_reason_once_and_its_inbox_item_is_done()
    {
        var lead = await SupplyAsync("association", "B30");
        var path = $"/api/leads/{lead}/dismissal";

        (await _records.Register.Entries.PostAsync("finance.officer", path, 1, new { reason = "不属实" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.Register.Entries.PostAsync("tax.officer", path, 1, new { reason = " " })).Body.ShouldContain("lead-dismissal-reason-missing");
        (await _records.Register.Entries.PostAsync("tax.officer", path, 4, new { reason = "不属实" })).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var dismissed = await _records.Register.Entries.PostAsync("tax.officer", path, 1, new { reason = "不属实" });

        dismissed.Status.ShouldBe(HttpStatusCode.OK, dismissed.Body);
        RecordJourney.Json(dismissed).GetProperty("state").GetString().ShouldBe("Dismissed");
        (await _records.Register.ReadAsync(db => db.Inbox.SingleAsync(item => item.AggregateId == lead && item.Kind == InboxKind.Lead))).DoneBy.ShouldBe("tax.officer");
        (await _records.Register.Entries.PostAsync("tax.officer", path, 2, new { reason = "不属实" })).Body.ShouldContain("state-does-not-allow");
    }

    [Fact]
    public async Task A_lead_becomes_a_proposal_of_its_department_about_the_same_subject_and_of_the_same_conduct()
    {
        var lead = await SupplyAsync("association", "B40");
        var path = $"/api/leads/{lead}/proposal";
        var entries = _records.Register.Entries;
        var other = await entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B41")));
        var foreign = await entries.ProposeAsync("finance.officer", Proposals.Black(Proposals.Code("B40"), domain: "政府采购"));
        var red = await entries.ProposeAsync("tax.officer", Proposals.Red(Proposals.Code("B40")));
        var fitting = await entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B40")));

        (await entries.PostAsync("tax.officer", path, 1, new { entryId = other.Id })).Body.ShouldContain("lead-entry-does-not-fit");
        (await entries.PostAsync("tax.officer", path, 1, new { entryId = foreign.Id })).Body.ShouldContain("entry-unknown");
        (await entries.PostAsync("tax.officer", path, 1, new { entryId = red.Id })).Body.ShouldContain("lead-entry-does-not-fit");
        var linked = await entries.PostAsync("tax.officer", path, 1, new { entryId = fitting.Id });

        linked.Status.ShouldBe(HttpStatusCode.OK, linked.Body);
        (RecordJourney.Json(linked).GetProperty("state").GetString(), RecordJourney.Json(linked).GetProperty("entryId").GetGuid()).ShouldBe(("Proposed", fitting.Id));
        (await entries.ReadAsync("tax.officer", fitting.Id)).State.ShouldBe("Draft", "a lead recognises nothing");
    }

    private async Task<Guid> SupplyAsync(string user, string mark, string? supplier = null)
    {
        var answer = await _records.PostAsync(user, "/api/leads", new { department = "tax", conduct = "Dishonest", subjectCode = Proposals.Code(mark), statement = "多次伪造检测报告。", supplier });
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return RecordJourney.IdOf(RecordJourney.Json(answer));
    }
}
