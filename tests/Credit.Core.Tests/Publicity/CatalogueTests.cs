using System.Net;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Publicity;

/// <summary>A host whose catalogue gives penalties another term by law, shows no licences, and collects no list entries.</summary>
public sealed class OtherCatalogueHost : HostFixture
{
    protected override void Adjust(IServiceCollection services)
    {
        var pack = PolicyPack.Shipped("rencheng-2019");
        services.AddSingleton(pack with
        {
            Catalogue =
            [
                pack.ItemOf("penalties") with { Term = new CitedTerm { Days = 20, Citation = "某条例第九条" } },
                pack.ItemOf("licences") with { Publish = false },
                pack.ItemOf("subjects"),
            ],
        });
    }
}

/// <summary>The catalogue decides on terms and on what is shown at all.</summary>
public sealed class CatalogueTests(OtherCatalogueHost host) : IClassFixture<OtherCatalogueHost>
{
    private readonly Reports _reports = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.1.d")]
    [Trait("Invariant", "I30")]
    public async Task An_item_with_a_term_of_twenty_working_days_by_law_uses_twenty()
    {
        // 2026-10-27 and twenty working days: 2026-11-24, the day of receipt. The day before is late by one.
        var batch = await _reports.SendAsync(
            Reports.Officer, [], SampleSheet.Penalty(1, ("CF_JDRQ", "2026/10/27")), SampleSheet.Penalty(2, ("CF_JDRQ", "2026/10/26")));

        (Reports.Total(batch, "accepted"), Reports.Total(batch, "late")).ShouldBe((2, 1));
        var id = batch.GetProperty("id").GetGuid();
        var stored = await _register.ReadAsync(db => db.Penalties.AsNoTracking().Where(penalty => penalty.BatchId == id).OrderBy(penalty => penalty.Row).Select(penalty => new { penalty.Due, penalty.Late }).ToListAsync());
        (stored[0].Due, stored[0].Late).ShouldBe((new DateOnly(2026, 11, 24), false));
        (stored[1].Due, stored[1].Late).ShouldBe((new DateOnly(2026, 11, 23), true));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.f")]
    [Trait("Requirement", "R-3.1.4.b")]
    public async Task A_kind_without_the_flag_is_kept_for_officials_and_in_no_public_set()
    {
        const string Name = "licences.csv";
        var (status, body, _) = await _reports.TrySendAsync("development-reform.officer", "licences", Name, await File.ReadAllBytesAsync(Expectations.PathOf(Name)));
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        await host.IntakeAsync();
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(3));

        var kept = (await _reports.ReadAsync("development-reform.officer", "/odata/official/Licences?$count=true")).GetProperty("value");
        kept.GetArrayLength().ShouldBeGreaterThan(20);
        (await _reports.PublicAsync("Licences")).ShouldBeEmpty();
        using var anyone = host.Anonymous();
        (await anyone.GetAsync($"/odata/public/Licences({kept[0].GetProperty("Id")})")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _reports.PublicAsync($"Penalties?$filter=SubjectCode eq '{SampleSheet.Code(3)}'")).Count.ShouldBe(1, "penalties have the flag");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.b")]
    public async Task What_the_catalogue_does_not_have_is_not_collected()
    {
        const string Name = "list-entries.csv";
        (await _reports.TrySendAsync(Reports.Officer, "list-entries", Name, await File.ReadAllBytesAsync(Expectations.PathOf(Name)))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.f")]
    [Trait("Requirement", "R-3.1.4.b")]
    public async Task A_record_leaves_the_public_set_with_its_item()
    {
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(4));
        var query = $"Penalties?$filter=SubjectCode eq '{SampleSheet.Code(4)}'";
        (await _reports.PublicAsync(query)).Count.ShouldBe(1);

        await SetAsync(publish: false);
        try
        {
            (await _reports.PublicAsync(query)).ShouldBeEmpty();
            (await _reports.PublicAsync("Penalties")).ShouldBeEmpty();
        }
        finally
        {
            await SetAsync(publish: true);
        }

        (await _reports.PublicAsync(query)).Count.ShouldBe(1);
    }

    private Task<int> SetAsync(bool publish) => _register.ReadAsync(db =>
        db.CatalogueItems.Where(item => item.Key == "penalties").ExecuteUpdateAsync(set => set.SetProperty(item => item.Publish, publish)));
}
