using System.Net;
using System.Text.Json;
using Credit.Core.Intake;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

/// <summary>Live figures, the rows behind them, and what follows from them for a department.</summary>
public sealed class EvaluationJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Period = "from=2026-10-01&to=2026-12-31";

    private readonly OversightDesk _desk = new(host);

    [Fact]
    [Trait("Requirement", "R-4.3.a")]
    [Trait("Requirement", "R-4.3.b")]
    [Trait("Invariant", "I46")]
    public async Task Every_figure_is_its_rows_poor_performers_are_notified_rectify_and_the_government_is_told()
    {
        // Tax: one entry reported in time. Finance: its task fed back when its last day was over, its stop never confirmed.
        var (entry, tasks) = await _desk.Register.DispatchedAsync("J0");
        var fed = tasks.Single(task => task.MeasureKey == "TAX-BLACK/9");
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 10, 2, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        await host.SweepAsync();
        (await _desk.Register.OnTaskAsync("finance.officer", fed.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _desk.Register.BanAsync(fed.Id)).Status.ShouldBe(HttpStatusCode.OK);
        (await _desk.Register.Entries.MoveAsync("tax.approver", await _desk.Register.Entries.ReadAsync("tax.officer", entry.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await _desk.Register.ReadAsync(async db =>
        {
            db.Add(new IntakeBatch
            {
                Kind = "penalties",
                FileName = "x.csv",
                FileHash = [1],
                Department = "ecology",
                SubmittedBy = "ecology.officer",
                ReceivedOn = new(2026, 11, 24),
                ReceivedAt = HostFixture.Start,
                State = BatchState.Completed,
                RowsRead = 10,
                Accepted = 6,
                AcceptedWithWarning = 2,
                Rejected = 2,
            });
            return await db.SaveChangesAsync();
        });
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 20, 2, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        await host.SweepAsync();
        await host.SettleAsync();

        var live = await _desk.GetAsync("finance.officer", $"/api/oversight/indicators?{Period}");

        Figure(live, "ecology", "rows-complete").ShouldBe((10, 8));
        Figure(live, "ecology", "rows-conforming").ShouldBe((8, 6));
        Figure(live, "tax", "entries-in-time").ShouldBe((2, 2), "the black entry and the watch entry that follows it");
        Figure(live, "finance", "feedback-in-time")
            .ShouldBe((tasks.Count(task => task.Department == "finance" && task.Due < new DateOnly(2026, 12, 10)), 0), "late stays late; what the exit ended before its day is not owed");
        Figure(live, "finance", "stops-confirmed").All.ShouldBeGreaterThan(0);
        Figure(live, "finance", "stops-confirmed").Good.ShouldBe(0);
        await EveryFigureIsItsRowsAsync(live);

        (await _desk.StatusOfAsync("finance.officer", $"/api/oversight/indicators/stops-confirmed/rows?department=tax&{Period}")).ShouldBe(HttpStatusCode.NotFound, "another department's details");
        (await _desk.StatusOfAsync("auditor", $"/api/oversight/indicators/no-such/rows?department=tax&{Period}")).ShouldBe(HttpStatusCode.NotFound);
        (await _desk.StatusOfAsync("finance.officer", "/api/oversight/indicators?from=2026-12-31&to=2026-10-01")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _desk.PostAsync("finance.approver", "/api/oversight/evaluations", new { from = "2026-10-01", to = "2026-12-31" })).Status.ShouldBe(HttpStatusCode.Forbidden);

        await TheDepartmentIsNotifiedAndRectifiesAsync(live);
    }

    private async Task TheDepartmentIsNotifiedAndRectifiesAsync(JsonElement live)
    {
        var run = await _desk.DoneAsync("development-reform.officer", "/api/oversight/evaluations", new { from = "2026-10-01", to = "2026-12-31", evaluator = "山东某某信用评价有限公司" });
        var id = run.GetProperty("id").GetGuid();
        run.GetProperty("formula").GetProperty("parts").EnumerateArray().ShouldContain(part => part.GetProperty("indicator").GetString() == "feedback-in-time" && part.GetProperty("weight").GetInt32() == 20);
        Score(run, "finance").ShouldBe(Department(live, "finance").GetProperty("score").GetDecimal(), "the snapshot is what was live");
        (await _desk.StatusOfAsync("finance.officer", $"/api/oversight/evaluations/{id}")).ShouldBe(HttpStatusCode.NotFound, "not published yet");
        (await _desk.ListAsync("finance.officer", "/odata/official/EvaluationScores")).ShouldBeEmpty();
        (await _desk.PostAsync("development-reform.officer", $"/api/oversight/evaluations/{id}/publication", null)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _desk.PostAsync("development-reform.approver", $"/api/oversight/evaluations/{id}/publication", null, 7)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        _ = await _desk.DoneAsync("development-reform.approver", $"/api/oversight/evaluations/{id}/publication", null);

        var seen = await _desk.GetAsync("finance.officer", $"/api/oversight/evaluations/{id}");
        Own(seen, "finance").GetProperty("figures").ValueKind.ShouldBe(JsonValueKind.Array);
        Own(seen, "tax").GetProperty("figures").ValueKind.ShouldBe(JsonValueKind.Null, "others' details stay with them");
        Score(seen, "finance").ShouldBeLessThan(60);
        (await _desk.InboxAsync("finance.officer", "DepartmentNotified")).ShouldHaveSingleItem();
        (await _desk.InboxAsync("ecology.officer", "DepartmentNotified")).ShouldBeEmpty("it did well");
        var notified = (await _desk.ListAsync("finance.officer", $"/odata/official/DepartmentRectifications?$filter=EvaluationId eq {id} and Department eq 'finance'")).ShouldHaveSingleItem();
        notified.GetProperty("Due").GetString().ShouldBe("2027-01-04");
        var path = $"/api/oversight/rectifications/{notified.GetProperty("Id").GetGuid()}";

        host.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 4, 16, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        await host.SweepAsync();
        (await _desk.GetAsync("finance.officer", path)).GetProperty("state").GetString().ShouldBe("Overdue");
        (await _desk.StatusOfAsync("tax.officer", path)).ShouldBe(HttpStatusCode.NotFound);
        (await _desk.PostAsync("tax.officer", path + "/submission", new { statement = "已整改" }, 2)).Status.ShouldBe(HttpStatusCode.NotFound);
        _ = await _desk.DoneAsync("finance.officer", path + "/submission", new { statement = "已确认全部停止措施。" }, 2);
        (await _desk.InboxAsync("development-reform.officer", "RectificationSubmitted")).ShouldHaveSingleItem();
        (await _desk.DoneAsync("development-reform.officer", path + "/decision", new { accept = false, finding = "材料不完整。" }, 3)).GetProperty("due").GetString().ShouldBe("2027-01-20");
        _ = await _desk.DoneAsync("finance.officer", path + "/submission", new { statement = "已补充材料。" }, 4);
        (await _desk.DoneAsync("development-reform.officer", path + "/decision", new { accept = true, finding = "整改到位。" }, 5)).GetProperty("state").GetString().ShouldBe("Accepted");
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 2, 1, 2, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        await host.SweepAsync();
        (await _desk.GetAsync("finance.officer", path)).GetProperty("state").GetString().ShouldBe("Accepted", "the term was met");

        var reported = await _desk.DoneAsync("development-reform.approver", $"/api/oversight/evaluations/{id}/government-report", null, 2);
        reported.GetProperty("governmentReport").GetString()!.ShouldContain("区财政局\t期限2027-01-20\t已整改到位");
        (await _desk.GetAsync("finance.officer", $"/api/oversight/evaluations/{id}")).GetProperty("governmentReport").ValueKind.ShouldBe(JsonValueKind.Null);
        using var anyone = host.Anonymous();
        (await anyone.GetAsync("/odata/public/Evaluations")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "published internally only");
    }

    private async Task EveryFigureIsItsRowsAsync(JsonElement live)
    {
        var compared = 0;
        foreach (var department in live.GetProperty("departments").EnumerateArray())
        {
            foreach (var figure in department.GetProperty("figures").EnumerateArray())
            {
                var (key, name) = (figure.GetProperty("indicator").GetString(), department.GetProperty("department").GetString());
                var page = await _desk.GetAsync("auditor", $"/api/oversight/indicators/{key}/rows?department={name}&{Period}");
                page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
                var rows = page.GetProperty("rows").EnumerateArray().ToArray();
                rows.Sum(row => row.GetProperty("all").GetInt32()).ShouldBe(figure.GetProperty("all").GetInt32(), $"{key} of {name}");
                rows.Sum(row => row.GetProperty("good").GetInt32()).ShouldBe(figure.GetProperty("good").GetInt32(), $"{key} of {name}");
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(5);
    }

    private static JsonElement Department(JsonElement live, string department) =>
        live.GetProperty("departments").EnumerateArray().Single(each => each.GetProperty("department").GetString() == department);

    private static (int All, int Good) Figure(JsonElement live, string department, string indicator)
    {
        var figure = Department(live, department).GetProperty("figures").EnumerateArray().Single(each => each.GetProperty("indicator").GetString() == indicator);
        return (figure.GetProperty("all").GetInt32(), figure.GetProperty("good").GetInt32());
    }

    private static JsonElement Own(JsonElement evaluation, string department) =>
        evaluation.GetProperty("scores").EnumerateArray().Single(score => score.GetProperty("department").GetString() == department);

    private static decimal Score(JsonElement evaluation, string department) => Own(evaluation, department).GetProperty("score").GetDecimal();
}
