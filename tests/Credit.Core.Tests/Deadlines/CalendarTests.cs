using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Register;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Deadlines;

/// <summary>The lead office's calendar and what a change of it moves.</summary>
public sealed class CalendarTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Source = "国务院办公厅关于2027年部分节假日安排的通知（测试）";

    [Fact]
    [Trait("Invariant", "I31")]
    public async Task A_year_that_is_not_loaded_is_refused_until_the_lead_office_uploads_it()
    {
        var calendar = host.Services.GetRequiredService<IWorkingCalendar>();
        Should.Throw<CalendarNotPublishedException>(() => calendar.DueDate(new DateOnly(2027, 12, 23), new WorkingDays(7))).Year.ShouldBe(2027);
        Should.Throw<CalendarNotPublishedException>(() => calendar.DueDate(new DateOnly(2026, 12, 23), new WorkingDays(7))).Year.ShouldBe(2027);

        (await PutAsync("tax.approver", 2027, ["2027-01-01"], [])).Status.ShouldBe(HttpStatusCode.Forbidden);
        var uploaded = await PutAsync("development-reform.approver", 2027, ["2027-01-01"], []);
        uploaded.Status.ShouldBe(HttpStatusCode.OK, uploaded.Body.ToString());

        calendar.DueDate(new DateOnly(2026, 12, 23), new WorkingDays(7)).ShouldBe(new DateOnly(2027, 1, 4), "Friday the 1st is off, 2 and 3 are a weekend");
        using var client = await host.AsAsync("tax.officer");
        var shown = await client.GetFromJsonAsync<JsonElement>("/api/calendar/2027");
        shown.GetProperty("source").GetString().ShouldBe(Source);
        shown.GetProperty("offDays")[0].GetString().ShouldBe("2027-01-01");
        (await client.GetAsync(new Uri("/api/calendar/2031", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Invariant", "I31")]
    public async Task Every_fault_of_a_notice_is_named_at_once()
    {
        var refused = await PutAsync("development-reform.approver", 2028, ["2028-01-03", "2029-01-01"], ["2028-01-04"]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Body.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString()))
            .ShouldBe([("calendar-day-of-other-year", "/offDays"), ("calendar-make-up-day-on-weekday", "/makeUpDays")], ignoreOrder: true);
        host.Services.GetRequiredService<DistrictCalendar>().Current.Knows(2028).ShouldBeFalse();
    }

    [Fact]
    [Trait("Invariant", "I32")]
    [Trait("Invariant", "I89")]
    [Trait("Invariant", "I93")]
    [Trait("Requirement", "R-3.2.4.c")]
    public async Task A_changed_calendar_moves_open_deadlines_only_and_says_so()
    {
        var journey = new EntryJourney(host);
        var open = await RecogniseAsync(journey, "C1");
        var closed = await RecogniseAsync(journey, "C2");
        (await journey.MoveAsync("tax.approver", closed, "report", new { channels = new[] { "DepartmentSite" } })).Status.ShouldBe(HttpStatusCode.OK);
        open.ReportDue.ShouldBe("2026-12-03");
        await using var bench = new RegisterBench(host);

        // The first of December becomes a day off beside those of the year.
        var shipped = WorkingCalendar.BuiltIn.Notices.Single(notice => notice.Year == 2026);
        var off = shipped.OffDays.Append(new DateOnly(2026, 12, 1)).Select(day => $"{day:yyyy-MM-dd}").ToArray();
        var makeUp = shipped.MakeUpDays.Select(day => $"{day:yyyy-MM-dd}").ToArray();
        (await PutAsync("development-reform.approver", 2026, off, makeUp)).Status.ShouldBe((HttpStatusCode)428);
        (await PutAsync("development-reform.approver", 2026, off, makeUp, version: 2)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var uploaded = await PutAsync("development-reform.approver", 2026, off, makeUp, version: 1);
        uploaded.Status.ShouldBe(HttpStatusCode.OK, uploaded.Body.ToString());
        await PutAsync("development-reform.approver", 2026, off, makeUp);

        // What counted before stays beside what counts now, and is not changed even by the owner of the database (I93).
        var again = await PutAsync("development-reform.approver", 2026, [.. off, "2026-12-02"], makeUp, version: 2);
        again.Body.GetProperty("revision").GetInt32().ShouldBe(3);
        var restored = await PutAsync("development-reform.approver", 2026, off, makeUp, version: 3);
        restored.Body.GetProperty("revision").GetInt32().ShouldBe(4);
        (await bench.InAsync(db => db.CalendarYears.AsNoTracking().Where(year => year.Year == 2026).OrderBy(year => year.Revision).Select(year => new { year.Revision, Days = year.Off.Length }).ToListAsync()))
            .ShouldBe([new { Revision = 2, Days = off.Length }, new { Revision = 3, Days = off.Length + 1 }, new { Revision = 4, Days = off.Length }]);
        (await host.TryAsync("UPDATE core.calendar_year SET source = 'x' WHERE year = 2026")).State.ShouldBe("23514");
        (await host.TryAsync("DELETE FROM core.calendar_year WHERE year = 2026")).State.ShouldBe("23514");

        (await DueAsync(bench, open.Id, DeadlineKind.ReportEntry)).ShouldBe((new DateOnly(2026, 12, 4), DeadlineState.Open));
        (await DueAsync(bench, closed.Id, DeadlineKind.ReportEntry)).ShouldBe((new DateOnly(2026, 12, 3), DeadlineState.Met));
        (await journey.ReadAsync("tax.officer", open.Id)).ReportDue.ShouldBe("2026-12-04", "lateness is judged by the moved day");
        (await journey.ReadAsync("tax.officer", closed.Id)).ReportDue.ShouldBe("2026-12-03");

        var moved = await LogAsync(bench, "deadline.moved.v1");
        moved.Count(entry => entry.Payload.Contains(open.Id.ToString(), StringComparison.Ordinal)).ShouldBeInRange(1, 3);
        moved.ShouldNotContain(entry => entry.Payload.Contains(closed.Id.ToString(), StringComparison.Ordinal));
        var changed = (await LogAsync(bench, "calendar.changed.v1")).Where(entry => entry.Payload.Contains("\"year\": 2026", StringComparison.Ordinal)).ToArray();
        changed.Length.ShouldBe(3, "the same notice again changes nothing");
        changed.ShouldAllBe(entry => entry.Actor == "development-reform.approver");
    }

    [Fact]
    [Trait("Invariant", "I32")]
    public async Task Another_host_takes_an_uploaded_year_over()
    {
        await using var other = new RegisterBench(host);
        await other.Calendar.RefreshAsync(CancellationToken.None);
        other.Calendar.Current.Knows(2029).ShouldBeFalse();

        (await PutAsync("development-reform.approver", 2029, ["2029-01-01"], [])).Status.ShouldBe(HttpStatusCode.OK);
        await other.Calendar.RefreshAsync(CancellationToken.None);

        other.Calendar.IsWorkingDay(new DateOnly(2029, 1, 1)).ShouldBeFalse();
    }

    private static async Task<EntryAnswer> RecogniseAsync(EntryJourney journey, string mark)
    {
        var entry = await journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code(mark)));
        var recognised = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        return recognised.Entry;
    }

    private static async Task<(DateOnly Due, DeadlineState State)> DueAsync(RegisterBench bench, Guid about, DeadlineKind kind)
    {
        var deadline = await bench.InAsync(db => db.Deadlines.AsNoTracking().SingleAsync(each => each.AggregateId == about && each.Kind == kind));
        return (deadline.DueOn, deadline.State);
    }

    private static Task<List<RegisterEntry>> LogAsync(RegisterBench bench, string wireName) =>
        bench.InAsync(db => db.RegisterEntries.AsNoTracking().Where(entry => entry.WireName == wireName).ToListAsync());

    private async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string user, int year, string[] offDays, string[] makeUpDays, int? version = null)
    {
        using var client = await host.AsAsync(user);
        if (version is { } seen)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"v{seen}\"");
        }

        using var answer = await client.PutAsJsonAsync($"/api/calendar/{year}", new { offDays, makeUpDays, source = Source });
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
