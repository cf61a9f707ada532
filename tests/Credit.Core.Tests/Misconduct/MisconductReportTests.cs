using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Accountability;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Misconduct;

/// <summary>A host where a test may follow up as often as it likes.</summary>
public class PatientHost : HostFixture
{
    protected override IReadOnlyList<string> Settings => ["--Limits:FollowUpsPerMinute", "1000", "--Limits:ReportsPerMinute", "1000"];
}

/// <summary>失信举报: anybody reports, the handler answers, and the receipt shows what became of it.</summary>
[Trait("Requirement", "R-3.4.5.a")]
public sealed class MisconductReportTests(PatientHost host) : IClassFixture<PatientHost>
{
    private readonly PersonsJourney _journey = new(host);

    [Fact]
    public async Task Anybody_reports_without_a_name_and_reads_every_answer_by_the_receipt()
    {
        var (receipt, id) = await ReportAsync(new { handler = "market-supervision", subjectName = "任城某某食品有限公司", conduct = "伪造检验报告", statement = "检验报告系伪造。" });
        receipt.ShouldMatch("^[0-9]{16}$");
        var first = await FollowUpAsync(receipt);
        (first.GetProperty("known").GetBoolean(), first.GetProperty("state").GetString(), first.GetProperty("receivedOn").GetString()).ShouldBe((true, "Received", "2026-11-24"));
        (await _journey.GetAsync("market-supervision.officer", $"/api/reports/{id}")).Body.GetProperty("statement").GetString().ShouldBe("检验报告系伪造。");
        foreach (var other in new[] { "tax.officer", "development-reform.approver", "finance.system" })
        {
            (await _journey.GetAsync(other, $"/api/reports/{id}")).Status.ShouldBe(HttpStatusCode.NotFound, other);
            (await _journey.Entries.PostAsync(other, $"/api/reports/{id}/acceptance", 1, new { answer = "已受理。" })).Status.ShouldBe(HttpStatusCode.NotFound, other);
        }

        (await _journey.GetAsync("auditor", $"/api/reports/{id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await OnAsync(id, 1, "closure", "经查属实。")).ShouldBeRefused(HttpStatusCode.Conflict, "state-does-not-allow");
        (await OnAsync(id, 1, "acceptance", " ")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "answer-missing");
        (await OnAsync(id, 1, "acceptance", "举报已受理。")).Status.ShouldBe(HttpStatusCode.OK);
        (await OnAsync(id, 1, "investigation", "已立案。")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await OnAsync(id, 2, "investigation", "已立案。")).Status.ShouldBe(HttpStatusCode.OK);
        (await OnAsync(id, 3, "closure", "经查属实，已处罚。")).Status.ShouldBe(HttpStatusCode.OK);

        var last = await FollowUpAsync($"{receipt[..4]} {receipt[4..8]}-{receipt[8..]}");
        last.GetProperty("state").GetString().ShouldBe("Closed");
        last.GetProperty("answers").EnumerateArray().Select(answer => (answer.GetProperty("state").GetString(), answer.GetProperty("text").GetString()))
            .ShouldBe([("Accepted", "举报已受理。"), ("Investigating", "已立案。"), ("Closed", "经查属实，已处罚。")]);
        last.ToString().ShouldNotContain("检验报告系伪造", customMessage: "the text is not repeated");
        (await _journey.Register.ReadAsync(db => db.Entries.CountAsync())).ShouldBe(0, "a report is never an entry");
        (await host.TryAsync($"UPDATE core.misconduct_report SET state = 'Accepted' WHERE id = '{id}'")).State.ShouldBe("23514");
    }

    [Fact]
    public async Task A_report_that_is_not_taken_up_says_why_and_goes_no_further()
    {
        var (receipt, id) = await ReportAsync(new { handler = "market-supervision", subjectCode = Proposals.Code("Y10"), conduct = "态度不好", statement = "服务态度不好。" });

        (await OnAsync(id, 1, "refusal", "不属于失信行为，不予受理。")).Status.ShouldBe(HttpStatusCode.OK);

        var seen = await FollowUpAsync(receipt);
        (seen.GetProperty("state").GetString(), seen.GetProperty("answers")[0].GetProperty("text").GetString()).ShouldBe(("NotAccepted", "不属于失信行为，不予受理。"));
        (await OnAsync(id, 2, "acceptance", "受理。")).ShouldBeRefused(HttpStatusCode.Conflict, "state-does-not-allow");
    }

    [Fact]
    [Trait("Invariant", "X38")]
    public async Task A_receipt_that_is_unknown_is_answered_in_the_same_shape_and_only_a_slow_hash_of_one_is_stored()
    {
        var (receipt, _) = await ReportAsync(new { subjectName = "任城某某食品有限公司", conduct = "伪造检验报告", statement = "检验报告系伪造。" });
        var known = await FollowUpAsync(receipt);
        foreach (var wrong in new[] { "0000000000000000", "1", "", null, "十六位", receipt + "0" })
        {
            var unknown = await FollowUpAsync(wrong);
            unknown.GetProperty("known").GetBoolean().ShouldBeFalse();
            unknown.EnumerateObject().Select(member => member.Name).ShouldBe(known.EnumerateObject().Select(member => member.Name));
        }

        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.report_receipt r WHERE r::text LIKE '%{receipt}%' OR length(r.hash) <> 32")).ShouldBe(0);
        (await host.ScalarAsync<long>("SELECT count(*) FROM core.report_receipt r WHERE r.hash = sha256('" + receipt + "'::bytea)")).ShouldBe(0);
        (await host.TryAsync("SELECT * FROM core.report_receipt", "credit_read")).State.ShouldBe("42501");
    }

    [Fact]
    public async Task A_report_without_content_to_an_unknown_department_or_with_what_would_give_its_informant_away_is_refused()
    {
        var good = new { handler = "market-supervision", subjectName = "任城某某食品有限公司", conduct = "伪造检验报告", statement = "检验报告系伪造。" };
        (object Body, string Code)[] wrong =
        [
            (good.With(("conduct", " ")), "conduct-missing"),
            (good.With(("statement", "")), "statement-missing"),
            (good.With(("subjectName", null)), "reported-subject-missing"),
            (good.With(("handler", "catering-association")), "handler-unknown"),
            (good.With(("statement", "请回电13805370001。")), "report-holds-number"),
            (good.With(("statement", "我是仓库保管员欧阳若水，检验报告系伪造。"), ("informant", new { name = "欧阳若水" })), "report-names-informant"),
            (good.With(("statement", "我是仓库保管员欧 阳　若·水，检验报告系伪造。"), ("informant", new { name = "欧阳若水" })), "report-names-informant"),
            (good.With(("statement", "我住 太白路1 号 ，检验报告系伪造。"), ("informant", new { address = "太白路１号" })), "report-names-informant"),
            (good.With(("informant", new { address = new string('路', 101) })), "informant-too-long"),
            (good.With(("statement", new string('伪', 2049))), "text-too-long"),
        ];
        using var anyone = host.Anonymous();
        foreach (var (body, code) in wrong)
        {
            using var refused = await anyone.PostAsJsonAsync("/api/reports", body);
            var text = await refused.Content.ReadAsStringAsync();
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, text);
            text.ShouldContain($"\"{code}\"");
            text.ShouldNotContain("若水", customMessage: "no echo");
        }
    }

    private async Task<(string Receipt, Guid Id)> ReportAsync(object body)
    {
        using var anyone = host.Anonymous();
        using var answer = await anyone.PostAsJsonAsync("/api/reports", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        var shown = JsonSerializer.Deserialize<JsonElement>(text);
        shown.EnumerateObject().Select(member => member.Name).ShouldBe(["receipt"], "the receipt and nothing else");
        return (shown.GetProperty("receipt").GetString()!, await _journey.Register.ReadAsync(db => db.RegisterEntries
            .Where(each => each.WireName == "misconduct-report.received.v1").OrderByDescending(each => each.Id).Select(each => each.AggregateId).FirstAsync()));
    }

    private async Task<JsonElement> FollowUpAsync(string? receipt)
    {
        using var anyone = host.Anonymous();
        using var answer = await anyone.PostAsJsonAsync("/api/reports/follow-up", new { receipt });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<MoveAnswer> OnAsync(Guid id, int version, string action, string answer) =>
        _journey.Entries.PostAsync("market-supervision.officer", $"/api/reports/{id}/{action}", version, new { answer });
}

/// <summary>How often somebody without an account may try.</summary>
public sealed class ReceiptGuessingTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.4.5.a")]
    [Trait("Invariant", "X38")]
    public async Task An_address_tries_five_receipts_a_minute_and_no_more()
    {
        using var anyone = host.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var tries = 0; tries < 6; tries++)
        {
            using var answer = await anyone.PostAsJsonAsync(tries % 2 == 0 ? "/api/reports/follow-up" : "/API/Reports/Follow-Up/", new { receipt = "0000000000000000" });
            answers.Add(answer.StatusCode);
        }

        answers.Take(5).ShouldAllBe(status => status == HttpStatusCode.OK);
        answers[5].ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
