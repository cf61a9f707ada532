using System.Net;
using System.Text.Json;
using Credit.Core.Records;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Core.Tests.Rules;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Where a department asks for a legal review, a third person agrees before the decision.</summary>
public sealed class LegalReviewTests : IAsyncLifetime
{
    private static readonly object Recognition = new { watchMonthsAfterExit = 12 };

    private readonly HostFixture _host = new();
    private readonly WorkflowJourney _workflow;

    public LegalReviewTests() => _workflow = new(_host);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I84")]
    public async Task An_entry_proposed_from_the_day_on_is_recognised_once_a_third_person_agrees()
    {
        var before = await _workflow.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("Y10")));
        await AskForReviewAsync("Recognition");
        _workflow.LetADayPass();
        var entry = (await _workflow.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("Y11")))).Id;
        var elsewhere = await _workflow.Entries.ProposeAsync("finance.officer", Proposals.Black(Proposals.Code("Y12"), domain: "财政性资金管理使用"));

        (await _workflow.OnEntryAsync("tax.approver", before.Id, "recognition", Recognition)).Status.ShouldBe(HttpStatusCode.OK, "proposed before the day");
        (await _workflow.OnEntryAsync("finance.approver", elsewhere.Id, "recognition", Recognition)).Body.ShouldNotContain("legal-review-missing", customMessage: "another department's workflow");
        (await _workflow.OnEntryAsync("tax.approver", entry, "recognition", Recognition)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");
        (await ReviewAsync("tax.officer", entry, WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await ReviewAsync("tax.system", entry, WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "step-not-for-role");
        (await ReviewAsync("finance.officer", entry, WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReviewAsync("development-reform.officer", entry, WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "not-your-department");
        (await ReviewAsync("tax.legal", entry, new { agrees = true, text = " " })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "opinion-missing");
        (await ReviewAsync("tax.legal", entry, new { agrees = true, text = "已电话 13805370001 核实。" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "text-names-person");
        (await _workflow.Entries.PostAsync("tax.legal", $"/api/entries/{entry}/legal-review", 9, WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await _workflow.OnEntryAsync("tax.approver", entry, "recognition", Recognition)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");

        var agreed = await ReviewAsync("tax.legal", entry, WorkflowJourney.Agreeing);

        (agreed.Status, JsonSerializer.Deserialize<JsonElement>(agreed.Body).GetProperty("decision").GetString()).ShouldBe((HttpStatusCode.Created, "Recognition"), agreed.Body);
        (await _workflow.OnEntryAsync("tax.approver", entry, "recognition", Recognition)).Status.ShouldBe(HttpStatusCode.OK);
        (await ReviewAsync("tax.legal", entry, WorkflowJourney.Objecting)).ShouldBeRefused(HttpStatusCode.Conflict, "state-does-not-allow");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I84")]
    public async Task An_objecting_review_holds_until_a_newer_one_agrees_and_no_reviewer_decides()
    {
        await AskForReviewAsync("Recognition");
        _workflow.LetADayPass();
        var entry = (await _workflow.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("Y20")))).Id;
        (await ReviewAsync("tax.legal", entry, WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);
        (await ReviewAsync("tax.reviewer", entry, WorkflowJourney.Objecting)).Status.ShouldBe(HttpStatusCode.Created);
        (await _workflow.OnEntryAsync("tax.approver", entry, "recognition", Recognition)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");

        (await ReviewAsync("tax.legal", entry, WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);

        (await _workflow.OnEntryAsync("tax.reviewer", entry, "recognition", Recognition)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await _workflow.OnEntryAsync("tax.approver", entry, "recognition", Recognition)).Status.ShouldBe(HttpStatusCode.OK);
        (await RowsAsync("tax.officer", entry)).Select(row => (row.GetProperty("Number").GetInt32(), row.GetProperty("Reviewer").GetString(), row.GetProperty("Agrees").GetBoolean()))
            .ShouldBe([(1, "tax.legal", true), (2, "tax.reviewer", false), (3, "tax.legal", true)]);
        (await RowsAsync("auditor", entry)).Count.ShouldBe(3);
        (await RowsAsync("development-reform.officer", entry)).Count.ShouldBe(3);
        (await RowsAsync("finance.officer", entry)).ShouldBeEmpty();
        (await _host.TryAsync($"UPDATE core.legal_review SET agrees = true WHERE about_id = '{entry}'")).State.ShouldBe("23514");
        (await _host.TryAsync($"DELETE FROM core.legal_review WHERE about_id = '{entry}'")).State.ShouldBe("23514");
        await _host.SettleAsync();
        (await _host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry WHERE wire_name = 'legal-review.recorded.v1' AND payload->>'aboutId' = '{entry}'")).ShouldBe(3);
        (await _workflow.Repairs.Register.ReadAsync(Folding.CompareAsync)).Differences.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I59")]
    public async Task An_objection_filed_from_the_day_on_is_concluded_after_a_review_by_who_had_no_part_in_the_entry()
    {
        var register = _workflow.Repairs.Register;
        object upheld = new { conclusion = "Upheld", finding = "经核实，原认定无误。" };
        var entry = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Y30")));
        var other = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Y31")));
        await AskForReviewAsync("ObjectionConclusion");
        var before = await register.AcceptedObjectionAsync("association", other.Id);
        _workflow.LetADayPass();
        (await register.OnObjectionAsync("tax.reviewer", before, "conclusion", upheld)).Status.ShouldBe(HttpStatusCode.OK, "filed before the day");
        var objection = await register.ObjectAsync("association", entry.Id);
        (await register.OnObjectionAsync("tax.legal", objection, "legal-review", WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Conflict, "state-does-not-allow");
        (await register.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);

        (await register.OnObjectionAsync("tax.reviewer", objection, "conclusion", upheld)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");
        (await register.OnObjectionAsync("tax.officer", objection, "legal-review", WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await register.OnObjectionAsync("tax.approver", objection, "legal-review", WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await register.OnObjectionAsync("finance.officer", objection, "legal-review", WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await register.OnObjectionAsync("tax.legal", objection, "legal-review", WorkflowJourney.Objecting)).Status.ShouldBe(HttpStatusCode.Created);
        (await register.OnObjectionAsync("tax.reviewer", objection, "conclusion", upheld)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");
        (await register.OnObjectionAsync("tax.legal", objection, "legal-review", WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);

        (await register.OnObjectionAsync("tax.reviewer", objection, "conclusion", upheld)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task A_doubt_about_a_measure_follows_the_workflow_of_who_carries_it_out()
    {
        var register = _workflow.Repairs.Register;
        await _workflow.SetAsync(new { from = WorkflowJourney.Tomorrow, legalReview = new[] { "ObjectionConclusion" } }, "finance");
        _workflow.LetADayPass();
        var (entry, tasks) = await register.DispatchedAsync("Y40");
        var filed = await _workflow.Entries.PostAsync("association", $"/api/entries/{entry.Id}/objections", 1, new { grounds = "不应禁止", taskId = tasks.First(each => each.Department == "finance").Id });
        var objection = JsonSerializer.Deserialize<JsonElement>(filed.Body).GetProperty("id").GetGuid();
        (await register.OnObjectionAsync("finance.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        object revoked = new { conclusion = "Revoked", finding = "该措施不适用。" };

        (await register.OnObjectionAsync("finance.approver", objection, "conclusion", revoked)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");
        (await register.OnObjectionAsync("finance.reviewer", objection, "legal-review", WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);

        (await register.OnObjectionAsync("finance.approver", objection, "conclusion", revoked)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I91")]
    public async Task A_repair_applied_for_from_the_day_on_is_decided_after_a_review_whose_words_go_with_the_entry()
    {
        object decision = new { approve = true, finding = "已完成信用修复。" };
        var entry = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Y50")));
        var other = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Y51")));
        await AskForReviewAsync("RepairDecision");
        var before = await _workflow.Repairs.ApplyAsync(other);
        _workflow.LetADayPass();
        var repair = await _workflow.Repairs.ApplyAsync(entry);
        foreach (var each in new[] { before, repair })
        {
            await _workflow.Repairs.DoneAsync("tax.officer", each, "acceptance");
        }

        await _workflow.Repairs.DoneAsync("tax.approver", before, "decision", decision);
        (await _workflow.Repairs.OnRepairAsync("tax.approver", repair, "decision", decision)).ShouldBeRefused(HttpStatusCode.Conflict, "legal-review-missing");
        (await _workflow.Repairs.OnRepairAsync("tax.officer", repair, "legal-review", WorkflowJourney.Agreeing)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await _workflow.Repairs.OnRepairAsync("tax.reviewer", repair, "legal-review", WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);
        (await _workflow.Repairs.OnRepairAsync("tax.reviewer", repair, "decision", decision)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");

        await _workflow.Repairs.DoneAsync("tax.approver", repair, "decision", decision);
        (await _workflow.OnEntryAsync("tax.reviewer", entry.Id, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        await _host.SettleAsync();
        _host.Clock.SetUtcNow(HostFixture.Start.AddYears(6));
        (await _host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None)).ShouldBeGreaterThan(0);
        var review = await _workflow.Repairs.Register.ReadAsync(db => db.LegalReviews.SingleAsync(each => each.AboutId == repair));
        (review.Text, review.SubjectId, review.Agrees).ShouldBe(("", AnonymiseAfterRetention.Nobody, true));
        (await _host.ScalarAsync<long>("SELECT count(*) FROM core.register_entry WHERE kind = 'LegalReview' AND position('程序合法' in changes::text) > 0")).ShouldBe(0);
    }

    private Task AskForReviewAsync(string decision) => _workflow.SetAsync(new { from = WorkflowJourney.Tomorrow, legalReview = new[] { decision } });

    private Task<MoveAnswer> ReviewAsync(string user, Guid entry, object opinion) => _workflow.OnEntryAsync(user, entry, "legal-review", opinion);

    private async Task<IReadOnlyList<JsonElement>> RowsAsync(string user, Guid about)
    {
        using var client = await _host.AsAsync(user);
        return await _workflow.Entries.ListAsync(client, $"/odata/official/LegalReviews?$filter=AboutId eq {about}&$orderby=Number");
    }
}
