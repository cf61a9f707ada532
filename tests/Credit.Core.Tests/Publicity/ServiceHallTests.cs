using System.Text.Json;
using Credit.Core.Intake;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Publicity;

/// <summary>The feed of the service hall and the reports of departments are one record, whoever comes first.</summary>
[Trait("Requirement", "R-3.1.4.c")]
public sealed class ServiceHallTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly Reports _reports = new(host);
    private readonly TaskJourney _register = new(host);

    [Theory]
    [InlineData(1, "王样本")]
    [InlineData(2, "李样本")]
    public async Task The_halls_copy_of_a_stored_decision_is_merged_and_its_source_is_kept(int number, string representative)
    {
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(number));

        var feed = await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(number, ("CF_FRDB", representative)));

        (Reports.Total(feed, "unchanged"), Reports.Total(feed, "conflicts"), Reports.Total(feed, "accepted")).ShouldBe((1, 0, 0));
        var stored = (await VersionsAsync(number)).ShouldHaveSingleItem();
        (stored.LegalRepresentative, stored.Department).ShouldBe(("王样本", "market-supervision"), "the department's word stands");
        var row = await MergedAsync(feed);
        (row.RecordId, row.RelatedBatchId).ShouldBe((stored.Id, stored.BatchId));
        feed.GetProperty("origin").GetString().ShouldBe("ServiceHall");
    }

    [Fact]
    public async Task A_department_that_repeats_the_halls_decision_doubles_nothing()
    {
        var feed = await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(3));
        Reports.Total(feed, "accepted").ShouldBe(1);

        var batch = await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(3));

        (Reports.Total(batch, "unchanged"), Reports.Total(batch, "conflicts")).ShouldBe((1, 0));
        var stored = (await VersionsAsync(3)).ShouldHaveSingleItem();
        (await MergedAsync(batch)).RecordId.ShouldBe(stored.Id);
    }

    [Fact]
    [Trait("Invariant", "I86")]
    [Trait("Invariant", "I88")]
    public async Task What_the_department_says_otherwise_than_the_hall_is_the_next_version_of_the_same_record()
    {
        await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(4, ("CF_FRDB", "李样本")), SampleSheet.Penalty(5));

        var batch = await _reports.SendAsync(
            Reports.Officer, [], SampleSheet.Penalty(6), SampleSheet.Penalty(4), SampleSheet.Penalty(4), SampleSheet.Penalty(4, ("CF_FRDB", "赵样本")), SampleSheet.Penalty(5));

        (Reports.Total(batch, "accepted"), Reports.Total(batch, "unchanged"), Reports.Total(batch, "conflicts"), Reports.Total(batch, "rowsRead")).ShouldBe((2, 2, 1, 5));
        var versions = await VersionsAsync(4);
        versions.Select(version => (version.Version, version.Current, version.LegalRepresentative, version.Department)).ShouldBe(
            [(1, false, "李样本", "public-resource-trading"), (2, true, "王样本", "market-supervision")]);
        (await _reports.PublicAsync($"Penalties?$filter=SubjectCode eq '{SampleSheet.Code(4)}'")).ShouldHaveSingleItem().GetProperty("LegalRepresentative").GetString().ShouldBe("王样本");

        // And the hall again: the department's version stays.
        var again = await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(4, ("CF_FRDB", "李样本")));
        Reports.Total(again, "unchanged").ShouldBe(1);
        (await VersionsAsync(4)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_day_of_decision_under_the_same_number_is_a_contradiction()
    {
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(7));
        Reports.Total(await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(7, ("CF_JDRQ", "2026/11/19"))), "conflicts").ShouldBe(1);

        await _reports.SendAsync(Reports.Hall, Reports.FromHall, SampleSheet.Penalty(8));
        Reports.Total(await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(8, ("CF_JDRQ", "2026/11/19"))), "conflicts").ShouldBe(1);
    }

    private Task<List<Penalty>> VersionsAsync(int number)
    {
        var document = SampleSheet.Penalty(number)["CF_WSH"];
        return _register.ReadAsync(db => db.Penalties.AsNoTracking().Where(penalty => penalty.DocumentNumber == document).OrderBy(penalty => penalty.Version).ToListAsync());
    }

    private async Task<IntakeRow> MergedAsync(JsonElement batch)
    {
        var id = batch.GetProperty("id").GetGuid();
        var row = await _register.ReadAsync(db => db.IntakeRows.AsNoTracking().SingleAsync(each => each.BatchId == id));
        row.Issues.ShouldContain("DUPLICATE_HALL");
        return row;
    }
}
