using System.Text.Json;
using Credit.Core.Intake;
using Credit.Core.Intake.Penalties;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Subjects;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Subjects;
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

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    [Trait("Invariant", "I18")]
    public async Task The_registry_file_changes_a_code_keeps_the_old_one_and_strikes_cancelled_subjects_off()
    {
        await SendAsync("subjects", "subjects.csv");

        var rows = Rows("subjects.csv", SubjectLayout.Layout).ToDictionary(row => row.Number, row => row.Cells);
        var change = Expectations.Files["subjects.csv"].Rows.Single(row => row.Planted == "change-of-code");
        var (old, now) = (rows[change.RelatedRow!.Value]["统一社会信用代码"], rows[change.Row]["统一社会信用代码"]);
        rows[change.Row]["原统一社会信用代码"].ShouldBe(old);
        var subject = await _register.ReadAsync(db => db.Subjects.AsNoTracking().Include(each => each.Identifiers)
            .SingleAsync(each => each.Identifiers.Any(identifier => identifier.Lookup == old)));
        subject.Code.ShouldBe(now);
        subject.Identifiers.Where(identifier => identifier.Scheme == SubjectIdentifier.Uscc).OrderBy(identifier => identifier.Since)
            .Select(identifier => (identifier.Lookup, Ended: identifier.Until is not null)).ShouldBe([(old!, true), (now!, false)]);

        var clean = Expectations.Files["subjects.csv"].Rows.Where(row => row is { Verdict: "accept", Planted: null }).Select(row => row.Row).ToHashSet();
        var cancelled = rows.First(row => clean.Contains(row.Key) && row.Value["登记状态"] == "注销").Value["统一社会信用代码"];
        (await _register.ReadAsync(db => db.Subjects.SingleAsync(each => each.Code == cancelled))).Status.ShouldBe(SubjectStatus.Cancelled);
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
