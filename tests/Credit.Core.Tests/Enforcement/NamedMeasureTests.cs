using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>The administrative measures the policy names, and what a black entry brings about.</summary>
public sealed class NamedMeasureTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Theory]
    [InlineData(1, "从严审核行政许可")]
    [InlineData(2, "许可证发放")]
    [InlineData(3, "新增项目审批、核准")]
    [InlineData(4, "股票发行")]
    [InlineData(4, "发行企业债券")]
    [InlineData(5, "新三板")]
    [InlineData(6, "小贷/融担")]
    [InlineData(6, "民间融资机构、创业投资公司、互联网融资平台")]
    [InlineData(7, "互联网信息服务")]
    [InlineData(8, "财政补助")]
    [InlineData(9, "公共资源交易")]
    [InlineData(10, "特许经营")]
    [InlineData(11, "市场和行业禁入")]
    [InlineData(12, "荣誉称号")]
    [InlineData(13, "事业单位法定代表人")]
    [InlineData(14, "公职人员")]
    [InlineData(15, "联合惩戒合作备忘录")]
    [Trait("Requirement", "R-3.4.2.a")]
    public void Each_of_the_fifteen_measures_the_policy_names_is_a_canonical_measure_of_administrative_nature_with_its_basis(int ordinal, string words)
    {
        var named = CanonicalMeasures.Load().All.Where(measure => measure.NamedByPolicy?.Contains(ordinal) == true).ToArray();

        named.ShouldContain(measure => measure.Wording.Contains(words, StringComparison.Ordinal));
        named.ShouldAllBe(measure => measure.Nature == MeasureNature.Administrative && measure.LegalBases.Any(basis => basis.Title.Contains("济任政发〔2019〕8号三(四)2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, "X0")]
    [InlineData(true, "X1")]
    [Trait("Requirement", "R-3.4.2.a")]
    [Trait("Requirement", "R-3.4.3.b")]
    [Trait("Invariant", "I42")]
    public async Task A_black_entry_yields_every_measure_of_its_memorandum_that_applies_and_those_that_urge_only_for_who_is_able_but_refuses(bool refuses, string mark)
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)).With(("ableButRefuses", refuses)));
        await host.SettleAsync();

        var tasks = await _register.TasksAsync(entry.Id);
        var departments = DepartmentDirectory.Load();
        var applicable = host.Services.GetRequiredService<ModuleCatalog>().Memoranda.Single(memorandum => memorandum.Code == "TAX-BLACK").Measures
            .Where(measure => !measure.IsDraft && (refuses || !measure.OnlyAbleButRefuses)).ToArray();
        tasks.Where(task => task.Memorandum == "TAX-BLACK" && task.PersonId == null).Select(task => (task.MeasureKey, task.Department))
            .ShouldBe(applicable.SelectMany(measure => measure.Departments.Where(key => departments.Find(key) is { OutsideDistrict: false }).Select(key => (measure.Key, key))), ignoreOrder: true);
        tasks.Exists(task => task.Canonical.Contains("P26") || task.Canonical.Contains("P27")).ShouldBe(refuses, "exit ban, high consumption");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.3.c")]
    public void Market_measures_recommend_and_no_bank_or_association_is_ever_given_a_task()
    {
        var departments = DepartmentDirectory.Load();
        var dispatched = host.Services.GetRequiredService<ModuleCatalog>().Memoranda.SelectMany(memorandum => memorandum.Measures).Where(measure => !measure.IsDraft).ToArray();

        dispatched.Where(measure => measure.Nature == MeasureNature.Market).ShouldNotBeEmpty();
        dispatched.Where(measure => measure.Nature == MeasureNature.Market).ShouldAllBe(measure => measure.Obligation == MeasureObligation.Recommended);
        dispatched.SelectMany(measure => measure.Departments).Select(key => departments.Find(key)!.Kind).Distinct()
            .ShouldAllBe(kind => kind != BodyKind.FinancialInstitution && kind != BodyKind.Association);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.3.a")]
    public async Task A_serious_subject_is_published_by_its_unified_code_on_government_sites_credit_china_and_the_enterprise_system_and_each_is_recorded()
    {
        var code = Proposals.Code("X2");
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(code), ["GovernmentPortal", "Necips"]);

        var channels = await _register.ReadAsync(db => db.Entries.AsNoTracking().Where(each => each.Id == entry.Id).SelectMany(each => each.Publications).Select(each => each.Channel).ToListAsync());
        channels.ShouldBe([PublicationChannel.CreditChina, PublicationChannel.GovernmentPortal, PublicationChannel.Necips], ignoreOrder: true);
        using var anyone = host.Anonymous();
        (await _register.Entries.ListAsync(anyone, $"/odata/public/ListEntries?$filter=SubjectCode eq '{code}'")).ShouldHaveSingleItem().GetProperty("Id").GetGuid().ShouldBe(entry.Id);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.1")]
    public async Task Entries_are_counted_by_kind_of_conduct_list_domain_and_department_on_the_days_they_are_in_force()
    {
        using var client = await host.AsAsync("finance.officer");
        var before = await CountAsync(client, "HealthAndSafety", "食品药品");
        _ = await _register.Entries.InForceAsync("market-supervision", Proposals.Black(Proposals.Code("X3"), "2026-12-31", "食品药品").With(("category", "HealthAndSafety")));
        _ = await _register.Entries.InForceAsync("market-supervision", Proposals.Black(Proposals.Code("X4"), "2026-12-30", "食品药品").With(("category", "HealthAndSafety")));

        (await CountAsync(client, "HealthAndSafety", "食品药品")).ShouldBe(before + 2);
        (await CountAsync(client, "Market", "食品药品")).ShouldBe(0);
        (await CountAsync(client, "HealthAndSafety", "食品药品", "2026-12-31")).ShouldBe(before + 1, "the last day counts");
        (await CountAsync(client, "HealthAndSafety", "食品药品", "2027-01-01")).ShouldBe(0);
        (await CountAsync(client, "HealthAndSafety", "食品药品", "2026-11-23")).ShouldBe(0, "none was in force");
        (await _register.Entries.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("X5")).With(("category", null)))).Body.ShouldContain("\"category-missing\"");
    }

    private static async Task<int> CountAsync(HttpClient client, string category, string domain, string? on = null)
    {
        var counts = (await client.GetFromJsonAsync<JsonElement>($"/api/statistics/conduct{(on is null ? "" : "?on=" + on)}")).GetProperty("counts").EnumerateArray();
        return counts.Where(row => row.GetProperty("category").GetString() == category && row.GetProperty("domain").GetString() == domain && row.GetProperty("list").GetString() == "Black"
            && row.GetProperty("department").GetString() == "market-supervision").Sum(row => row.GetProperty("count").GetInt32());
    }
}
