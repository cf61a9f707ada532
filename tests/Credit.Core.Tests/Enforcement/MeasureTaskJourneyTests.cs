using System.Net;
using System.Net.Http.Json;
using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>A measure's way through its department, over the real host and database.</summary>
public sealed class MeasureTaskJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I42")]
    public async Task Every_measure_that_fits_becomes_a_task_of_every_district_department_and_no_other_does()
    {
        var (_, tasks) = await _journey.DispatchedAsync("E0");

        var departments = host.Services.GetRequiredService<DepartmentDirectory>();
        var owed = host.Services.GetRequiredService<ModuleCatalog>().Memoranda
            .Where(memorandum => memorandum.Trigger.List == ListKind.Black && memorandum.Trigger.Domains.Contains("税收征管"))
            .SelectMany(memorandum => memorandum.Measures)
            .Where(measure => !measure.IsDraft && !measure.OnlyAbleButRefuses)
            .SelectMany(measure => measure.Departments.Where(key => departments.Find(key) is { OutsideDistrict: false }).Select(key => (measure.Key, key)));
        tasks.Select(task => (task.MeasureKey, task.Department)).ShouldBe(owed, ignoreOrder: true);
        tasks.ShouldAllBe(task => task.MemorandumVersion > 0);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task The_reaction_run_twice_adds_nothing()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("E1");

        await ReactAsync(entry.Id);

        (await _journey.TasksAsync(entry.Id)).Count.ShouldBe(tasks.Count);
    }

    [Fact]
    [Trait("Invariant", "I40")]
    public async Task A_late_reaction_gives_tasks_out_suspended_while_the_entry_is_verified()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("E2")));
        _ = await _journey.AcceptedObjectionAsync("association", entry.Id);

        await host.SettleAsync();

        var tasks = await _journey.TasksAsync(entry.Id);
        tasks.ShouldNotBeEmpty();
        tasks.ShouldAllBe(task => task.Execution == TaskExecution.Suspended);
    }

    [Fact]
    [Trait("Invariant", "I45")]
    public async Task A_late_reaction_gives_nothing_out_for_an_entry_that_left_its_list()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("E3")));
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        await host.SettleAsync();

        (await _journey.TasksAsync(entry.Id)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task A_department_reports_in_its_own_words_and_the_report_is_queryable_by_its_members()
    {
        var (_, tasks) = await _journey.DispatchedAsync("E4");
        var task = tasks.Single(each => each.Department == "public-resource-trading");
        const string Officer = "public-resource-trading.officer";
        (await _journey.OnTaskAsync(Officer, task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var report = new { project = "任城区道路养护", tenderDocument = "RC-2026-E4", refusedOn = "2026-11-24" };

        var future = await _journey.TypedAsync(Officer, task.Id, "trading/feedback/refused-bid", report with { refusedOn = "2026-11-25" });
        future.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, future.Body);
        var unknown = await _journey.TypedAsync(Officer, task.Id, "trading/feedback/refused-bid", new { report.project, report.tenderDocument, report.refusedOn, colour = "red" });
        unknown.Status.ShouldBe(HttpStatusCode.BadRequest, unknown.Body);
        var other = await _journey.TypedAsync(Officer, task.Id, "tax/feedback/grade-set-to-d", new { decisionNumber = "1", decidedOn = "2026-11-24", fromYear = 2026, toYear = 2027 });
        other.Status.ShouldBe(HttpStatusCode.Conflict, other.Body);
        other.Body.ShouldContain("feedback-answers-another-measure");
        var plain = await _journey.OnTaskAsync(Officer, task.Id, "feedback", new { handleType = 1, action = "拒绝投标", result = "已拒绝" });
        plain.Body.ShouldContain("typed-feedback-expected");
        (await _journey.TypedAsync("finance.officer", task.Id, "trading/feedback/refused-bid", report)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.ReadAsync(db => db.Feedback.CountAsync(each => each.TaskId == task.Id))).ShouldBe(0, "what was refused left no trace");

        var told = await _journey.TypedAsync(Officer, task.Id, "trading/feedback/refused-bid", report);

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        (await _journey.ReadAsync(db => db.Tasks.SingleAsync(each => each.Id == task.Id))).State.ShouldBe(TaskState.FedBack);
        using var own = await host.AsAsync(Officer);
        (await _journey.Entries.ListAsync(own, "/odata/official/RefusedBids?$filter=TenderDocument eq 'RC-2026-E4'")).ShouldHaveSingleItem();
        (await _journey.Entries.ListAsync(own, "/odata/official/RefusedBids?$filter=RefusedOn gt 2026-11-24 and TenderDocument eq 'RC-2026-E4'")).ShouldBeEmpty();
        using var finance = await host.AsAsync("finance.officer");
        (await _journey.Entries.ListAsync(finance, "/odata/official/RefusedBids")).ShouldBeEmpty("reports of other departments are not shown");
        (await OpenAsync(task.Id, DeadlineKind.TaskFeedback)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    [Trait("Invariant", "I43")]
    public async Task A_mandatory_measure_is_carried_out_or_found_not_applicable_by_law()
    {
        var (_, tasks) = await _journey.DispatchedAsync("E5");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        task.Obligation.ShouldBe(MeasureObligation.Mandatory);
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);

        (await _journey.OnTaskAsync("finance.officer", task.Id, "refusal", new { reason = "不便执行" })).Body.ShouldContain("mandatory-cannot-be-declined");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "non-applicability", new { reason = "未参与" })).Body.ShouldContain("statutory-reason-missing");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "feedback", new { handleType = 2, action = "未实施", result = "无" })).Body.ShouldContain("mandatory-not-carried-out");
        var before = await _journey.BanAsync(task.Id, "2026-11-23");
        before.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, before.Body);

        var told = await _journey.BanAsync(task.Id, "2026-11-24");

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
    }

    [Fact]
    [Trait("Invariant", "I83")]
    [Trait("Invariant", "I89")]
    public async Task Another_department_learns_nothing_of_a_task_and_nobody_moves_a_version_he_has_not_seen()
    {
        var (_, tasks) = await _journey.DispatchedAsync("E6");
        var task = tasks.First(each => each.Department == "finance");
        using var tax = await host.AsAsync("tax.officer");
        using var hidden = await tax.GetAsync($"/api/tasks/{task.Id}");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.OnTaskAsync("tax.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var finance = await host.AsAsync("finance.officer");
        using var read = await finance.GetAsync($"/api/tasks/{task.Id}");
        read.Headers.ETag!.Tag.ShouldBe("\"v1\"");
        using var blind = await finance.PostAsync($"/api/tasks/{task.Id}/acknowledgement", content: null);
        blind.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await _journey.Entries.PostAsync("finance.officer", $"/api/tasks/{task.Id}/acknowledgement", 7, null)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.d")]
    [Trait("Invariant", "I44")]
    [Trait("Invariant", "I45")]
    public async Task A_stop_order_reaches_every_department_ends_the_feedback_term_and_closes_after_confirmation()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("E7");
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(each => each.State == TaskState.StopRequested && each.Execution == TaskExecution.Ended && each.StopDue != null);
        foreach (var each in tasks)
        {
            (await OpenAsync(each.Id, DeadlineKind.ConfirmStop)).ShouldBeTrue();
            (await OpenAsync(each.Id, DeadlineKind.TaskFeedback)).ShouldBeFalse();
        }

        var task = tasks.First(each => each.Department == "finance");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "closure")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _journey.OnTaskAsync("finance.officer", task.Id, "stop-confirmation", new { note = "已恢复采购资格" })).Status.ShouldBe(HttpStatusCode.OK);
        (await OpenAsync(task.Id, DeadlineKind.ConfirmStop)).ShouldBeFalse();
        (await _journey.OnTaskAsync("finance.officer", task.Id, "closure")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task ReactAsync(Guid entryId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var entry = await db.Entries.AsNoTracking().SingleAsync(each => each.Id == entryId);
        await scope.ServiceProvider.GetRequiredService<IssueMeasureTasks>().HandleAsync(
            new EntryPublished(entry.Id, entry.List, entry.Domain, entry.SubjectId, entry.Recogniser, entry.ValidFrom!.Value, entry.ValidTo, Public: true),
            CancellationToken.None);
        await transaction.CommitAsync();
    }

    private Task<bool> OpenAsync(Guid id, DeadlineKind kind) => _journey.ReadAsync(db =>
        db.Deadlines.AnyAsync(deadline => deadline.AggregateId == id && deadline.Kind == kind && deadline.State == DeadlineState.Open));
}
