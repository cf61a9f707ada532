using System.Text.Json;
using Credit.Core.Intake;
using Credit.Core.Intake.Penalties;
using Credit.Core.Intake.Reading;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Intake;

/// <summary>What stands in the store after a file was taken in.</summary>
public sealed class StoredRecordsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string LeadOfficer = "development-reform.officer";

    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Invariant", "I90")]
    public async Task A_record_of_every_kind_of_subject_is_kept_with_who_provided_it_and_when_it_was_formed()
    {
        var batch = await SendAsync("penalties", "penalties.csv");

        var stored = await _register.ReadAsync(db => db.Penalties.AsNoTracking().ToDictionaryAsync(penalty => penalty.Row));
        stored.Values.Select(penalty => penalty.SubjectCategory).Distinct().ShouldBe(["法人及非法人组织", "自然人", "个体工商户"], ignoreOrder: true);
        var clean = Expectations.Files["penalties.csv"].Rows.Where(row => row is { Verdict: "accept", Planted: null }).Select(row => row.Row).ToHashSet();
        clean.Count.ShouldBeGreaterThan(100);
        foreach (var sent in Rows("penalties.csv", PenaltyLayout.Layout).Where(row => clean.Contains(row.Number)))
        {
            var penalty = stored[sent.Number];
            string?[] provided = [penalty.Source, penalty.SourceCode, $"{penalty.DecidedOn:yyyy-MM-dd}"];
            provided.ShouldAllBe(text => sent.Cells.Values.Contains(text), $"row {sent.Number}");
            (penalty.BatchId, penalty.Department, penalty.ReceivedOn).ShouldBe((batch.GetProperty("id").GetGuid(), "development-reform", new DateOnly(2026, 11, 24)));
            penalty.CatalogueItem.ShouldNotBeEmpty();
        }
    }

    private static IEnumerable<RawRow> Rows(string name, Layout layout)
    {
        using var stream = File.OpenRead(Expectations.PathOf(name));
        using var sheet = SheetReader.Open(stream, name, layout);
        return [.. sheet.Rows()];
    }

    private async Task<JsonElement> SendAsync(string kind, string name) =>
        await EveryFileOverHttpTests.SendAsync(host, LeadOfficer, kind, name, await File.ReadAllBytesAsync(Expectations.PathOf(name)));
}
