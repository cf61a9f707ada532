using System.Text.Json;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Every measure cites its memorandum, its ordinal and what it rests on.</summary>
[Trait("Requirement", "R-3.5.3.a")]
public sealed class CitedMeasureTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    public async Task Every_measure_that_may_be_dispatched_cites_memorandum_ordinal_and_at_least_one_basis()
    {
        var canonical = host.Services.GetRequiredService<CanonicalMeasures>();
        var memoranda = await _register.ReadAsync(db => host.Services.GetRequiredService<MemorandumCatalogue>().CurrentAsync(db, CancellationToken.None));
        var dispatchable = memoranda.SelectMany(memorandum => memorandum.Measures, (memorandum, measure) => (memorandum, measure)).Where(each => !each.measure.IsDraft).ToArray();

        dispatchable.Length.ShouldBeGreaterThan(80);
        dispatchable.ShouldAllBe(each => each.memorandum.Title.Length > 0 && each.measure.Ordinal.Length > 0);
        dispatchable.Where(each => !canonical.Cite(each.measure).LegalBases.Any(basis => basis.Title.Length > 0)).Select(each => each.measure.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_canonical_measure_rests_on_something_and_the_one_the_memoranda_print_nothing_for_on_the_policy()
    {
        var canonical = CanonicalMeasures.Load();
        canonical.All.ShouldAllBe(measure => measure.LegalBases.Count > 0);
        canonical.Find("R09")!.LegalBases.ShouldHaveSingleItem().Title.ShouldBe("济任政发〔2019〕8号三(三)1");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    public void A_basis_of_the_dictionary_makes_no_measure_mandatory()
    {
        var canonical = CanonicalMeasures.Load();
        var measure = new Measure
        {
            Key = "SAMPLE/1",
            Ordinal = "1",
            Wording = "禁止参加政府采购活动",
            Canonical = ["P01"],
            Nature = MeasureNature.Administrative,
            Obligation = MeasureObligation.Mandatory,
            Departments = ["finance"],
            LegalBases = [],
            Within = new(20),
            Evidence = Evidence.Seen,
        };

        canonical.Cite(measure).LegalBases.ShouldContain(basis => basis.Level == LegalLevel.Law);
        MeasureRules.Against(measure, outsideDistrict: false, ["税收征管"], Domain.Listing.ListKind.Black).Select(refusal => refusal.Code).ShouldBe(["mandatory-without-law"]);
    }

    [Fact]
    public void A_recalled_basis_of_medium_confidence_is_shown_as_a_draft() =>
        new MeasureCitation(BasisSource.Dictionary, [new("某办法第一条", LegalLevel.Rule, Evidence.Medium), new("某法", LegalLevel.Law, Evidence.Seen)]).Text.ShouldBe("某办法第一条（待核）；某法");

    [Fact]
    public async Task Tasks_feeds_and_checks_show_the_bases_and_where_they_are_from()
    {
        var (_, tasks) = await _register.DispatchedAsync("CM0");
        var own = tasks.First(task => task.BasisFrom == BasisSource.Memorandum && task.Department == "finance");
        var borrowed = tasks.First(task => task is { MeasureKey: "TAX-BLACK/18", Department: "market-supervision" });

        using var official = await host.AsAsync($"{borrowed.Department}.officer");
        var task = JsonSerializer.Deserialize<JsonElement>(await official.GetStringAsync($"/api/tasks/{borrowed.Id}"));
        (task.GetProperty("memorandum").GetString(), task.GetProperty("measureKey").GetString(), task.GetProperty("basisFrom").GetString())
            .ShouldBe(("TAX-BLACK", "TAX-BLACK/18", "Dictionary"));
        task.GetProperty("legalBases").EnumerateArray().Select(basis => basis.GetProperty("title").GetString()).ShouldContain("工业产品生产许可证管理条例");
        var row = (await _register.Entries.ListAsync(official, $"/odata/official/MeasureTasks?$filter=Id eq {borrowed.Id}")).ShouldHaveSingleItem();
        (row.GetProperty("BasisFrom").GetString(), row.GetProperty("Basis").GetString()).ShouldBe(("Dictionary", borrowed.Basis));

        using var anyone = host.Anonymous();
        var open = await _register.Entries.ListAsync(anyone, "/odata/public/Measures?$filter=MemorandumKey eq 'TAX-BLACK@1' and Draft eq false");
        open.ShouldAllBe(measure => measure.GetProperty("Basis").GetString()!.Length > 0);
        open.Select(measure => measure.GetProperty("BasisFrom").GetString()).Distinct().ShouldBe(["Memorandum", "Dictionary"], ignoreOrder: true);
        open.Single(measure => measure.GetProperty("Ordinal").GetString() == "18").GetProperty("BasisFrom").GetString().ShouldBe("Dictionary");

        var verdict = await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("CM0") }]);
        var due = verdict.GetProperty("subjects")[0].GetProperty("hits")[0].GetProperty("measures").EnumerateArray().ToArray();
        due.ShouldAllBe(measure => measure.GetProperty("legalBases").GetArrayLength() > 0);
        var cited = due.Single(measure => measure.GetProperty("taskId").GetGuid() == own.Id);
        (cited.GetProperty("basisFrom").GetString(), cited.GetProperty("legalBases")[0].GetProperty("title").GetString()).ShouldBe(("Memorandum", own.LegalBases[0].Title));
    }
}
