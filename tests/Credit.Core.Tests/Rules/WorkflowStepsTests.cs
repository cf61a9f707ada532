using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Rules;

/// <summary>A department adds steps of its own and narrows who takes one, within the platform's limits and from a day to come.</summary>
public sealed class WorkflowStepsTests : IAsyncLifetime
{
    private readonly HostFixture _host = new();
    private readonly WorkflowJourney _workflow;

    public WorkflowStepsTests() => _workflow = new(_host);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task Steps_count_from_their_day_on_and_those_before_stay_readable()
    {
        (await _workflow.TrySetAsync("tax.approver", new { from = "2026-11-24", legalReview = Array.Empty<string>() }))
            .ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "workflow-day-not-ahead");
        (await _workflow.TrySetAsync("tax.officer", new { from = WorkflowJourney.Tomorrow, legalReview = Array.Empty<string>() })).Status.ShouldBe(HttpStatusCode.Forbidden);
        await _workflow.SetAsync(new { from = WorkflowJourney.Tomorrow, legalReview = new[] { "RepairDecision", "Recognition" }, acceptObjectionBy = "Approver" });
        (await _workflow.Entries.PostAsync("tax.approver", "/api/policy/workflow/steps", 9, new { from = "2026-12-01", legalReview = Array.Empty<string>() })).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        await _workflow.SetAsync(new { from = "2026-11-26", legalReview = Array.Empty<string>(), announceExitBy = "Officer" });
        var version = (await _workflow.ReadAsync("tax.officer")).GetProperty("version").GetInt32();
        (await _workflow.Entries.PutAsync("tax.approver", "/api/policy/workflow", version, new { acceptRepairDays = 1 })).Status.ShouldBe(HttpStatusCode.OK);

        (await TodayAsync()).ShouldBeNull();
        _workflow.LetADayPass();
        (await TodayAsync()).ShouldBe(1);
        _workflow.LetADayPass();
        (await TodayAsync()).ShouldBe(2);

        var read = await _workflow.ReadAsync("tax.officer");
        read.GetProperty("acceptRepairDays").GetInt32().ShouldBe(1, "terms and steps are set apart");
        var steps = read.GetProperty("steps").EnumerateArray().ToArray();
        steps.Select(each => (each.GetProperty("number").GetInt32(), each.GetProperty("from").GetString(), each.GetProperty("setBy").GetString(), each.GetProperty("setOn").GetString()))
            .ShouldBe([(2, "2026-11-26", "tax.approver", "2026-11-24"), (1, WorkflowJourney.Tomorrow, "tax.approver", "2026-11-24")]);
        steps[1].GetProperty("legalReview").EnumerateArray().Select(each => each.GetString()).ShouldBe(["Recognition", "RepairDecision"]);
        (steps[1].GetProperty("acceptObjectionBy").GetString(), steps[0].GetProperty("announceExitBy").GetString(), steps[0].GetProperty("acceptObjectionBy").ValueKind)
            .ShouldBe(("Approver", "Officer", JsonValueKind.Null));
        (await _workflow.ReadAsync("finance.officer")).GetProperty("steps").GetArrayLength().ShouldBe(0, "another department's are its own");
        (await _host.TryAsync("UPDATE core.workflow_steps SET \"from\" = '2026-11-01'")).State.ShouldBe("23514");
        (await _host.TryAsync("DELETE FROM core.workflow_steps")).State.ShouldBe("23514");
        await _host.SettleAsync();
        (await _host.ScalarAsync<long>("SELECT count(*) FROM core.register_entry WHERE wire_name = 'department-workflow.steps-set.v1' AND actor = 'tax.approver'")).ShouldBe(2);
        (await _workflow.Repairs.Register.ReadAsync(Folding.CompareAsync)).Differences.ShouldBeEmpty();

