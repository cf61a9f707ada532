using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Who may doubt an entry, who hears of it, and who gets an answer.</summary>
public sealed class ObjectionPartiesTests(HostFixture host) : IClassFixture<HostFixture>
{
    // The subject that the demo account of subjects stands for.
    private const string DemoSubject = "00000000-0000-7000-8000-000000000001";

    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.7.a")]
    public async Task Each_of_the_three_origins_is_told_by_who_files_and_the_subject_sees_where_its_objection_stands()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("N0")));
        await HandToDemoSubjectAsync(entry.SubjectId);
        var objection = await _journey.ObjectAsync("subject", entry.Id);
        var complaint = await _journey.ObjectAsync("association", entry.Id);
        var doubt = await _journey.ObjectAsync("tax.officer", entry.Id);
        (await SeenAsync("subject", objection)).GetProperty("origin").GetString().ShouldBe("Objection");
        (await SeenAsync("association", complaint)).GetProperty("origin").GetString().ShouldBe("Complaint");
        (await SeenAsync("tax.officer", doubt)).GetProperty("origin").GetString().ShouldBe("SelfFound");

        (await SeenAsync("subject", objection)).GetProperty("state").GetString().ShouldBe("Filed");
        (await _journey.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await SeenAsync("subject", objection)).GetProperty("state").GetString().ShouldBe("Accepted");
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);
        (await SeenAsync("subject", objection)).GetProperty("state").GetString().ShouldBe("Upheld");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Invariant", "I57")]
    public async Task An_objection_reaches_the_recogniser_has_its_terms_and_is_answered_to_reporter_and_subject_and_nobody_else()
    {
        var entry = await _journey.Entries.InForceAsync("market-supervision", Proposals.Black(Proposals.Code("N1"), domain: "市场监管"));
        await HandToDemoSubjectAsync(entry.SubjectId);

        var complaint = await _journey.ObjectAsync("association", entry.Id);

        (await InboxAsync("market-supervision.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "Objection" && item.GetProperty("aggregateId").GetGuid() == complaint);
        (await InboxAsync("tax.officer")).ShouldNotContain(item => item.GetProperty("aggregateId").GetGuid() == complaint);
        (await SeenAsync("association", complaint)).GetProperty("acceptDue").GetString().ShouldBe("2026-11-26", "two working days from 2026-11-24");
        (await _journey.OnObjectionAsync("market-supervision.officer", complaint, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await SeenAsync("association", complaint)).GetProperty("decideDue").GetString().ShouldBe("2026-12-03", "seven working days from the acceptance");

        var concluded = await _journey.OnObjectionAsync(
            "market-supervision.reviewer", complaint, "conclusion", new { conclusion = "Corrected", finding = "金额有误，已更正", correctedFacts = "少缴税款一百万元。" });

        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
        (await SeenAsync("association", complaint)).GetProperty("answerToReporter").GetString().ShouldBe("金额有误，已更正");
        (await SeenAsync("subject", complaint)).GetProperty("answerToSubject").GetString().ShouldBe("金额有误，已更正");
        using var finance = await host.AsAsync("finance.officer");
        (await finance.GetAsync(new Uri($"/api/objections/{complaint}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> SeenAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/objections/{id}");
    }

    private async Task<IReadOnlyList<JsonElement>> InboxAsync(string user)
    {
        using var client = await host.AsAsync(user);
        return [.. (await client.GetFromJsonAsync<JsonElement>("/api/inbox")).GetProperty("items").EnumerateArray()];
    }

    // The account's subject is fixed, the registry gives every subject a new identity: the row of the demo subject takes the entries over.
    private async Task HandToDemoSubjectAsync(Guid subjectId)
    {
        await using var owner = new NpgsqlConnection(host.ConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            INSERT INTO core.subject SELECT (jsonb_populate_record(registered, jsonb_build_object('id', '{DemoSubject}'))).*
              FROM core.subject AS registered WHERE id = '{subjectId}' ON CONFLICT DO NOTHING;
            UPDATE core.list_entry SET subject_id = '{DemoSubject}' WHERE subject_id = '{subjectId}';
            """,
            owner);
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }
}
