using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Intake;

/// <summary>Rows that wait for somebody: corrections for a second person, wrong codes for the registrar; and what comes back to the sender.</summary>
public class RowDecisionsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Officer = "market-supervision.officer";
    private const string Approver = "market-supervision.approver";

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I86")]
    public async Task A_correction_is_a_new_version_that_a_second_person_confirms_and_the_old_one_stays()
    {
        await SendAsync(SampleSheet.Penalty(1));
        var batch = await SendAsync(SampleSheet.Penalty(1, ("CF_NR_FK", "2"), ("CF_FRDB", "李样本")));

        Total(batch, "conflicts").ShouldBe(1);
        (await FineAsync(1)).ShouldBe([(10_000m, 1, true)]);
        var row = (await RowsAsync(batch)).ShouldHaveSingleItem();
        row.GetProperty("issues").EnumerateArray().Select(issue => issue.GetProperty("field").GetString()).ShouldBe(["CF_FRDB", "CF_NR_FK"], ignoreOrder: true);

        (await ResolveAsync(batch, Officer, "Corrected")).ShouldBe(HttpStatusCode.Forbidden);
        (await ResolveAsync(batch, "tax.approver", "Corrected")).ShouldBe(HttpStatusCode.NotFound);
        (await ResolveAsync(batch, Approver, "Corrected")).ShouldBe(HttpStatusCode.OK);
        (await ResolveAsync(batch, Approver, "Corrected")).ShouldBe(HttpStatusCode.Conflict);

        (await FineAsync(1)).ShouldBe([(10_000m, 1, false), (20_000m, 2, true)]);
        Total(await SendAsync(SampleSheet.Penalty(1, ("CF_NR_FK", "2"), ("CF_FRDB", "李样本"))), "unchanged").ShouldBe(1);
        Total(await SendAsync(SampleSheet.Penalty(1)), "conflicts").ShouldBe(1);
    }

    [Fact]
    [Trait("Invariant", "I86")]
    public async Task A_dismissed_correction_changes_nothing()
    {
        await SendAsync(SampleSheet.Penalty(2));
        var batch = await SendAsync(SampleSheet.Penalty(2, ("CF_SY", "其他事实。")));

        (await ResolveAsync(batch, Approver, "Dismissed")).ShouldBe(HttpStatusCode.OK);

        (await FineAsync(2)).ShouldBe([(10_000m, 1, true)]);
        (await RowsAsync(batch))[0].GetProperty("resolution").GetString().ShouldBe("Dismissed");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.c")]
    [Trait("Invariant", "I18")]
    public async Task A_row_with_a_failing_check_character_waits_until_the_registrar_confirms_the_code()
    {
        var wrong = SampleSheet.WrongCode(3);
        var batch = await SendAsync(SampleSheet.Penalty(3, ("CF_XDR_SHXYM", wrong)));
        Total(batch, "quarantined").ShouldBe(1);
        (await FineAsync(3)).ShouldBeEmpty();
        var again = await SendAsync(SampleSheet.Penalty(3, ("CF_XDR_SHXYM", wrong)));

        await SendAsync("subjects", SampleSheet.Subject(3, ("统一社会信用代码", wrong)));
        var subject = await DatabaseAsync(db => db.Subjects.SingleAsync(each => each.ClaimedCode == wrong));
        (subject.Code, subject.CodeStanding).ShouldBe((null, CodeStanding.Wrong));
        (await ConfirmAsync(subject.Id, "tax.approver")).ShouldBe(HttpStatusCode.Forbidden);
        (await ConfirmAsync(subject.Id, Approver)).ShouldBe(HttpStatusCode.OK);
        (await ConfirmAsync(subject.Id, Approver)).ShouldBe(HttpStatusCode.Conflict);
        await host.SettleAsync();

        (await FineAsync(3)).ShouldBe([(10_000m, 1, true)]);
        (await RowsAsync(batch))[0].GetProperty("resolution").GetString().ShouldBe("Released");
        (await RowsAsync(again))[0].GetProperty("resolution").GetString().ShouldBe("Released", "sent twice while it waited, it waits for nothing more");
        (await DatabaseAsync(db => db.Penalties.Where(each => each.SubjectCode == wrong).Select(each => each.SubjectId).SingleAsync())).ShouldBe(subject.Id);

        // From now on the code is as good as any.
        Total(await SendAsync(SampleSheet.Penalty(33, ("CF_XDR_SHXYM", wrong))), "accepted").ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Invariant", "I88")]
    public async Task Rejected_rows_come_back_with_the_reason_beside_the_cell_and_can_be_sent_again_when_mended()
    {
        var batch = await SendAsync(
            SampleSheet.Penalty(4), SampleSheet.Penalty(5, ("CF_NR_FK", "一万"), ("CF_SY", "=1+1,\"引号\"")), SampleSheet.Penalty(6, ("CF_WSH", "")));
        Total(batch, "rejected").ShouldBe(2);

        using var officer = await host.AsAsync(Officer);
        using var answer = await officer.GetAsync(Rejected(batch));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var text = await answer.Content.ReadAsStringAsync();
        var lines = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldContain("罚款金额(万元),罚款金额(万元)·原因");
        lines[0].ShouldNotContain("处罚依据·原因");
        lines[1].ShouldStartWith("3,Rejected,");
        lines[1].ShouldContain(",一万,AMOUNT_FORMAT");
        lines[1].ShouldContain("\"'=1+1,\"\"引号\"\"\"");
        lines[2].ShouldContain("MISSING_MANDATORY");

        var mended = text.Replace(",一万,AMOUNT_FORMAT", ",1,AMOUNT_FORMAT", StringComparison.Ordinal);
        var again = await EveryFileOverHttpTests.SendAsync(host, Officer, "penalties", "mended.csv", System.Text.Encoding.UTF8.GetBytes(mended));
        Total(again, "rejected").ShouldBe(1);
        (Total(again, "accepted") + Total(again, "acceptedWithWarning")).ShouldBe(1);

        using var other = await host.AsAsync("tax.officer");
        (await other.GetAsync(Rejected(batch))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var lead = await host.AsAsync("development-reform.officer");
        (await lead.GetAsync(Rejected(batch))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Invariant", "I21")]
    public async Task A_text_about_a_person_that_speaks_of_what_nobody_may_collect_is_sent_back_and_the_same_about_a_company_is_its_trade()
    {
        (string, string)[] person = [("CF_XDR_MC", "张样本"), ("CF_XDR_LB", "自然人"), ("CF_XDR_SHXYM", ""), ("CF_FRDB", ""), ("CF_XDR_ZJLX", "身份证"), ("CF_XDR_ZJHM", "370811199001010014")];
        var batch = await SendAsync(
            SampleSheet.Penalty(50, [.. person, ("CF_SY", "当事人隐瞒传染病病史从业。")]), SampleSheet.Penalty(51, person), SampleSheet.Penalty(52, ("CF_SY", "销售的试剂标示血型检测，无注册证。")));

        Total(batch, "rejected").ShouldBe(1);
        (await RowsAsync(batch)).SelectMany(row => row.GetProperty("issues").EnumerateArray()).Select(issue => (issue.GetProperty("code").GetString(), issue.GetProperty("field").GetString()))
            .ShouldContain(("FORBIDDEN_KIND", "CF_SY"));
        var licences = await SendAsync(
            "licences", SampleSheet.Licence(53, ("XK_XDR_MC", "张样本"), ("XK_XDR_LB", "自然人"), ("XK_XDR_SHXYM", ""), ("XK_FRDB", ""), ("XK_XDR_ZJLX", "身份证"), ("XK_XDR_ZJHM", "370811199001010014"), ("XK_NR", "病史体检合格")));
        Total(licences, "rejected").ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.c")]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Invariant", "I27")]
    [Trait("Invariant", "I28")]
    public async Task A_late_row_is_stored_and_flagged_with_its_due_day()
    {
        var batch = await SendAsync(SampleSheet.Penalty(7, ("CF_JDRQ", "2026/11/12")), SampleSheet.Penalty(8, ("CF_JDRQ", "2026/11/13")));

        (Total(batch, "accepted"), Total(batch, "late")).ShouldBe((2, 1));
        var row = (await RowsAsync(batch)).ShouldHaveSingleItem();
        (row.GetProperty("row").GetInt32(), row.GetProperty("due").GetString(), row.GetProperty("onTime").GetBoolean()).ShouldBe((2, "2026-11-23", false));

        // Neither the same row again nor a confirmed correction takes the lateness off the record that came late.
        await SendAsync(SampleSheet.Penalty(7, ("CF_JDRQ", "2026/11/12")));
        var correction = await SendAsync(SampleSheet.Penalty(7, ("CF_JDRQ", "2026/11/12"), ("CF_NR_FK", "3")));
        (await ResolveAsync(correction, Approver, "Corrected")).ShouldBe(HttpStatusCode.OK);
        var document = SampleSheet.Penalty(7)["CF_WSH"];
        (await DatabaseAsync(db => db.Penalties.Where(each => each.DocumentNumber == document).OrderBy(each => each.Version).Select(each => new { each.Version, each.Due, each.Late }).ToListAsync()))
            .ShouldBe([new { Version = 1, Due = (DateOnly?)new DateOnly(2026, 11, 23), Late = true }, new { Version = 2, Due = (DateOnly?)new DateOnly(2026, 11, 23), Late = true }]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Invariant", "I90")]
    [Trait("Invariant", "I71")]
    public async Task A_record_knows_where_it_came_from_and_keeps_every_field_numbers_of_persons_sealed()
    {
        var batch = await SendAsync(SampleSheet.Penalty(
            9, ("CF_FR_ZJLX", "身份证"), ("CF_FR_ZJHM", "370811199001010014"), ("CF_XDR_GSZC", "370811200012345"), ("CF_GSJZQ", "2027-05-01"), ("BZ", "备注")));
        var id = batch.GetProperty("id").GetGuid();

        var record = await DatabaseAsync(db => db.Penalties.AsNoTracking().SingleAsync(each => each.BatchId == id));

        (record.Department, record.Row, record.ReceivedOn, record.CatalogueItem).ShouldBe(("market-supervision", 2, new DateOnly(2026, 11, 24), "penalties"));
        (record.Due, record.Late, record.PublicUntil, record.FineYuan).ShouldBe((new DateOnly(2026, 12, 1), false, new DateOnly(2027, 5, 1), 10_000m));
        record.Particulars!.ShouldContain("370811200012345");
        var vault = host.Services.GetRequiredService<PersonVault>();
        vault.OpenText(record.RepresentativeSealed!).ShouldBe("370811199001010014");
        record.RepresentativeLookup.ShouldBe(vault.Lookup("representative", "370811199001010014"));
        await using var connection = new Npgsql.NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var plain = new Npgsql.NpgsqlCommand(
            "SELECT count(*) FROM core.penalty p WHERE p::text LIKE '%370811199001010014%'", connection);
        (await plain.ExecuteScalarAsync()).ShouldBe(0L);
    }

    internal static async Task<IReadOnlyList<JsonElement>> RowsAsync(HostFixture host, JsonElement batch)
    {
        using var lead = await host.AsAsync("development-reform.officer");
        var page = await lead.GetFromJsonAsync<JsonElement>(new Uri($"/api/intake/batches/{batch.GetProperty("id")}/rows", UriKind.Relative));
        return [.. page.GetProperty("rows").EnumerateArray()];
    }

    private Task<IReadOnlyList<JsonElement>> RowsAsync(JsonElement batch) => RowsAsync(host, batch);

    private Task<JsonElement> SendAsync(params Dictionary<string, string>[] rows) => SendAsync("penalties", rows);

    private Task<JsonElement> SendAsync(string kind, params Dictionary<string, string>[] rows) =>
        EveryFileOverHttpTests.SendAsync(host, Officer, kind, "sample.csv", SampleSheet.Csv(rows));

    private async Task<HttpStatusCode> ResolveAsync(JsonElement batch, string user, string decision)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(new Uri($"/api/intake/batches/{batch.GetProperty("id")}/rows/2/resolution", UriKind.Relative), new { decision });
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> ConfirmAsync(Guid subject, string user)
    {
        using var client = await host.AsAsync(user);
        var version = await DatabaseAsync(db => db.Subjects.Where(each => each.Id == subject).Select(each => each.Version).SingleAsync());
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        using var answer = await client.PostAsync(new Uri($"/api/subjects/{subject}/code-confirmation", UriKind.Relative), null);
        return answer.StatusCode;
    }

    private Task<List<(decimal? Fine, int Version, bool Current)>> FineAsync(int number)
    {
        var document = SampleSheet.Penalty(number)["CF_WSH"];
        return DatabaseAsync(async db => (await db.Penalties.AsNoTracking().Where(each => each.DocumentNumber == document).OrderBy(each => each.Version).ToListAsync())
            .Select(each => (each.FineYuan, each.Version, each.Current)).ToList());
    }

    private async Task<T> DatabaseAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    private static Uri Rejected(JsonElement batch) => new($"/api/intake/batches/{batch.GetProperty("id")}/rejected.csv", UriKind.Relative);

    private static int Total(JsonElement batch, string name) => batch.GetProperty(name).GetInt32();
}
