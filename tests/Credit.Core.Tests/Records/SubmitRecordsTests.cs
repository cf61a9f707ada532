using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Records;

/// <summary>What becomes of records that departments state.</summary>
public sealed class SubmitRecordsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Invariant", "I90")]
    public async Task A_record_of_each_kind_of_subject_is_stored_with_provider_item_submission_and_days()
    {
        var fates = await _records.FatesAsync(
            "market-supervision.officer",
            RecordJourney.Of("R10"),
            RecordJourney.Of("R11", changes: ("subject", new { kind = "UnincorporatedOrganization", name = "任城某某合作社", code = Proposals.Code("R11") })),
            RecordJourney.Of("R12", changes: [("subject", RecordJourney.Person()), ("sourceSystem", "执法办案系统")]));

        fates.Select(fate => fate.GetProperty("fate").GetString()).ShouldBe(["Stored", "Stored", "Stored"]);
        var ids = fates.Select(fate => RecordJourney.IdOf(fate.GetProperty("record"))).ToArray();
        var stored = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => ids.Contains(record.Id)).ToListAsync());
        stored.Count.ShouldBe(3);
        stored.ShouldAllBe(record => record.Provider == "market-supervision" && record.CatalogueItem == "inspections" && record.BatchId != Guid.Empty
            && record.FormedOn == new DateOnly(2026, 11, 23) && record.ReceivedOn == new DateOnly(2026, 11, 24));
        stored.Select(record => record.BatchId).Distinct().Count().ShouldBe(1);
        stored.Select(record => record.SourceSystem).ShouldContain("执法办案系统");
        var kinds = await _records.Register.ReadAsync(db => (
            from record in db.CreditRecords join subject in db.Subjects on record.SubjectId equals subject.Id where ids.Contains(record.Id) select subject.Kind.ToString()).ToListAsync());
        kinds.ShouldBe(["LegalPerson", "UnincorporatedOrganization", "NaturalPerson"], ignoreOrder: true);
    }

    [Theory]
    [Trait("Requirement", "R-3.1.1.c")]
    [Trait("Invariant", "I27")]
    [InlineData("2026-11-13", "2026-11-24", false)]
    [InlineData("2026-11-12", "2026-11-23", true)]
    public async Task A_record_is_in_time_on_the_seventh_working_day_and_late_after_it(string formed, string due, bool late)
    {
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of(late ? "R21" : "R20", changes: ("formedOn", formed)));

        record.GetProperty("due").GetString().ShouldBe(due);
        record.GetProperty("late").GetBoolean().ShouldBe(late);
    }

    [Fact]
    [Trait("Invariant", "I86")]
    [Trait("Invariant", "I27")]
    public async Task The_same_again_changes_nothing_and_another_content_is_the_next_version_of_a_late_record_that_stays_late()
    {
        var stated = RecordJourney.Of("R30", changes: ("formedOn", "2026-11-02"));
        var first = await _records.SubmitAsync("tax.officer", stated);

        var again = (await _records.FatesAsync("tax.officer", RecordJourney.Of("R30", changes: ("formedOn", "2026-11-02")))).ShouldHaveSingleItem();
        (again.GetProperty("fate").GetString(), RecordJourney.IdOf(again.GetProperty("record"))).ShouldBe(("Unchanged", RecordJourney.IdOf(first)));

        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("R30", changes: [("formedOn", "2026-11-24"), ("text", "更正：检查未发现问题。")]))).Body.ShouldContain("version-required");
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("R30", changes: [("text", "更正：检查未发现问题。"), ("corrects", 7)]))).Body.ShouldContain("stale-version");
        var other = (await _records.FatesAsync("tax.officer", RecordJourney.Of("R30", changes: [("formedOn", "2026-11-24"), ("text", "更正：检查未发现问题。"), ("corrects", 1)]))).ShouldHaveSingleItem();
        other.GetProperty("fate").GetString().ShouldBe("Corrected");
        var next = other.GetProperty("record");
        (next.GetProperty("revision").GetInt32(), next.GetProperty("late").GetBoolean(), next.GetProperty("receivedOn").GetString()).ShouldBe((2, true, "2026-11-24"));

        var old = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().SingleAsync(record => record.Id == RecordJourney.IdOf(first)));
        (old.State, old.Text).ShouldBe((RecordState.Corrected, "双随机检查发现经营场所与登记不符。"));
        (await _records.SetAsync("tax.officer", "CreditRecords?$filter=DocumentNumber eq '任检〔2026〕R30号'")).Count.ShouldBe(2);

        // The number is the department's own: another department's record of the same number is another record.
        (await _records.SubmitAsync("ecology.officer", RecordJourney.Of("R30"))).GetProperty("revision").GetInt32().ShouldBe(1);
        // About another subject it is no correction.
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("R31", changes: ("documentNumber", "任检〔2026〕R30号")))).Body.ShouldContain("record-number-taken");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Requirement", "R-3.6.2")]
    public async Task A_record_that_does_not_follow_the_catalogue_is_refused_with_its_reason_and_the_others_are_taken_in()
    {
        var fates = await _records.FatesAsync(
            "tax.officer",
            RecordJourney.Of("R40"),
            RecordJourney.Of("R41", "UnfulfilledJudgment"),
            RecordJourney.Of("R42", "IndustrySanction"),
            RecordJourney.Of("R43", changes: [("text", "联系电话13800138000"), ("formedOn", "2099-01-01")]),
            RecordJourney.Of("R44", changes: ("documentNumber", " ")),
            RecordJourney.Of("R45", changes: ("subject", new { kind = "LegalPerson", name = "某某", code = "91370811MA3TEXT0X1" })),
            RecordJourney.Of("R46", "Confirmation"),
            RecordJourney.Of("R47", changes: [("documentNumber", "任检37081119850612432X号"), ("sourceSystem", "王五1390000 1111")]));

        fates.Select(fate => fate.GetProperty("fate").GetString()).ShouldBe(["Stored", "Rejected", "Rejected", "Rejected", "Rejected", "Rejected", "Stored", "Rejected"]);
        fates.Select(fate => string.Join(',', fate.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()))).ShouldBe(
            ["", "not-provider", "not-provider", "formed-in-future,record-names-person", "record-number-missing", "subject-code-invalid", "", "record-names-person,record-names-person"]);
        var refused = new[] { "R41", "R43" }.Select(Proposals.Code).ToArray();
        (await _records.Register.ReadAsync(db => db.Subjects.CountAsync(subject => refused.Contains(subject.Code)))).ShouldBe(0, "nobody is registered by a refused record");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    public async Task A_submission_without_one_good_record_is_refused_as_a_whole_and_so_is_an_empty_or_an_oversized_one()
    {
        var answer = await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("R50", "UnfulfilledJudgment"));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Body.ShouldContain("/records/0/kind");
        (await _records.TrySubmitAsync("tax.officer")).Body.ShouldContain("records-count");
        (await _records.TrySubmitAsync("tax.officer", [.. Enumerable.Range(0, 501).Select(_ => RecordJourney.Of("R51"))])).Body.ShouldContain("records-count");
        (await _records.TrySubmitAsync("association", RecordJourney.Of("R52"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.TrySubmitAsync("subject", RecordJourney.Of("R52"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [Trait("Invariant", "I21")]
    [InlineData("370811200811250010", "逾期未缴罚款。", "minor-on-list")]
    [InlineData("370811199001010014", "当事人信仰宗教。", "forbidden-kind-of-data")]
    [InlineData("370811199001010014", "当事人血型为A型。", "forbidden-kind-of-data")]
    [InlineData("370811199001010014", "已采集其指纹。", "forbidden-kind-of-data")]
    [InlineData("370811199001010014", "有精神病史。", "forbidden-kind-of-data")]
    [InlineData("370811199001010014", "其基因检测结果异常。", "forbidden-kind-of-data")]
    public async Task No_record_is_about_a_minor_and_none_holds_data_that_nobody_may_collect(string number, string text, string code)
    {
        var fixedNumber = number[..17] + Check(number[..17]);
        var answer = await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("R60", changes: [("subject", RecordJourney.Person(fixedNumber)), ("text", text)]));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body);
        answer.Body.ShouldContain(code);
    }

    [Fact]
    [Trait("Invariant", "I21")]
    public async Task What_is_forbidden_about_a_person_may_be_an_organisations_trade_and_bars_listing_a_person()
    {
        (await _records.SubmitAsync("tax.officer", RecordJourney.Of("R61", changes: ("text", "未经许可开展基因检测业务。")))).GetProperty("late").GetBoolean().ShouldBeFalse();

        var entries = new EntryJourney(host);
        (await entries.TryProposeAsync("tax.officer", Proposals.BlackPerson().With(
            ("facts", "走逃失联，其病历显示已住院治疗。"), ("subject", new { kind = "NaturalPerson", name = "周某某", certificateType = "身份证", certificateNumber = "370811198507151039" })))).Body.ShouldContain("forbidden-kind-of-data");
        var minor = "37081120081125001";
        (await entries.TryProposeAsync("tax.officer", Proposals.BlackPerson().With(
            ("subject", new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = minor + Check(minor) })))).Body.ShouldContain("minor-on-list");
    }

    private static char Check(string first17)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[first17.Select((digit, at) => (digit - '0') * weights[at]).Sum() % 11];
    }
}
