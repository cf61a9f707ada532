using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Modules.Tests;

public sealed class MemorandumTests
{
    private static readonly ModuleCatalog Catalog = ModuleCatalog.Discover();

    [Theory]
    [Trait("Requirement", "R-3.5.2.a")]
    [Trait("Requirement", "R-3.3.3.e")]
    [InlineData("TAX-BLACK", 25, 0, ListKind.Black, "税收征管")]
    [InlineData("TAX-RED", 23, 10, ListKind.Red, "税收征管")]
    [InlineData("AEO-RED", 17, 10, ListKind.Red, "海关")]
    [InlineData("YOUTH-RED", 7, 3, ListKind.Red, "志愿服务")]
    [InlineData("SAIC", 18, 2, ListKind.Black, "市场监管")]
    [InlineData("FDA", 19, 10, ListKind.Black, "食品药品")]
    [InlineData("IPR", 30, 16, ListKind.Black, "知识产权")]
    [InlineData("PRT", 21, 12, ListKind.Black, "政府采购")]
    [InlineData("ENV", 25, 23, ListKind.Black, "生态环境")]
    [InlineData("SAFE", 21, 15, ListKind.Black, "安全生产")]
    [InlineData("WAGE", 19, 9, ListKind.Black, "劳动用工")]
    [InlineData("TRANS", 25, 6, ListKind.Black, "交通运输")]
    [InlineData("OVERLOAD", 9, 0, ListKind.Black, "超限超载")]
    [InlineData("COURT", 39, 0, ListKind.Black, "司法执行")]
    [InlineData("STAT", 16, 16, ListKind.Black, "统计")]
    [InlineData("FIN", 14, 14, ListKind.Black, "涉金融")]
    [InlineData("LISTED", 12, 0, ListKind.Black, "证券期货")]
    public void A_memorandum_has_its_measures_and_its_trigger(string code, int measures, int drafts, ListKind list, string domain)
    {
        var memorandum = Find(code);
        memorandum.Measures.Count.ShouldBe(measures);
        memorandum.Measures.Count(measure => measure.IsDraft).ShouldBe(drafts);
        memorandum.Trigger.List.ShouldBe(list);
        memorandum.Trigger.Domains.ShouldContain(domain);
    }