        async Task<int?> TodayAsync() => (await _workflow.ReadAsync("tax.officer")).GetProperty("stepsToday") is { ValueKind: JsonValueKind.Object } today
            ? today.GetProperty("number").GetInt32()
            : null;
    }

    [Theory]
    [InlineData("acceptObjectionBy", "LeadOffice")]
    [InlineData("acceptObjectionBy", "Machine")]
    [InlineData("announceExitBy", "Anyone")]
    [InlineData("fourEyes", false)]
    [InlineData("recogniseBy", "Officer")]
    [InlineData("legalReview", null)]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I84")]
    public async Task There_is_no_word_for_less_than_the_platform_asks_for(string member, object? value)
    {
        var steps = new { from = WorkflowJourney.Tomorrow, legalReview = Array.Empty<string>() }.With((member, value));

        var refused = await _workflow.TrySetAsync("tax.approver", steps);

        refused.Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        (await _workflow.Repairs.Register.ReadAsync(db => db.Workflows.CountAsync())).ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    [Trait("Invariant", "I84")]
    public async Task The_strictest_steps_leave_four_eyes_as_they_are()
    {
        await _workflow.SetAsync(new
        {
            from = WorkflowJourney.Tomorrow,
            legalReview = new[] { "Recognition", "ObjectionConclusion", "RepairDecision" },
            acceptObjectionBy = "Officer",
            announceExitBy = "Officer",
        });
        _workflow.LetADayPass();
        var own = await _workflow.Entries.ProposeAsync("tax.approver", Proposals.Black(Proposals.Code("W10")));
        (await _workflow.OnEntryAsync("tax.reviewer", own.Id, "legal-review", WorkflowJourney.Agreeing)).Status.ShouldBe(HttpStatusCode.Created);

        (await _workflow.OnEntryAsync("tax.approver", own.Id, "recognition", new { watchMonthsAfterExit = 12 })).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await _workflow.OnEntryAsync("tax.officer", own.Id, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.Forbidden, "an officer recognises nothing");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task Who_takes_objections_up_is_narrowed_for_those_filed_from_the_day_on()
    {
        var entry = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W20")));
        var other = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W21")));
        await _workflow.SetAsync(new { from = WorkflowJourney.Tomorrow, legalReview = Array.Empty<string>(), acceptObjectionBy = "Approver" });
        var before = await _workflow.Repairs.Register.ObjectAsync("association", entry.Id);
        _workflow.LetADayPass();
        var after = await _workflow.Repairs.Register.ObjectAsync("association", other.Id);

        (await _workflow.Repairs.Register.OnObjectionAsync("tax.officer", after, "acceptance")).ShouldBeRefused(HttpStatusCode.Forbidden, "step-not-for-role");
        (await _workflow.Repairs.Register.OnObjectionAsync("tax.system", after, "acceptance")).ShouldBeRefused(HttpStatusCode.Forbidden, "step-not-for-role");

        (await _workflow.Repairs.Register.OnObjectionAsync("tax.approver", after, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await _workflow.Repairs.Register.OnObjectionAsync("tax.officer", before, "acceptance")).Status.ShouldBe(HttpStatusCode.OK, "filed before the day");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task Who_announces_an_exit_is_narrowed_for_entries_proposed_from_the_day_on()
    {
        var before = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W30")));
        await _workflow.SetAsync(new { from = WorkflowJourney.Tomorrow, legalReview = Array.Empty<string>(), announceExitBy = "Officer" });
        _workflow.LetADayPass();
        var after = await _workflow.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W31")));
        foreach (var entry in new[] { before, after })
        {
            (await _workflow.OnEntryAsync("tax.reviewer", entry.Id, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        }

        object announcement = new { channel = "DepartmentSite" };
        (await _workflow.OnEntryAsync("tax.approver", after.Id, "exit-announcements", announcement)).ShouldBeRefused(HttpStatusCode.Forbidden, "step-not-for-role");

        (await _workflow.OnEntryAsync("tax.officer", after.Id, "exit-announcements", announcement)).Status.ShouldBe(HttpStatusCode.OK);
        (await _workflow.OnEntryAsync("tax.approver", before.Id, "exit-announcements", announcement)).Status.ShouldBe(HttpStatusCode.OK, "proposed before the day");
    }
}
