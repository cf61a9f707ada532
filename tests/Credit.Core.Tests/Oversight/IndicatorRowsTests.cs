using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Oversight;

/// <summary>Figures and their rows: what counts as good, on which day, and that the drill-down is exactly that.</summary>
[Trait("Requirement", "R-4.3.a")]
[Trait("Requirement", "R-4.3.b")]
[Trait("Invariant", "I46")]
public sealed class IndicatorRowsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly OversightDesk _desk = new(host);
    private readonly Publicity.Reports _reports = new(host);

    private TaskJourney Register => _desk.Register;

    [Fact]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Requirement", "R-3.5.1.c")]
    [Trait("Requirement", "R-3.5.7.b")]
    public async Task Reports_cases_objections_stops_entries_and_progress_count_on_their_day_and_the_drill_down_is_the_figure()
    {
        await ReportsAsync();
        var entries = await CasesAsync();
        await ObjectionsAsync(entries);
        var (confirmed, stopped) = await StopsAsync(entries[2]);
        var unreported = await RecognisedAsync();

        await ProgressAsync();

        await FigureIsItsRowsAsync("stops-confirmed", "finance", stopped[0].StopDue!.Value, [.. stopped.Select(task => (task.Id, task.Id == confirmed ? 1 : 0))]);

        // The report begins terms of working days, which no host counts in a year it does not know.
        using (var lead = await host.AsAsync("development-reform.officer"))
        using (var published = await lead.PutAsJsonAsync("/api/calendar/2027", new { offDays = new[] { "2027-01-01" }, makeUpDays = Array.Empty<string>(), source = "测试通知" }))
        {
            published.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await Register.Entries.MoveAsync("tax.approver", unreported, "report", new { channels = new[] { "DepartmentSite" } })).Status.ShouldBe(HttpStatusCode.OK);
        await FigureIsItsRowsAsync("entries-in-time", "tax", DateOnly.Parse(unreported.ReportDue!, CultureInfo.InvariantCulture), [.. entries.Select(entry => (entry, 1)), (unreported.Id, 0)]);
    }

    /// <summary>The first report counts, on the day it came; a correction does not.</summary>
    private async Task ReportsAsync()
    {
        var late = ("CF_JDRQ", "2026/11/12");
        await _reports.SendAsync(Publicity.Reports.Officer, [], SampleSheet.Penalty(1), SampleSheet.Penalty(2, ("CF_JDRQ", "2026/11/13")), SampleSheet.Penalty(3, late));
        await _reports.SendAsync("finance.officer", [], SampleSheet.Penalty(4, late));
        await _reports.SendLicencesAsync(Publicity.Reports.Officer, [], SampleSheet.Licence(1), SampleSheet.Licence(2, ("XK_JDRQ", "2026/11/12"), ("XK_YXQZ", "2026/11/12")));
        await _reports.CorrectAsync("market-supervision.approver", await _reports.SendAsync(Publicity.Reports.Officer, [], SampleSheet.Penalty(1, ("CF_NR_FK", "2"))));
        await _reports.CorrectAsync("market-supervision.approver", await _reports.SendLicencesAsync(Publicity.Reports.Officer, [], SampleSheet.Licence(1, ("XK_NR", "散装食品销售"))));
        var penalties = await Register.ReadAsync(db => db.Penalties.AsNoTracking().Where(each => each.Version == 1).ToDictionaryAsync(each => each.DocumentNumber, each => each.Id));
        var licences = await Register.ReadAsync(db => db.Licences.AsNoTracking().Where(each => each.Version == 1).ToDictionaryAsync(each => each.DocumentNumber, each => each.Id));
        Guid Penalty(int number) => penalties[SampleSheet.Penalty(number)["CF_WSH"]];
        Guid Licence(int number) => licences[SampleSheet.Licence(number)["XK_WSH"]];

        await FigureIsItsRowsAsync("penalties-in-time", "market-supervision", Today, (Penalty(1), 1), (Penalty(2), 1), (Penalty(3), 0));
        await FigureIsItsRowsAsync("penalties-in-time", "finance", Today, (Penalty(4), 0));
        await FigureIsItsRowsAsync("licences-in-time", "market-supervision", Today, (Licence(1), 1), (Licence(2), 0));
    }

    /// <summary>Three entries, and of each a task fed back and a case collected: one approved, one refused, one undecided.</summary>
    private async Task<List<Guid>> CasesAsync()
    {
        List<Guid> cases = [], entries = [];
        List<MeasureTask> fed = [];
        foreach (var mark in new[] { "X0", "X1", "X2" })
        {
            var (entry, tasks) = await Register.DispatchedAsync(mark);
            entries.Add(entry.Id);
            fed.Add(tasks.Single(task => task.MeasureKey == "TAX-BLACK/9"));
            cases.Add(await CollectedAsync(fed[^1].Id));
        }

        _ = await _desk.DoneAsync("development-reform.approver", $"/api/cases/{cases[0]}/decision", new { approve = true });
        _ = await _desk.DoneAsync("development-reform.approver", $"/api/cases/{cases[1]}/decision", new { approve = false });
        await FigureIsItsRowsAsync("cases-approved", "finance", Today, (cases[0], 1), (cases[1], 0), (cases[2], 0));
        await FigureIsItsRowsAsync("feedback-in-time", "finance", fed[0].Due, [.. fed.Select(task => (task.Id, 1))]);
        return entries;
    }

    /// <summary>One dismissed counts for nobody, one still open not yet.</summary>
    private async Task ObjectionsAsync(List<Guid> entries)
    {
        List<Guid> objections = [];
        foreach (var entry in entries)
        {
            objections.Add(await Register.ObjectAsync("association", entry));
        }

        var open = await Register.ObjectAsync("finance.officer", entries[0]);
        var dismissed = await Register.ObjectAsync("finance.officer", entries[1]);
        await OnObjectionAsync("tax.reviewer", dismissed, "dismissal", new { finding = "所述事项与该条目无关。" });
        foreach (var objection in objections.Append(open))
        {
            await OnObjectionAsync("tax.officer", objection, "acceptance", null);
        }

        await OnObjectionAsync("tax.reviewer", objections[0], "conclusion", new { conclusion = "Upheld", finding = "认定无误" });
        await OnObjectionAsync("tax.reviewer", objections[1], "conclusion", new { conclusion = "Corrected", finding = "金额有误", correctedFacts = "少缴税款一百万元。" });
        await OnObjectionAsync("tax.reviewer", objections[2], "conclusion", new { conclusion = "Revoked", finding = "误列入" });
        await FigureIsItsRowsAsync("objections-rejected", "tax", Today, (objections[0], 1), (objections[1], 0), (objections[2], 0));
        await OnObjectionAsync("tax.reviewer", open, "conclusion", new { conclusion = "Upheld", finding = "认定无误" });
        await FigureIsItsRowsAsync("objections-rejected", "tax", Today, (objections[0], 1), (objections[1], 0), (objections[2], 0), (open, 1));
    }

    /// <summary>Of the tasks that ended with the entry the finance department confirms one.</summary>
    private async Task<(Guid Confirmed, List<MeasureTask> All)> StopsAsync(Guid revoked)
    {
        var stopped = (await Register.TasksAsync(revoked)).Where(task => task.Department == "finance" && task.StopDue is not null).ToList();
        stopped.Count.ShouldBeGreaterThan(1);
        var confirmed = stopped.Single(task => task.MeasureKey == "TAX-BLACK/9").Id;
        var answer = await Register.OnTaskAsync("finance.officer", confirmed, "stop-confirmation", new { note = "已恢复采购资格" });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return (confirmed, stopped);
    }

    private async Task<EntryAnswer> RecognisedAsync()
    {
        var entry = await Register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("X3")));
        var recognised = await Register.Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        return recognised.Entry;
    }

    private async Task ProgressAsync()
    {
        var due = new DateOnly(2027, 1, 15);
        await _desk.OpenPeriodsAsync();
        var terms = (await _desk.ListAsync("finance.officer", "/odata/official/ProgressTerms?$filter=Department eq 'finance'"))
            .ToDictionary(term => term.GetProperty("TaskNo").GetInt32(), term => term.GetProperty("Id").GetGuid());
        terms.Count.ShouldBeGreaterThan(3);
        await ReportAsync(6);
        await FigureIsItsRowsAsync("progress-in-time", "finance", due, (terms[6], 1));
        MoveTo(due);
        await ReportAsync(9);
        await FigureIsItsRowsAsync("progress-in-time", "finance", due, (terms[6], 1), (terms[9], 1));

        MoveTo(due.AddDays(1));
        await ReportAsync(1);

        await FigureIsItsRowsAsync("progress-in-time", "finance", due, [.. terms.Select(term => (term.Value, term.Key is 6 or 9 ? 1 : 0))]);

        Task ReportAsync(int task) => _desk.DoneAsync(
            "finance.officer", "/api/oversight/progress", new { taskNo = task, from = "2026-10-01", text = "本季度查询信用信息312次。", figures = Array.Empty<object>(), cases = Array.Empty<Guid>() });

        void MoveTo(DateOnly day)
        {
            host.Clock.SetUtcNow(new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.FromHours(8)));
            host.ForgetTokens();
        }
    }

    private async Task FigureIsItsRowsAsync(string indicator, string department, DateOnly day, params (Guid Id, int Good)[] expected)
    {
        var live = await _desk.GetAsync("auditor", $"/api/oversight/indicators?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}&department={department}");
        var figure = live.GetProperty("departments").EnumerateArray().Single().GetProperty("figures").EnumerateArray().Single(each => each.GetProperty("indicator").GetString() == indicator);
        (figure.GetProperty("all").GetInt32(), figure.GetProperty("good").GetInt32()).ShouldBe((expected.Length, expected.Sum(row => row.Good)), indicator);
        (await RowsAsync(day, day)).ShouldBe(expected.Select(row => (row.Id, day, 1, row.Good)), ignoreOrder: true, indicator);
        (await RowsAsync(day.AddDays(-30), day.AddDays(-1))).ShouldBeEmpty("the period ends before it");
        (await RowsAsync(day.AddDays(1), day.AddDays(30))).ShouldBeEmpty("the period begins after it");

        async Task<IReadOnlyList<(Guid Id, DateOnly On, int All, int Good)>> RowsAsync(DateOnly from, DateOnly to)
        {
            var page = await _desk.GetAsync("auditor", $"/api/oversight/indicators/{indicator}/rows?department={department}&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
            return [.. page.GetProperty("rows").EnumerateArray().Select(row => (
                row.GetProperty("id").GetGuid(), DateOnly.Parse(row.GetProperty("on").GetString()!, CultureInfo.InvariantCulture), row.GetProperty("all").GetInt32(), row.GetProperty("good").GetInt32()))];
        }
    }

    /// <summary>The finance department feeds a task back and collects a case from it.</summary>
    private async Task<Guid> CollectedAsync(Guid task)
    {
        (await Register.OnTaskAsync("finance.officer", task, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await Register.BanAsync(task)).Status.ShouldBe(HttpStatusCode.OK);
        var collected = await _desk.DoneAsync(
            "finance.officer", "/api/cases", new { taskIds = new[] { task }, title = "禁止参加政府采购促缴税款", effect = "三日内缴清全部欠税。", typical = true });
        return collected.GetProperty("id").GetGuid();
    }

    private async Task OnObjectionAsync(string user, Guid objection, string action, object? body)
    {
        var answer = await Register.OnObjectionAsync(user, objection, action, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
    }
}