    [Theory]
    [Trait("Requirement", "R-3.5.3.a")]
    [InlineData("TAX-BLACK/2", "阻止出境", "P26", "tax", MeasureObligation.Mandatory)]
    [InlineData("TAX-BLACK/9", "依法禁止参加政府采购活动", "P01", "finance", MeasureObligation.Mandatory)]
    [InlineData("TAX-BLACK/20", "依法限制参与有关公共资源交易活动", "P02", "public-resource-trading", MeasureObligation.Recommended)]
    [InlineData("PRT/1", "依法限制失信企业参与工程建设项目招标投标", "P02", "public-resource-trading", MeasureObligation.Mandatory)]
    [InlineData("FDA/8", "限制参与政府采购活动", "P01", "finance", MeasureObligation.Mandatory)]
    [InlineData("SAFE/1", "加大执法检查频次", "P24", "emergency", MeasureObligation.Mandatory)]
    [InlineData("SAFE/2", "列为重点监管监察对象，常态化暗查暗访", "P24", "emergency", MeasureObligation.Recommended)]
    [InlineData("WAGE/4", "限制、暂停或取消政策性资金、政府补贴性资金和社会保障资金支持", "P06", "human-resources", MeasureObligation.Mandatory)]
    [InlineData("WAGE/12", "评优评先限制", "P32", "publicity", MeasureObligation.Recommended)]
    [InlineData("ENV/1", "限制取得政府供应土地", "P03", "planning", MeasureObligation.Recommended)]
    public void A_measure_keeps_its_official_wording_and_its_bodies(string key, string wording, string canonical, string department, MeasureObligation obligation)
    {
        var measure = Catalog.Memoranda.SelectMany(memorandum => memorandum.Measures).Single(measure => measure.Key == key);
        measure.Wording.ShouldBe(wording);
        measure.Canonical.ShouldContain(canonical);
        measure.Departments.ShouldContain(department);
        measure.Obligation.ShouldBe(obligation);
        measure.LegalBases.Count.ShouldBeGreaterThan(obligation == MeasureObligation.Mandatory ? 0 : -1);
        measure.PrintedBodies.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I41")]
    public void Every_measure_is_of_one_class_and_of_a_version_with_days_in_force()
    {
        Catalog.Memoranda.ShouldAllBe(memorandum => memorandum.Version >= 1 && memorandum.EffectiveFrom > new DateOnly(2014, 1, 1));
        Catalog.Memoranda.SelectMany(memorandum => memorandum.Measures).ShouldAllBe(measure => Enum.IsDefined(measure.Obligation));
    }

    [Fact]
    [Trait("Invariant", "I42")]
    public void Every_mandatory_measure_within_the_district_names_who_gets_the_task()
    {
        var directory = DepartmentDirectory.Load();
        var mandatory = Catalog.Memoranda.SelectMany(memorandum => memorandum.Measures)
            .Where(measure => measure is { Obligation: MeasureObligation.Mandatory, IsDraft: false }).ToList();

        // Offices in securities firms and banks, and trains and planes: no body of the district supervises them.
        mandatory.Where(measure => measure.Departments.Count == 0).Select(measure => measure.Key).ShouldBe(["COURT/3.3", "COURT/7.1", "SAIC/IV-2", "SAIC/IV-3", "WAGE/13"]);
        mandatory.SelectMany(measure => measure.Departments).ShouldAllBe(key => directory.Find(key) != null);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.b")]
    [Trait("Invariant", "I48")]
    public void What_may_be_done_to_watched_subjects_is_supervision_or_the_loss_of_a_benefit()
    {
        var canonical = CanonicalMeasures.Load();
        var graded = Catalog.Memoranda.SelectMany(memorandum => memorandum.Measures).Where(measure => measure.WatchApplicable).ToArray();

        graded.ShouldNotBeEmpty();
        graded.ShouldAllBe(measure => Proportion.FitsWatch(measure.Nature, measure.Canonical.Select(key => canonical.Find(key)!.WatchGrade).ToArray()));
        canonical.All.Where(each => each.WatchGrade is not null).Select(each => each.Key).ShouldBe(["P06", "P07", "P08", "P24"], "no market ban, no ban on travel or spending");
    }

    [Fact]
    public void A_restriction_that_presumes_ability_is_marked_so_outside_the_courts_own_list() =>
        Catalog.Memoranda.Where(memorandum => memorandum.Trigger.Domains.Any(domain => domain != "司法执行")).SelectMany(memorandum => memorandum.Measures)
            .Where(measure => !measure.IsDraft && measure.Canonical.Any(key => key is "P26" or "P27"))
            .ShouldAllBe(measure => measure.OnlyAbleButRefuses);

    [Theory]
    [Trait("Requirement", "R-3.5.3.b")]
    [InlineData("legalBases", "[]", "mandatory without a law or regulation")]
    [InlineData("legalBases", """[{"title": "国发〔2016〕33号", "level": "Document"}]""", "mandatory without a law or regulation")]
    [InlineData("nature", "\"Market\"", "can only be recommended")]
    [InlineData("departments", "[]", "name a department")]
    [InlineData("departments", """["moon"]""", "unknown department 'moon'")]
    [InlineData("departments", """["customs"]""", "not under the district")]
    [InlineData("canonical", """["P99"]""", "unknown canonical measure 'P99'")]
    [InlineData("withinWorkingDays", "0", "at least 1")]
    [InlineData("watchApplicable", "true", "Watched subjects are not barred")]
    [InlineData("mandatory", "true", "is not a memorandum")]
    public void A_file_that_breaks_a_rule_is_refused_with_the_reason(string member, string value, string reason)
    {
        var file = Sound();
        FirstMeasure(file)[member] = JsonNode.Parse(value);
        Parse(file, out var reasons).ShouldBeEmpty();
        reasons.ShouldContain(text => text.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_a_file_come_back_at_once()
    {
        var file = Sound();
        FirstMeasure(file)["legalBases"] = new JsonArray();
        FirstMeasure(file)["departments"] = new JsonArray("moon");
        FirstMeasure(file)["withinWorkingDays"] = 0;
        Parse(file, out var reasons);
        reasons.Count.ShouldBe(3);
    }

    [Fact]
    public void A_draft_may_wait_for_its_legal_basis_and_is_known_as_a_draft()
    {
        var file = Sound();
        FirstMeasure(file)["legalBases"] = new JsonArray();
        FirstMeasure(file)["evidence"] = "Medium";
        Parse(file, out var reasons).ShouldHaveSingleItem().Measures.ShouldHaveSingleItem().IsDraft.ShouldBeTrue();
        reasons.ShouldBeEmpty();
    }

    [Fact]
    public void Versions_that_overlap_are_refused()
    {
        var file = Sound();
        var second = file["versions"]![0]!.DeepClone();
        second["version"] = 2;
        second["effectiveFrom"] = "2025-01-01";
        file["versions"]!.AsArray().Add(second);
        Parse(file, out var reasons);
        reasons.ShouldHaveSingleItem().ShouldContain("still in force");
    }

    [Fact]
    public void The_schema_of_memoranda_is_the_published_one()
    {
        var node = ReferenceFile.Json.GetJsonSchemaAsNode(typeof(MemorandumFile));
        var measure = node["properties"]!["versions"]!["items"]!["properties"]!["measures"]!["items"]!["properties"]!;
        node["type"] = "object";
        measure["departments"]!["items"] = Choice(DepartmentDirectory.Load().All.Where(department => !department.OutsideDistrict).Select(department => department.Key));
        measure["canonical"]!["items"] = Choice(CanonicalMeasures.Load().All.Select(known => known.Key));
        var schema = node.ToJsonString(new(ReferenceFile.Json) { WriteIndented = true }) + "\n";
        var path = Path.Combine(Repository.Root, "api-specs", "memorandum.v1.schema.json");
        var published = File.Exists(path) ? File.ReadAllText(path) : "";
        if (published != schema)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, schema);
        }

        published.ShouldBe(schema, "The schema changed; it has been written anew. Review and commit it.");
    }

    // An editor completes what may stand there, and underlines what may not.
    private static JsonObject Choice(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    private static IMemorandum Find(string code) => Catalog.Memoranda.Single(memorandum => memorandum.Code == code);

    private static JsonNode FirstMeasure(JsonNode file) => file["versions"]![0]!["measures"]![0]!;

    private static IReadOnlyList<LoadedMemorandum> Parse(JsonNode file, out List<string> reasons)
    {
        reasons = [];
        return MemorandumFile.Parse(file.ToJsonString(), "sample", DepartmentDirectory.Load(), CanonicalMeasures.Load(), reasons);
    }

    private static JsonNode Sound() => JsonNode.Parse("""
        {
          "code": "SAMPLE", "title": "样本", "documentNumber": "", "issuedOn": null, "signers": "", "lead": "", "targets": "",
          "trigger": {"list": "Black", "domains": ["税收征管"]}, "feedbackCadence": null,
          "versions": [{"version": 1, "effectiveFrom": "2020-01-01", "effectiveTo": null, "measures": [{
            "ordinal": "1", "wording": "禁止参加政府采购活动", "canonical": ["P01"], "nature": "Administrative", "obligation": "Mandatory",
            "bodies": "财政部", "departments": ["finance"], "outsideDistrict": false,
            "legalBases": [{"title": "中华人民共和国政府采购法第二十二条", "level": "Law"}],
            "watchApplicable": false, "onlyAbleButRefuses": false, "withinWorkingDays": 7, "evidence": "Seen"}]}]
        }
        """)!;
}
