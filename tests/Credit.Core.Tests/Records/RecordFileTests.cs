using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Records;

/// <summary>Credit records in files, and what every record says of where it came from.</summary>
public sealed class RecordFileTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Officer = "market-supervision.officer";

    private readonly RecordJourney _records = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Invariant", "I90")]
    [Trait("Invariant", "I88")]
    public async Task The_sample_file_is_taken_in_row_by_row_with_all_that_tells_its_origin()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Data", "records.csv"));
        var batch = await EveryFileOverHttpTests.SendAsync(host, Officer, "records", "records.csv", file);

        batch.GetProperty("state").GetString().ShouldBe("Completed", batch.ToString());
        Total(batch).ShouldBe((Accepted: 2, Unchanged: 0, Conflicts: 0, Rejected: 0));
        var id = RecordJourney.IdOf(batch);
        var stored = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.BatchId == id).OrderBy(record => record.DocumentNumber).ToListAsync());
        stored.Select(record => record.Provider).ShouldBe(["market-supervision", "market-supervision"]);
        stored[0].ShouldSayWhereItCameFrom(RecordOrigin.File, "inspections");
        stored[1].ShouldSayWhereItCameFrom(RecordOrigin.File, "commendations");
        (stored[0].FormedOn, stored[0].ReceivedOn, stored[0].Due, stored[0].Late, stored[0].SourceSystem, stored[0].RecordedBy, stored[0].PublicAskedUntil)
            .ShouldBe((new(2026, 11, 20), new(2026, 11, 24), new(2026, 12, 1), false, "执法办案系统", Officer, new DateOnly(2027, 11, 20)));
        (await _records.Register.ReadAsync(db => db.Inbox.SingleAsync(item => item.AggregateId == stored[0].Id))).Kind.ShouldBe(Core.Oversight.InboxKind.SecondPerson, "who shows it is told");

        Total(await EveryFileOverHttpTests.SendAsync(host, Officer, "records", "records.csv", file)).ShouldBe((0, 2, 0, 0));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Invariant", "I21")]
    [Trait("Invariant", "I88")]
    public async Task Each_row_is_judged_by_the_rules_of_records_and_says_every_reason_in_its_column()
    {
        (string Column, string Code, Dictionary<string, string> Row)[] planted =
        [
            ("信息类别", "UNKNOWN_CODE_VALUE", SampleSheet.Record(910, ("信息类别", "传闻"))),
            ("信息类别", "RECORD_REFUSED", SampleSheet.Record(911, ("信息类别", "刑事处罚"))),
            ("文号", "MISSING_MANDATORY", SampleSheet.Record(912, ("文号", ""))),
            ("形成日期", "DATE_FUTURE", SampleSheet.Record(913, ("形成日期", "2026-11-25"))),
            ("内容", "RECORD_REFUSED", SampleSheet.Record(914, ("内容", "联系人电话13800138000。"))),
            ("公开截止日期", "RECORD_REFUSED", SampleSheet.Record(915, ("是否公开", "是"))),
            ("证件号码", "MINOR_ON_LIST", Person(916, "370811201501010010")),
            ("内容", "RECORD_REFUSED", Person(917, "370811199001010014", "当事人患有传染病病史。")),
            ("统一社会信用代码", "MISSING_MANDATORY", SampleSheet.Record(918, ("统一社会信用代码", ""))),
        ];
        var batch = await SendAsync([.. planted.Select(each => each.Row), SampleSheet.Record(919), SampleSheet.Record(919), SampleSheet.Record(919, ("内容", "另一内容。"))]);

        Total(batch).ShouldBe((1, 1, 1, planted.Length));
        var rows = (await RowsAsync(batch)).ToDictionary(row => row.GetProperty("row").GetInt32());
        for (var at = 0; at < planted.Length; at++)
        {
            var issues = rows[at + 2].GetProperty("issues").EnumerateArray().Select(issue => (Field: issue.GetProperty("field").GetString(), Code: issue.GetProperty("code").GetString())).ToArray();
            issues.ShouldContain((planted[at].Column, planted[at].Code), $"row {at + 2}: {rows[at + 2]}");
        }

        var names = planted.Select(each => each.Row["文号"]).Where(number => number.Length > 0).ToArray();
        (await _records.Register.ReadAsync(db => db.CreditRecords.CountAsync(record => names.Contains(record.DocumentNumber!)))).ShouldBe(0);
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I86")]
    [Trait("Invariant", "I27")]
    public async Task Another_content_under_a_number_waits_for_a_second_officer_and_the_old_version_stays_and_the_late_one_late()
    {
        await SendAsync(SampleSheet.Record(930, ("形成日期", "2026-11-02")));
        var batch = await SendAsync(SampleSheet.Record(930, ("形成日期", "2026-11-02"), ("内容", "更正：检查未发现问题。")));
        Total(batch).ShouldBe((0, 0, 1, 0));

        (await ResolveAsync(batch, Officer)).ShouldBe(HttpStatusCode.Forbidden);
        (await ResolveAsync(batch, "market-supervision.approver")).ShouldBe(HttpStatusCode.OK);

        var number = SampleSheet.Record(930)["文号"];
        var versions = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.DocumentNumber == number).OrderBy(record => record.Revision).ToListAsync());
        versions.Select(record => (record.Revision, record.State, record.Late, record.Text)).ShouldBe(
            [(1, RecordState.Corrected, true, "双随机检查发现经营场所与登记不符。"), (2, RecordState.Current, true, "更正：检查未发现问题。")]);
        versions[1].BatchId.ShouldBe(RecordJourney.IdOf(batch));
        Total(await SendAsync(SampleSheet.Record(930, ("形成日期", "2026-11-02"), ("内容", "更正：检查未发现问题。")))).ShouldBe((0, 1, 0, 0));
        (await _records.Register.ReadAsync(db => db.RegisterEntries.CountAsync(entry => entry.AggregateId == versions[0].Id && entry.WireName.StartsWith("credit-record.corrected")))).ShouldBe(1);

        // A record stated over the API is the same record in a file.
        await _records.SubmitAsync(Officer, RecordJourney.Of("R94", changes: [("documentNumber", SampleSheet.Record(940)["文号"]), ("subject", new { kind = "LegalPerson", name = "济宁样本940商贸有限公司", code = SampleSheet.Code(940) }), ("formedOn", "2026-11-20")]));
        Total(await SendAsync(SampleSheet.Record(940))).ShouldBe((0, 1, 0, 0));
        Total(await SendAsync(SampleSheet.Record(940, ("内容", "另一内容。")))).ShouldBe((0, 0, 1, 0));
    }

    [Fact]
    [Trait("Invariant", "I84")]
    public async Task A_correction_in_a_file_closes_what_was_asked_about_the_version_before_and_asks_anew()
    {
        (string, string)[] shown = [("是否公开", "是"), ("公开截止日期", "2027-11-20")];
        Total(await SendAsync(SampleSheet.Record(960, shown))).ShouldBe((1, 0, 0, 0));
        (await ResolveAsync(await SendAsync(SampleSheet.Record(960, [.. shown, ("内容", "更正：检查未发现问题。")])), "market-supervision.approver")).ShouldBe(HttpStatusCode.OK);

        var number = SampleSheet.Record(960)["文号"];
        var versions = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.DocumentNumber == number).OrderBy(record => record.Revision).Select(record => record.Id).ToListAsync());
        versions.Count.ShouldBe(2);
        var asked = await _records.Register.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => versions.Contains(item.AggregateId)).ToListAsync());
        asked.Select(item => (item.AggregateId, Done: item.DoneAt is not null)).ShouldBe([(versions[0], true), (versions[1], false)], ignoreOrder: true);
    }

    [Fact]
    [Trait("Invariant", "I90")]
    public async Task A_record_of_every_kind_stated_over_the_interface_has_department_batch_item_and_both_days()
    {
        var pack = host.Services.GetRequiredService<PolicyPack>();
        foreach (var (item, at) in pack.Catalogue.Where(item => item.RecordKind is not null && item.RecordKind != RecordKind.IndustrySanction).Select((item, at) => (item, at)))
        {
            var provider = item.Providers.Count > 0 ? item.Providers[0] : "tax";
            var stated = await _records.SubmitAsync(HostFixture.OfficerOf(provider), RecordJourney.Of($"N{at:D2}", item.RecordKind!.Value.ToString()));
            var id = RecordJourney.IdOf(stated);
            (await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().SingleAsync(record => record.Id == id))).ShouldSayWhereItCameFrom(RecordOrigin.Submission, item.Key);
        }

        (await _records.Register.ReadAsync(db => db.CreditRecords.CountAsync(record => record.BatchId == Guid.Empty))).ShouldBe(0);
    }

    private static Dictionary<string, string> Person(int number, string certificate, string text = "检查发现问题。") => SampleSheet.Record(
        number, ("主体名称", "张样本"), ("主体类别", "自然人"), ("统一社会信用代码", ""), ("证件类型", "身份证"), ("证件号码", certificate), ("内容", text));

    private Task<JsonElement> SendAsync(params Dictionary<string, string>[] rows) => EveryFileOverHttpTests.SendAsync(host, Officer, "records", "records.csv", SampleSheet.Csv(rows));

    private async Task<IReadOnlyList<JsonElement>> RowsAsync(JsonElement batch)
    {
        var (_, rows) = await _records.GetAsync(Officer, $"/api/intake/batches/{RecordJourney.IdOf(batch)}/rows");
        return [.. rows.GetProperty("rows").EnumerateArray()];
    }

    private async Task<HttpStatusCode> ResolveAsync(JsonElement batch, string user) =>
        (await _records.PostAsync(user, $"/api/intake/batches/{RecordJourney.IdOf(batch)}/rows/2/resolution", new { decision = "Corrected" })).Status;

    private static (int Accepted, int Unchanged, int Conflicts, int Rejected) Total(JsonElement batch) =>
        (Of(batch, "accepted") + Of(batch, "acceptedWithWarning"), Of(batch, "unchanged"), Of(batch, "conflicts"), Of(batch, "rejected"));

    private static int Of(JsonElement batch, string fate) => batch.GetProperty(fate).GetInt32();
}
