using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Modules;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>The list of measures is kept at run time: drawn up by one, approved by another, by versions with their days.</summary>
public sealed class MemorandumJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    private DateOnly Today => host.Clock.Today();

    [Fact]
    [Trait("Requirement", "R-3.5.2.a")]
    [Trait("Requirement", "R-3.5.3.a")]
    [Trait("Requirement", "R-3.5.3.c")]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I93")]
    public async Task A_local_memorandum_binds_from_its_first_day_on_a_new_version_later_entries_only_and_after_its_end_nobody()
    {
        var drawn = await PostAsync("development-reform.officer", "/api/memoranda", Local(Today.AddDays(1)).With(("lead", "区生态环境分局"), ("targets", "施工单位"), ("feedbackCadence", "按季度反馈区生态环境分局")));
        drawn.Status.ShouldBe(HttpStatusCode.Created, drawn.Body.GetRawText());
        (await DecideAsync("development-reform.approver", drawn.Body)).Body.GetProperty("code").GetString().ShouldBe("state-does-not-allow", "it was not submitted");
        var submitted = await OnAsync("development-reform.officer", drawn.Body, "submission", null);
        (await _register.DeskAsync(submitted.Body.GetProperty("id").GetGuid())).ShouldBe(("development-reform", true), "it waits on the lead office's desk");
        (await DecideAsync("development-reform.officer", submitted.Body)).Status.ShouldBe(HttpStatusCode.Forbidden, "who drew it up, and a 经办人");
        (await TasksOfAsync("Y0")).ShouldBeEmpty("a draft binds nobody");
        var approved = await DecideAsync("development-reform.approver", submitted.Body);
        approved.Status.ShouldBe(HttpStatusCode.OK, approved.Body.GetRawText());
        approved.Body.GetProperty("state").GetString().ShouldBe("InForce");
        (await _register.DeskAsync(submitted.Body.GetProperty("id").GetGuid())).ShouldBe(("development-reform", false), "the decision closes it");
        (await InboxAsync("housing", approved.Body)).ShouldBe($"措施清单调整: 扬尘失信联合惩戒合作备忘录（RC-DUST）自{Today.AddDays(1):yyyy-MM-dd}起，本部门新增第1项");
        (await TasksOfAsync("Y1")).ShouldBeEmpty("it counts from tomorrow on");

        NextDay();
        var first = (await TasksOfAsync("Y2")).ShouldHaveSingleItem();
        (first.Department, first.MemorandumVersion, first.Wording).ShouldBe(("housing", 1, "列为重点监管对象"));

        var next = Local(Today.AddDays(1), wording: "提高抽查频次至每季度一次").With(("targets", "施工单位和建设单位"));
        var second = await ApprovedAsync(await PostAsync("development-reform.officer", "/api/memoranda/RC-DUST/versions", next));
        (second.GetProperty("number").GetInt32(), second.GetProperty("kind").GetString()).ShouldBe((2, "NewVersion"));
        (await InboxAsync("housing", second)).ShouldNotBeNull().ShouldEndWith("本部门变更第1项");
        (await TasksOfAsync("Y3")).ShouldHaveSingleItem().MemorandumVersion.ShouldBe(1, "the day of approval is the old version's");
        NextDay();
        (await TasksOfAsync("Y4")).ShouldHaveSingleItem().Wording.ShouldBe("提高抽查频次至每季度一次");
        var kept = (await _register.TasksAsync(first.EntryId)).Where(task => task.Memorandum == "RC-DUST").ShouldHaveSingleItem();
        (kept.MemorandumVersion, kept.Wording).ShouldBe((1, "列为重点监管对象"), "a running task keeps the version it was created with");

        var end = await ApprovedAsync(await PostAsync(
            "development-reform.officer", "/api/memoranda/RC-DUST/retirement", new { firstDayWithout = Today.AddDays(1), reason = "并入国家清单。" }));
        (await InboxAsync("housing", end)).ShouldNotBeNull().ShouldEndWith("本部门取消第1项");
        NextDay();
        (await TasksOfAsync("Y5")).ShouldBeEmpty();
        (await _register.TasksAsync(first.EntryId)).Where(task => task.Memorandum == "RC-DUST").ShouldHaveSingleItem().Execution.ShouldBe(Credit.Domain.Enforcement.TaskExecution.Running);

        using var anyone = host.Anonymous();
        (await _register.Entries.ListAsync(anyone, "/odata/public/Memoranda?$filter=Code eq 'RC-DUST'&$orderby=Version"))
            .Select(row => (row.GetProperty("Version").GetInt32(), row.GetProperty("EffectiveFrom").GetString(), row.GetProperty("EffectiveTo").GetString()))
            .ShouldBe([(1, Day(-2), Day(-2)), (2, Day(-1), Day(-1))]);
        (await _register.Entries.ListAsync(anyone, "/odata/public/Memoranda?$filter=Code eq 'RC-DUST' and FeedbackCadence eq '按季度反馈区生态环境分局'&$orderby=Version"))
            .Select(row => (row.GetProperty("Lead").GetString(), row.GetProperty("Targets").GetString(), row.GetProperty("Signers").GetString()))
            .ShouldBe([("区生态环境分局", "施工单位", ""), ("区生态环境分局", "施工单位和建设单位", "")], "what a new version leaves out it keeps");
        second.GetProperty("lead").GetString().ShouldBe("区生态环境分局");
        using var tax = await host.AsAsync("tax.officer");
        (await _register.Entries.ListAsync(tax, "/odata/official/Memoranda?$filter=Code eq 'TAX-RED'")).ShouldHaveSingleItem()
            .GetProperty("FeedbackCadence").GetString().ShouldBe("按季度反馈发展改革委、税务总局");
        (await _register.Entries.ListAsync(tax, "/odata/official/MemorandumRevisions?$filter=Code eq 'RC-DUST'&$orderby=Number"))
            .Select(row => (row.GetProperty("Number").GetInt32(), row.GetProperty("State").GetString())).ShouldBe([(1, "Retired"), (2, "Retired"), (3, "InForce")]);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.c")]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I93")]
    public async Task A_module_s_file_is_the_first_version_that_an_amendment_follows_on_every_host_and_the_file_does_not_come_back()
    {
        var elsewhere = new MemorandumCatalogue(host.Services.GetRequiredService<ModuleCatalog>());
        (await VersionsAsync(elsewhere)).ShouldBe([(1, null)]);
        var before = await TasksOfAsync("Y6", domain: "市场监管", user: "market-supervision", department: "finance");
        var file = (await VersionsAsync(elsewhere, measures: true)).Single();
        var line = JsonSerializer.SerializeToNode(file.Measures!.First(measure => measure.Departments.Contains("finance") && !measure.IsDraft))!.AsObject();

        var drawn = await PostAsync("development-reform.officer", $"/api/memoranda/{Code}/amendments", new
        {
            effectiveFrom = Today.AddDays(1),
            reason = "按修订后的规定调整。",
            measure = new
            {
                ordinal = line["Ordinal"]!.GetValue<string>(),
                wording = "调整后的措施",
                canonical = line["Canonical"],
                nature = "Administrative",
                obligation = "Recommended",
                bodies = "财政部",
                departments = new[] { "finance" },
                outsideDistrict = false,
                legalBases = new[] { new { title = "任信办〔2026〕13号", level = "Document" } },
                watchApplicable = false,
                onlyAbleButRefuses = false,
                withinWorkingDays = 10,
                evidence = "Seen",
            },
        });
        var amended = await ApprovedAsync(drawn);

        amended.GetProperty("measures").GetArrayLength().ShouldBe(file.Measures!.Count, "the others stay");
        (await VersionsAsync(elsewhere)).ShouldBe([(1, Today), (2, null)], "another host sees it at once");
        NextDay();
        var after = await TasksOfAsync("Y7", domain: "市场监管", user: "market-supervision", department: "finance");
        after.Single(task => task.Wording == "调整后的措施").MemorandumVersion.ShouldBe(2);
        before.ShouldAllBe(task => task.Memorandum != Code || task.MemorandumVersion == 1);
        var check = await host.CheckAsync("finance.officer", [Organisation("Y6"), Organisation("Y7")]);
        check.GetProperty("subjects").EnumerateArray().Select(subject => subject.GetProperty("hits")[0].GetProperty("measures").EnumerateArray()
                .Where(measure => measure.GetProperty("memorandum").GetString() == Code).Select(measure => measure.GetProperty("memorandumVersion").GetInt32()).Distinct().Single())
            .ShouldBe([1, 2]);

        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<CatalogueSync>().RunAsync(CancellationToken.None);
        }

        var rows = await _register.ReadAsync(db => db.Memoranda.AsNoTracking().Where(row => row.Code == Code).OrderBy(row => row.Version).ToListAsync());
        rows.Select(row => (row.Version, row.EffectiveTo, row.Module)).ShouldBe([(1, Today.AddDays(-1), "market"), (2, null, MemorandumRow.RunTime)]);
        rows[0].Lead.ShouldBe("发展改革委、工商总局");
        (rows[1].Signers, rows[1].Lead, rows[1].Targets, rows[1].FeedbackCadence).ShouldBe((rows[0].Signers, rows[0].Lead, rows[0].Targets, rows[0].FeedbackCadence), "an amendment keeps them");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.c")]
    public async Task A_version_or_an_amendment_that_says_nothing_of_signers_and_targets_keeps_them()
    {
        var file = host.Services.GetRequiredService<ModuleCatalog>().Memoranda.OfType<LoadedMemorandum>().First(each => each.Code == "TAX-BLACK");
        (file.Signers.Length, file.Targets.Length).ShouldSatisfyAllConditions(lengths => lengths.Item1.ShouldBeGreaterThan(0), lengths => lengths.Item2.ShouldBeGreaterThan(0));
        var measure = Local(Today)["measures"]!.AsArray()[0]!.DeepClone();
        measure["ordinal"] = "99";
        var amended = await PostAsync("development-reform.officer", "/api/memoranda/TAX-BLACK/amendments", new { effectiveFrom = Today.AddDays(1), reason = "增列一项。", measure });
        (await SaidAsync(amended)).ShouldBe((file.Signers, file.Targets));
        (await SaidAsync(await PostAsync("development-reform.officer", "/api/memoranda/TAX-BLACK/versions", Local(Today.AddDays(1), code: "TAX-BLACK")))).ShouldBe((file.Signers, file.Targets));

        var other = Local(Today.AddDays(1), code: "TAX-BLACK").With(("signers", "国家税务总局"), ("targets", "其他当事人"));
        (await SaidAsync(await PostAsync("development-reform.officer", "/api/memoranda/TAX-BLACK/versions", other))).ShouldBe(("国家税务总局", "其他当事人"));

        var own = await ApprovedAsync(await PostAsync("development-reform.officer", "/api/memoranda", Local(Today.AddDays(1), code: "RC-KEPT").With(("signers", "区生态环境分局"), ("targets", "施工单位"))));
        own.GetProperty("code").GetString().ShouldBe("RC-KEPT");
        var next = await PostAsync("development-reform.officer", "/api/memoranda/RC-KEPT/amendments", new { effectiveFrom = Today.AddDays(2), reason = "增列一项。", measure });
        (await SaidAsync(next)).ShouldBe(("区生态环境分局", "施工单位"));

        async Task<(string, string)> SaidAsync((HttpStatusCode Status, JsonElement Body) drawn)
        {
            drawn.Status.ShouldBe(HttpStatusCode.Created, drawn.Body.GetRawText());
            var id = drawn.Body.GetProperty("id").GetGuid();
            var revision = await _register.ReadAsync(db => db.MemorandumRevisions.AsNoTracking().SingleAsync(each => each.Id == id));
            return (revision.Signers, revision.Targets);
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    [Trait("Requirement", "R-3.4.3.c")]
    [Trait("Requirement", "R-3.5.2.a")]
    public async Task What_the_rules_do_not_allow_does_not_enter_the_list_and_only_the_lead_office_draws_up()
    {
        (await PostAsync("tax.approver", "/api/memoranda", Local(Today.AddDays(1), code: "RC-X"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await ShouldRefuseAsync(Measure(("obligation", "Mandatory")), "mandatory-without-law");
        await ShouldRefuseAsync(Measure(("nature", "Market"), ("obligation", "Mandatory")), "nature-recommended-only");
        await ShouldRefuseAsync(Measure(("departments", new[] { "rural-commercial-bank" }), ("nature", "Market")), "measure-orders-market");
        await ShouldRefuseAsync(Measure(("departments", new[] { "nobody" })), "measure-department-unknown");
        await ShouldRefuseAsync(Measure(("departments", Array.Empty<string>())), "measure-without-department");
        await ShouldRefuseAsync(Measure(("canonical", new[] { "P999" })), "measure-canonical-unknown");
        await ShouldRefuseAsync(Measure(("legalBases", Array.Empty<object>())), "measure-without-basis");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("parties", new[] { "ecology" })), "memorandum-parties");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("parties", new[] { "ecology", "nobody" })), "memorandum-party-unknown");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("title", "王五37081119850612432X备忘录")), "text-names-person");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("reason", "联系电话1390000 1111")), "text-names-person");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("documentNumber", "37081119850612432X")), "number-names-person");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "RC-X").With(("lead", "王五37081119850612432X")), "text-names-person");
        await ShouldRefuseAsync(Measure(("wording", "对王五37081119850612432X重点监管")), "text-names-person");
        await ShouldRefuseAsync(Local(Today, code: "RC-X").AsObject(), "memorandum-too-early");
        await ShouldRefuseAsync(Local(Today.AddDays(1), code: "TAX-BLACK"), "memorandum-code-taken");
        (await PostAsync("development-reform.officer", "/api/memoranda/NONE/versions", Local(Today.AddDays(1)))).Status.ShouldBe(HttpStatusCode.NotFound);

        async Task ShouldRefuseAsync(JsonObject body, string code)
        {
            var (status, answer) = await PostAsync("development-reform.officer", "/api/memoranda", body);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, code);
            answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).ShouldContain(code);
        }

        JsonObject Measure(params (string Member, object? Value)[] changed)
        {
            var body = Local(Today.AddDays(1), code: "RC-X");
            body["measures"]!.AsArray()[0] = ((object)body["measures"]![0]!.DeepClone()).With(changed);
            return body;
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.i")]
    public async Task Whatever_stands_in_a_memorandum_the_public_reads_it_without_identity_numbers()
    {
        await using var owner = new Npgsql.NpgsqlConnection(host.ConnectionString);
        await owner.OpenAsync();
        await using var transaction = await owner.BeginTransactionAsync();
        await using var planted = new Npgsql.NpgsqlCommand(
            "UPDATE core.memorandum SET title = '王五37081119850612432X备忘录', lead = '电话13900001111', signers = '', targets = '', feedback_cadence = '王五37081119850612432X', document_number = '任信办37081119850612432X号'; UPDATE core.measure SET wording = '电话13900001111'", owner, transaction);
        (await planted.ExecuteNonQueryAsync()).ShouldBeGreaterThan(1);

        (await TextsAsync("SELECT DISTINCT title || document_number || lead || feedback_cadence FROM pub.memorandum")).ShouldBe("王五＊＊＊备忘录任信办＊＊＊号电话＊＊＊王五＊＊＊");
        (await TextsAsync("SELECT DISTINCT wording FROM pub.measure")).ShouldBe("电话＊＊＊");

        async Task<string?> TextsAsync(string sql)
        {
            await using var query = new Npgsql.NpgsqlCommand(sql, owner, transaction);
            return (string?)await query.ExecuteScalarAsync();
        }
    }

    private const string Code = "SAIC";

    private static object Organisation(string mark) => new { kind = "LegalPerson", code = Proposals.Code(mark) };

    private static JsonObject Local(DateOnly from, string wording = "列为重点监管对象", string code = "RC-DUST") => JsonSerializer.SerializeToNode(new
    {
        code,
        title = "扬尘失信联合惩戒合作备忘录",
        level = "District",
        list = "Black",
        domains = new[] { "生态环境" },
        effectiveFrom = from,
        reason = "联席会议议定。",
        documentNumber = "任信办〔2026〕12号",
        signedOn = "2026-11-20",
        parties = new[] { "ecology", "housing" },
        measures = new[]
        {
            new
            {
                ordinal = "1", wording, canonical = new[] { "P24" }, nature = "Administrative", obligation = "Recommended", bodies = "区住建局", departments = new[] { "housing" },
                outsideDistrict = false, legalBases = new[] { new { title = "任信办〔2026〕12号第三条", level = "Document" } }, watchApplicable = true, onlyAbleButRefuses = false,
                withinWorkingDays = 10, evidence = "Seen",
            },
        },
    })!.AsObject();

    private string Day(int days) => Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private void NextDay()
    {
        host.Clock.Advance(TimeSpan.FromDays(1));
        host.ForgetTokens();
    }

    private async Task<List<Credit.Domain.Enforcement.MeasureTask>> TasksOfAsync(string mark, string domain = "生态环境", string user = "ecology", string? department = null)
    {
        var entry = await _register.Entries.InForceAsync(user, Proposals.Black(Proposals.Code(mark), "2029-11-23", domain));
        await host.SettleAsync();
        // The domain has a module's memorandum too; without a department only the district's own is looked at.
        return [.. (await _register.TasksAsync(entry.Id)).Where(task => department is null ? task.Memorandum == "RC-DUST" : task.Department == department)];
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string user, string path, object? body, int? version = null)
    {
        using var client = await host.AsAsync(user);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is { } seen)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"v{seen}\"");
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> OnAsync(string user, JsonElement revision, string action, object? body) =>
        PostAsync(user, $"/api/memoranda/revisions/{revision.GetProperty("id").GetGuid()}/{action}", body, revision.GetProperty("version").GetInt32());

    private Task<(HttpStatusCode Status, JsonElement Body)> DecideAsync(string user, JsonElement revision) =>
        OnAsync(user, revision, "decision", new { approve = true, finding = "已审议" });

    private async Task<JsonElement> ApprovedAsync((HttpStatusCode Status, JsonElement Body) drawn)
    {
        drawn.Status.ShouldBe(HttpStatusCode.Created, drawn.Body.GetRawText());
        var submitted = await OnAsync("development-reform.officer", drawn.Body, "submission", null);
        var (status, body) = await DecideAsync("development-reform.approver", submitted.Body);
        status.ShouldBe(HttpStatusCode.OK, body.GetRawText());
        return body;
    }

    private Task<string?> InboxAsync(string department, JsonElement revision)
    {
        var id = revision.GetProperty("id").GetGuid();
        return _register.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.AggregateId == id && item.Department == department && item.Kind == InboxKind.MemorandumChanged)
            .Select(item => (string?)item.Text).SingleOrDefaultAsync());
    }

    private async Task<IReadOnlyList<(int Version, DateOnly? To)>> VersionsAsync(MemorandumCatalogue catalogue) =>
        [.. (await VersionsAsync(catalogue, measures: true)).Select(version => (version.Version, version.To))];

    private async Task<IReadOnlyList<(int Version, DateOnly? To, IReadOnlyList<Credit.Domain.Enforcement.Measure>? Measures)>> VersionsAsync(MemorandumCatalogue catalogue, bool measures)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return
        [
            .. (await catalogue.CurrentAsync(scope.ServiceProvider.GetRequiredService<CreditDbContext>(), CancellationToken.None)).Where(each => each.Code == Code)
                .Select(each => (each.Version, each.EffectiveTo, measures ? each.Measures : null)),
        ];
    }
}
