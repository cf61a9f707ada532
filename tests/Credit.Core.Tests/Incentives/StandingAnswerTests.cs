using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Incentives;

/// <summary>What departments are told of where a subject stands: clean record, eligibility, advice, class, bonus.</summary>
public sealed class StandingAnswerTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.3.1.b")]
    [Trait("Invariant", "I50")]
    public async Task A_clean_record_is_asked_as_of_a_day_with_a_window_and_a_purpose_and_what_was_found_wrong_counts_as_never_made()
    {
        var code = Proposals.Code("G00");
        var subject = await _journey.RegisteredAsync(code, new(2024, 6, 1));
        (object Question, bool Clean)[] asked =
        [
            (new { years = 3 }, false), (new { years = 2 }, true), (new { years = 3, asOf = "2024-05-31" }, true), (new { years = 3, asOf = "2024-06-01" }, false),
        ];
        foreach (var (question, clean) in asked)
        {
            (await CleanAsync(code, question)).ShouldBe(clean, question.ToString());
        }

        var wrong = await _journey.RefusedAsync("finance.officer", "/api/incentives/clean-record", new { subject = IncentiveJourney.Company(code), purpose = " ", years = 11, asOf = "2026-11-25" });
        wrong.Codes.ShouldBe(["purpose-missing", "clean-years-invalid", "as-of-invalid"], ignoreOrder: true);
        await _journey.WriteAsync(db => _ = db.CreditRecords.Single(record => record.SubjectId == subject).Annul(new(2026, 11, 24)).Value);
        (await CleanAsync(code, new { })).ShouldBeTrue("annulled");
        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry WHERE wire_name = 'clean-record.asked.v1' AND payload ->> 'subjectId' = '{subject}' AND payload ->> 'purpose' = '资格核查'"))
            .ShouldBe(5, "each question is kept with its purpose");
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.b")]
    [Trait("Invariant", "I50")]
    public async Task Entries_count_from_their_recognition_unless_they_were_wrong()
    {
        var code = Proposals.Code("G10");
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(code));
        (await CleanAsync(code, new { })).ShouldBeFalse();
        var objection = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);
        (await CleanAsync(code, new { })).ShouldBeTrue("listed by mistake");
        (await CleanAsync(Proposals.Code("G11"), new { })).ShouldBeTrue("nobody knows it");
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.b")]
    [Trait("Requirement", "R-3.3.5")]
    public async Task Departments_recommend_those_without_negative_record_and_exemplars_and_nobody_on_a_list()
    {
        var clean = Proposals.Code("G20");
        var marked = Proposals.Code("G21");
        var exemplar = Proposals.Code("G22");
        var listed = Proposals.Code("G23");
        await _journey.RegisteredAsync(clean);
        await _journey.RegisteredAsync(marked, new(2025, 1, 1));
        await _journey.RegisteredAsync(exemplar, new(2025, 1, 1));
        await _journey.ExemplarAsync(IncentiveJourney.Company(exemplar));
        await _journey.Register.Entries.InForceAsync("tax", Proposals.Watch(listed));

        var page = await _journey.ReadAsync("finance.officer", "/api/incentives/recommendations?purpose=展会推介");

        var rows = page.GetProperty("subjects").EnumerateArray().ToDictionary(row => row.GetProperty("code").GetString()!, row => row);
        rows[clean].GetProperty("clean").GetBoolean().ShouldBeTrue();
        (rows[exemplar].GetProperty("clean").GetBoolean(), rows[exemplar].GetProperty("exemplar").GetBoolean()).ShouldBe((false, true));
        rows.Keys.ShouldNotContain(marked);
        rows.Keys.ShouldNotContain(listed);
        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var oneYear = await _journey.ReadAsync("finance.officer", "/api/incentives/recommendations?purpose=展会推介&years=1");
        oneYear.GetProperty("subjects").EnumerateArray().Select(row => row.GetProperty("code").GetString()).ShouldContain(marked);
        (await host.ScalarAsync<long>("SELECT count(*) FROM core.register_entry WHERE wire_name = 'recommendations.listed.v1' AND payload ->> 'purpose' = '展会推介'")).ShouldBe(2);
        var past = await _journey.ReadAsync("finance.officer", "/api/incentives/recommendations?purpose=展会推介&asOf=2024-01-01");
        past.GetProperty("subjects").EnumerateArray().Select(row => row.GetProperty("code").GetString()).ShouldSatisfyAllConditions(
            codes => codes.ShouldContain(marked), codes => codes.ShouldNotContain(listed, "whoever is on a list today is not recommended, whatever day is asked about"));
        using var client = await host.AsAsync("finance.officer");
        (await client.GetAsync("/api/incentives/recommendations?purpose=")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var subject = await host.AsAsync("association");
        (await subject.GetAsync("/api/incentives/recommendations?purpose=x")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.a")]
    [Trait("Requirement", "R-3.1.6.c")]
    [Trait("Requirement", "R-3.3.3.a")]
    public async Task A_decision_check_says_whether_the_subject_is_eligible_and_why_and_advises_by_matter()
    {
        var red = Proposals.Code("G30");
        var black = Proposals.Code("G31");
        await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(red));
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(black));

        var good = await CheckAsync(red, "Fiscal");

        (good.GetProperty("eligible").GetBoolean(), good.GetProperty("class").GetString(), good.GetProperty("basis").GetString()).ShouldBe((true, "A", "RedEntry"));
        good.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).ShouldBe(["clean-record"]);
        good.GetProperty("advice").EnumerateArray().Select(item => (item.GetProperty("kind").GetString(), item.GetProperty("clause").GetString()))
            .ShouldBe([("Priority", "R-3.3.3.a"), ("Support", "R-3.3.3.a")]);
        var bad = await CheckAsync(black, "Fiscal");
        (bad.GetProperty("eligible").GetBoolean(), bad.GetProperty("class").GetString()).ShouldBe((false, "D"));
        bad.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).ShouldBe(["listed", "negative-record"]);
        bad.GetProperty("advice").EnumerateArray().Select(item => item.GetProperty("kind").GetString()).ShouldBe(["StricterCheck", "WithdrawBenefit", "Restrict"]);
        await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        (await CheckAsync(black, "Fiscal")).GetProperty("advice").GetArrayLength().ShouldBe(0, "while it is verified");
        await _journey.Register.Entries.InForceAsync("ecology", Proposals.Watch(black, "生态环境"));
        (await CheckAsync(black, "Fiscal")).ShouldSatisfyAllConditions(
            answer => answer.GetProperty("class").GetString().ShouldBe("C"), answer => answer.GetProperty("basis").GetString().ShouldBe("WatchEntry", "the verified black entry does not act through the other"));
        var committed = Proposals.Code("G32");
        await _journey.RegisteredAsync(committed);
        (await CheckAsync(committed, "Approval")).ShouldSatisfyAllConditions(
            answer => answer.GetProperty("committed").GetBoolean().ShouldBeTrue(),
            answer => answer.GetProperty("advice").EnumerateArray().Single().GetProperty("kind").GetString().ShouldBe("Simplify"));
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.d")]
    [Trait("Requirement", "R-3.1.6.b")]
    public async Task The_supervision_plan_inspects_good_credit_less_and_bad_credit_more_and_a_department_sets_its_own_class_with_a_basis()
    {
        var red = Proposals.Code("G40");
        var black = Proposals.Code("G41");
        var clean = Proposals.Code("G42");
        await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(red));
        await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(black));
        await _journey.RegisteredAsync(clean);

        (await PlanAsync("market-supervision.officer", red, black, clean, Proposals.Code("G43")))
            .ShouldBe([("A", "RedEntry", 0.5m), ("D", "BlackEntry", 2.0m), ("B", "CleanRecord", 0.8m), (null, null, 1m)]);

        (await RateAsync(clean, "D", " ")).Body.ShouldContain("class-basis-missing");
        (await RateAsync(clean, "C", "年度信用分类评定（任市监〔2026〕20号）")).Status.ShouldBe(HttpStatusCode.OK);
        (await RateAsync(black, "A", "年度信用分类评定（任市监〔2026〕20号）")).Status.ShouldBe(HttpStatusCode.OK);
        (await PlanAsync("market-supervision.officer", clean, black)).ShouldBe([("C", "Department", 1.2m), ("D", "BlackEntry", 2.0m)], "never better than the black list leaves");
        (await PlanAsync("finance.officer", clean)).ShouldBe([("B", "CleanRecord", 0.8m)], "the class of one department binds that department");
        (await RateAsync(clean, "A", "复评（任市监〔2026〕21号）", version: 7)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await RateAsync(clean, "A", "复评（任市监〔2026〕21号）")).Status.ShouldBe(HttpStatusCode.OK);
        (await PlanAsync("market-supervision.officer", clean)).ShouldBe([("A", "Department", 0.5m)]);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.b")]
    [Trait("Invariant", "I49")]
    public async Task A_bid_bonus_needs_the_tender_document_and_the_standing_and_is_recorded_once_with_value_and_basis()
    {
        var red = Proposals.Code("G50");
        var clean = Proposals.Code("G51");
        await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(red));
        await _journey.RegisteredAsync(clean);
        (await _journey.RefusedAsync("public-resource-trading.officer", "/api/incentives/bid-bonuses", Bonus(red, null, 2))).ShouldSatisfyAllConditions(
            refused => refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), refused => refused.Codes.ShouldBe(["tender-without-bonus"]));
        (await _journey.RefusedAsync("public-resource-trading.officer", "/api/incentives/bid-bonuses", Bonus(red, "招标文件第三章3.4", 3))).Codes.ShouldBe(["bonus-out-of-range"]);
        (await _journey.RefusedAsync("public-resource-trading.officer", "/api/incentives/bid-bonuses", Bonus(clean, "招标文件第三章3.4", 2))).Codes.ShouldBe(["bonus-not-earned"]);

        var given = await _journey.DoneAsync("public-resource-trading.officer", "/api/incentives/bid-bonuses", Bonus(red, "招标文件第三章3.4", 2));

        given.GetProperty("basis").GetString().ShouldBe("RedEntry");
        var row = (await _journey.OfficialAsync("public-resource-trading.officer", "BidBonuses?$filter=Tender eq 'RC-2026-001'")).ShouldHaveSingleItem();
        (row.GetProperty("Points").GetDecimal(), row.GetProperty("TenderClause").GetString(), row.GetProperty("Basis").GetString()).ShouldBe((2m, "招标文件第三章3.4", "RedEntry"));
        (await _journey.RefusedAsync("public-resource-trading.officer", "/api/incentives/bid-bonuses", Bonus(red, "招标文件第三章3.4", 2))).Codes.ShouldBe(["bonus-already-given"]);
    }

    private static object Bonus(string code, string? tenderClause, decimal points) =>
        new { subject = IncentiveJourney.Company(code), tender = "RC-2026-001", tenderClause, points, mostPoints = 2 };

    private async Task<bool> CleanAsync(string code, object question)
    {
        var body = new { subject = new { kind = "LegalPerson", code }, purpose = "资格核查" }.With(
            [.. JsonSerializer.SerializeToElement(question).EnumerateObject().Select(member => (member.Name, (object?)member.Value))]);
        return (await _journey.DoneAsync("finance.officer", "/api/incentives/clean-record", body)).GetProperty("clean").GetBoolean();
    }

    private async Task<JsonElement> CheckAsync(string code, string matter) =>
        (await _journey.DoneAsync("finance.officer", "/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = matter, reference = "任财扶〔2026〕1号", procedure = "财政扶持资金审核" },
            subjects = new[] { new { kind = "LegalPerson", code } },
        })).GetProperty("subjects")[0].GetProperty("standing");

    private Task<MoveAnswer> RateAsync(string code, string @class, string basis, int version = 1) => _journey.Register.Entries.PutAsync(
        "market-supervision.approver", "/api/incentives/supervision-classes", version, new { subject = IncentiveJourney.Company(code), @class, basis });

    private async Task<(string? Class, string? Basis, decimal Factor)[]> PlanAsync(string user, params string[] codes)
    {
        var plan = await _journey.DoneAsync(user, "/api/incentives/supervision-plan", new { subjects = codes.Select(code => new { kind = "LegalPerson", code }).ToArray() });
        return [.. plan.GetProperty("subjects").EnumerateArray().Select(each =>
            (each.GetProperty("class").GetString(), each.GetProperty("basis").GetString(), each.GetProperty("factor").GetDecimal()))];
    }
}
