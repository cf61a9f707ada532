using System.Net;
using Credit.Core.Records;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Records;

/// <summary>What ended long ago only counts; nothing is ever deleted.</summary>
public sealed class RetentionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);

    [Fact]
    [Trait("Invariant", "I91")]
    public async Task The_day_after_the_retention_subject_names_and_facts_are_gone_once_and_the_counts_are_the_same()
    {
        var entry = await _records.Register.Entries.InForceAsync("tax", Proposals.Red(Proposals.Code("T10")).With(("domain", "税收征管"), ("validTo", "2026-11-30")));
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of("T11"));
        var annulled = await _records.Register.Entries.PostAsync("tax.approver", $"/api/records/{RecordJourney.IdOf(record)}/annulment", 1, new { reason = "有误" });
        annulled.Status.ShouldBe(HttpStatusCode.OK, annulled.Body);
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 2, 0, 0, TimeSpan.Zero));
        await host.SweepAsync();
        var exited = await _records.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == entry.Id));
        (exited.State, exited.ExitedOn).ShouldBe((EntryState.Exited, new DateOnly(2026, 12, 1)));
        var before = await CountAsync();

        // Five years: the record ended on 2026-11-24, the entry on 2026-12-01.
        host.Clock.SetUtcNow(new DateTimeOffset(2031, 11, 24, 2, 0, 0, TimeSpan.Zero));
        (await RunAsync()).ShouldBe(0, "the last day counts");
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await RunAsync()).ShouldBe(1, "the record");
        host.Clock.SetUtcNow(new DateTimeOffset(2031, 12, 1, 2, 0, 0, TimeSpan.Zero));
        (await RunAsync()).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await RunAsync()).ShouldBe(1, "the entry");
        (await RunAsync()).ShouldBe(0, "once");

        var row = await _records.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == entry.Id));
        (row.SubjectId, row.SubjectName, row.SubjectCode, row.LegalRepresentative, row.Facts).ShouldBe((AnonymiseAfterRetention.Nobody, "", null, null, ""));
        (row.List, row.Domain, row.Recogniser, row.ExitedOn).ShouldBe((ListKind.Red, "税收征管", "tax", exited.ExitedOn));
        var kept = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().SingleAsync(each => each.Id == RecordJourney.IdOf(record)));
        (kept.SubjectId, kept.DocumentNumber, kept.Text, kept.Provider).ShouldBe((AnonymiseAfterRetention.Nobody, null, "", "tax"));
        (await CountAsync()).ShouldBe(before, "nothing is lost from the counts");
        var logged = await _records.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking()
            .Where(each => each.WireName == "list-entry.anonymised.v1" || each.WireName == "credit-record.anonymised.v1").Select(each => each.AggregateId).ToListAsync());
        logged.ShouldBe([RecordJourney.IdOf(record), entry.Id]);
    }

    [Theory]
    [Trait("Invariant", "I91")]
    [InlineData("list_entry")]
    [InlineData("credit_record")]
    [InlineData("penalty")]
    [InlineData("licence")]
    [InlineData("measure_task")]
    [InlineData("objection")]
    [InlineData("repair")]
    [InlineData("credit_report")]
    [InlineData("register_entry")]
    public async Task The_applications_role_may_not_delete_a_decision(string table)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT has_table_privilege('credit_app', 'core.' || $1, 'DELETE'), has_table_privilege('credit_app', 'core.catalogue_item', 'DELETE')", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var answer = await command.ExecuteReaderAsync();
        await answer.ReadAsync();

        answer.GetBoolean(0).ShouldBeFalse();
        answer.GetBoolean(1).ShouldBeTrue("the question is answered at all");
    }

    private Task<int> RunAsync() => host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None);

    private Task<string> CountAsync() => _records.Register.ReadAsync(async db =>
    {
        var entries = await db.Entries.GroupBy(entry => new { entry.List, entry.Domain, entry.Recogniser, entry.State }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync();
        var records = await db.CreditRecords.GroupBy(record => new { record.Kind, record.Provider, record.State }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync();
        return string.Join(';', entries.Select(each => $"{each.Key} {each.Count}").Concat(records.Select(each => $"{each.Key} {each.Count}")).Order(StringComparer.Ordinal));
    });
}
