using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Intake;

/// <summary>What one department may not do to another's data, what a hostile file may not do to the platform, and what no public text shows.</summary>
public class BoundaryTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I83")]
    [Trait("Invariant", "I86")]
    public async Task A_department_corrects_no_record_of_another_one()
    {
        await SendAsync("market-supervision.officer", "penalties", SampleSheet.Penalty(700));
        var batch = await SendAsync("tax.officer", "penalties", SampleSheet.Penalty(700, ("CF_SY", "其他事实。")));
        batch.GetProperty("conflicts").GetInt32().ShouldBe(1);

        using var approver = await host.AsAsync("tax.approver");
        using var answer = await approver.PostAsJsonAsync(
            new Uri($"/api/intake/batches/{batch.GetProperty("id")}/rows/2/resolution", UriKind.Relative), new { decision = "Corrected" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("row-not-correctable");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.a")]
    public async Task Only_its_registrar_or_the_lead_office_changes_what_the_registry_says_of_a_subject()
    {
        await SendAsync("market-supervision.officer", "subjects", SampleSheet.Subject(710));

        var foreign = await SendAsync("tax.officer", "subjects", SampleSheet.Subject(710, ("法定代表人(负责人)", "冒名人")));
        var lead = await SendAsync("development-reform.officer", "subjects", SampleSheet.Subject(710, ("法定代表人(负责人)", "李样本")));

        (foreign.GetProperty("rejected").GetInt32(), lead.GetProperty("accepted").GetInt32()).ShouldBe((1, 1));
        (await RowDecisionsTests.RowsAsync(host, foreign))[0].GetProperty("issues")[0].GetProperty("code").GetString().ShouldBe("NOT_YOUR_DEPARTMENT");
    }

    [Fact]
    [Trait("Invariant", "I88")]
    public async Task A_row_without_a_code_that_names_a_former_one_spoils_no_file()
    {
        await SendAsync("market-supervision.officer", "subjects", SampleSheet.Subject(720));

        var batch = await SendAsync(
            "market-supervision.officer", "subjects",
            SampleSheet.Subject(721), SampleSheet.Subject(722, ("统一社会信用代码", ""), ("工商注册号", "370811200088888"), ("原统一社会信用代码", SampleSheet.Code(720))));

        (batch.GetProperty("state").GetString(), batch.GetProperty("rowsRead").GetInt32()).ShouldBe(("Completed", 2));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.c")]
    public async Task A_wrong_code_is_mended_by_the_row_with_the_right_one_and_leaves_no_ghost()
    {
        var wrong = SampleSheet.WrongCode(730);
        await SendAsync("market-supervision.officer", "subjects", SampleSheet.Subject(730, ("统一社会信用代码", wrong)));
        await SendAsync("market-supervision.officer", "subjects", SampleSheet.Subject(730, ("原统一社会信用代码", wrong), ("变更类型", "变更")));

        using var lead = await host.AsAsync("development-reform.officer");
        var page = await lead.GetFromJsonAsync<JsonElement>(new Uri("/api/subjects/code-quality/Wrong", UriKind.Relative));

        page.GetProperty("subjects").EnumerateArray().Select(subject => subject.GetProperty("claimedCode").GetString()).ShouldNotContain(wrong);
    }

    [Fact]
    public async Task A_name_with_a_control_character_and_ten_thousand_unknown_names_refuse_no_file_and_fill_no_answer()
    {
        var row = SampleSheet.Penalty(740).Select(cell => $"{JsonSerializer.Serialize(cell.Key)}:{JsonSerializer.Serialize(cell.Value)}");
        var unknown = Enumerable.Range(0, 10_000).Select(number => $"\"列{number}\":\"\"").Prepend("\"坏\\u0000列\":\"x\"");
        var batch = await EveryFileOverHttpTests.SendAsync(
            host, "market-supervision.officer", "penalties", "rows.json", Encoding.UTF8.GetBytes($"[{{{string.Join(',', row.Concat(unknown))}}}]"));

        (batch.GetProperty("state").GetString(), batch.GetProperty("accepted").GetInt32()).ShouldBe(("Completed", 1));
        batch.GetProperty("findings")[0].GetProperty("columns").GetArrayLength().ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.i")]
    [Trait("Invariant", "I71")]
    public async Task No_public_text_shows_a_number_of_a_person_however_it_is_written_nor_the_name_of_a_person()
    {
        await SendAsync("market-supervision.officer", "penalties", SampleSheet.Penalty(
            750, ("CF_SY", "身份证370811-19900307-7758，电话138-1234-5678；又３７０８１１１９９００３０７７７５８和370811199003077758 13812345678。2026-11-01至2026-11-24期间。")));
        await SendAsync("market-supervision.officer", "penalties", SampleSheet.Penalty(
            751, ("CF_XDR_MC", "欧阳审查"), ("CF_XDR_LB", "自然人"), ("CF_XDR_SHXYM", ""), ("CF_FRDB", ""), ("CF_XDR_ZJLX", "身份证"), ("CF_XDR_ZJHM", "370811199001010014"),
            ("CF_SY", "当事人欧阳审查拒不履行。")));

        using var anyone = host.Anonymous();
        var text = await anyone.GetStringAsync(new Uri("/odata/public/Penalties", UriKind.Relative));

        foreach (var secret in (string[])["7758", "5678", "７７５８", "欧阳审查", "0014"])
        {
            text.ShouldNotContain(secret);
        }

        text.ShouldContain("2026-11-01至2026-11-24期间");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.i")]
    [Trait("Invariant", "I71")]
    public async Task A_listed_person_is_public_without_full_name_and_number_in_the_entry_and_in_its_exit()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.InForceAsync("tax", Proposals.BlackPerson().With(
            ("noticeExemption", "中华人民共和国税收征收管理法实施细则第四十六条"), ("facts", "张某某(370811199001010014)走逃失联，电话138 1234 5678。"), ("watchMonthsAfterExit", 12)));
        using var anyone = host.Anonymous();
        var listed = await anyone.GetStringAsync(new Uri($"/odata/public/ListEntries?$filter=SubjectKind eq 'NaturalPerson'", UriKind.Relative));
        var exit = await journey.MoveAsync("tax.reviewer", entry, "exit", new { reason = "StandardChanged", explanation = "标准调整" });
        exit.Status.ShouldBe(HttpStatusCode.OK, exit.Body);
        (await journey.PostAsync("tax.officer", $"/api/entries/{entry.Id}/exit-announcements", exit.Entry.Version, new { channel = "DepartmentSite" })).Status.ShouldBe(HttpStatusCode.OK);
        var announced = await anyone.GetStringAsync(new Uri($"/odata/public/ExitAnnouncements?$filter=EntryId eq {entry.Id}", UriKind.Relative));

        listed.ShouldContain("走逃失联");
        announced.ShouldContain("张＊");
        foreach (var secret in (string[])["张某某", "370811199001010014", "0014", "5678"])
        {
            listed.ShouldNotContain(secret);
            announced.ShouldNotContain(secret);
        }
    }

    [Theory]
    [InlineData("watchMonthsAfterExit", 2147483647)]
    [InlineData("watchMonthsAfterExit", 0)]
    public async Task A_term_nobody_can_serve_is_refused_with_the_proposal(string member, int value)
    {
        var answer = await new EntryJourney(host).TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B0")).With((member, value)));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body);
        answer.Body.ShouldContain("watch-term-out-of-range");
    }

    [Fact]
    public async Task Texts_without_end_null_elements_and_far_futures_are_refused_and_never_500()
    {
        var journey = new EntryJourney(host);
        var endless = await journey.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B1")).With(("domain", new string('税', 4000)), ("standard", new string('标', 4000))));
        var nothing = await journey.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B2")).With(("bases", new object?[] { null })));
        var entry = await journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B3")));
        var future = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12, recognisedOn = "9999-12-31" });
        using var anyone = host.Anonymous();
        using var nul = await anyone.PostAsync(
            new Uri("/connect/token", UriKind.Relative),
            new StringContent("grant_type=password&username=%00&password=x", Encoding.UTF8, "application/x-www-form-urlencoded"));

        (endless.Status, nothing.Status, future.Status).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity));
        nothing.Body.ShouldContain("/bases/0");
        endless.Body.ShouldContain("text-too-long");
        nul.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/api/checks", """{"purpose":"Administration","subjects":[null]}""", "/subjects/0")]
    [InlineData("/api/incentives/acceptances", """{"papers":[null]}""", "/papers/0")]
    [InlineData("/api/incentives/supervision-plan", """{"subjects":[null]}""", "/subjects/0")]
    [InlineData("/api/oversight/progress", """{"taskNo":13,"from":"2026-10-01","text":"进展","figures":[null],"cases":[]}""", "/figures/0")]
    [InlineData("/api/memoranda", """{"code":"RC-X","measures":[{"ordinal":"1","canonical":[null]}]}""", "/measures/0/canonical/0")]
    [InlineData("/api/memoranda", """{"code":"RC-X","measures":[{"ordinal":"1","legalBases":[null]}]}""", "/measures/0/legalBases/0")]
    [InlineData("/api/policy/simulations", """{"pack":"rencheng-2019","changes":{"catalogue":[null]}}""", "/changes/catalogue/0")]
    public async Task A_list_with_null_in_it_is_refused_before_anything_reads_it(string path, string body, string pointer)
    {
        using var lead = await host.AsAsync("development-reform.officer");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await lead.PostAsync(new Uri(path, UriKind.Relative), content);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("errors")[0].GetProperty("pointer").GetString())
            .ShouldBe((HttpStatusCode.BadRequest, "null-element", pointer));
    }

    [Theory]
    [InlineData("?to=9999-12-31")]
    [InlineData("?from=0001-01-01")]
    [InlineData("?from=9999-12-31&to=0001-01-01")]
    public async Task Usage_is_counted_to_the_ends_of_the_calendar(string query)
    {
        using var lead = await host.AsAsync("development-reform.officer");

        using var answer = await lead.GetAsync(new Uri("/api/statistics/usage" + query, UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<JsonElement> SendAsync(string user, string kind, params Dictionary<string, string>[] rows) =>
        EveryFileOverHttpTests.SendAsync(host, user, kind, "sample.csv", SampleSheet.Csv(rows));
}
