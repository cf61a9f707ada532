using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Checks;

/// <summary>应查必查: a decision has a query number before it, or is flagged.</summary>
public sealed class MandatoryCheckTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Invariant", "I55")]
    public async Task A_check_of_several_subjects_has_one_number_and_is_read_again_byte_for_byte_whatever_happened_since_also_when_nothing_was_found()
    {
        var (entry, _) = await _register.DispatchedAsync("W0");
        var clean = Proposals.Code("W1");
        using var client = await host.AsAsync("finance.officer");
        using var given = await client.PostAsJsonAsync("/api/checks", Question(Proposals.Code("W0"), clean));
        var told = await given.Content.ReadAsStringAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>(told);
        var number = answer.GetProperty("number").GetString()!;
        answer.GetProperty("subjects").EnumerateArray().Select(subject => (subject.GetProperty("restricted").GetBoolean(), subject.GetProperty("hits").GetArrayLength()))
            .ShouldBe([(true, 1), (false, 0)]);
        answer.GetProperty("position").GetInt64().ShouldBeGreaterThan(0);

        // What the answer says is what the register says at that position: the entry's publication is the last word on it.
        var published = await _register.ReadAsync(db => (
            from change in db.RegisterEntries
            join position in db.RegisterPositions on change.Id equals position.EntryId
            where change.AggregateId == entry.Id && position.Position <= answer.GetProperty("position").GetInt64()
            orderby position.Position descending
            select change.WireName).FirstAsync());
        published.ShouldBe("list-entry.published.v1");

        var objection = await _register.AcceptedObjectionAsync("association", entry.Id);
        (await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);
        (await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("W0") }])).GetProperty("restricted").GetBoolean().ShouldBeFalse("it left the list");
        (await client.GetStringAsync($"/api/checks/{number}")).ShouldBe(told);

        var nothing = await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = clean }]);
        nothing.GetProperty("number").GetString().ShouldNotBe(number);
        (await client.GetStringAsync($"/api/checks/{nothing.GetProperty("number").GetString()}")).ShouldBe(nothing.GetRawText());
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task A_receipt_holds_no_identifier_is_read_by_its_department_and_the_lead_office_and_cannot_be_altered_unseen()
    {
        var code = Proposals.Code("W2");
        var number = (await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code }])).GetProperty("number").GetString()!;

        var kept = await _register.ReadAsync(db => db.CheckReceipts.AsNoTracking().SingleAsync(receipt => receipt.Number == number));
        JsonSerializer.Serialize(kept).ShouldNotContain(code);
        (kept.Department, kept.Account, kept.Purpose.ToString(), kept.IsIntact).ShouldBe(("finance", "finance.officer", "Administration", true));
        foreach (var (user, status) in new[] { ("tax.officer", HttpStatusCode.NotFound), ("development-reform.officer", HttpStatusCode.OK), ("auditor", HttpStatusCode.OK) })
        {
            using var other = await host.AsAsync(user);
            (await other.GetAsync($"/api/checks/{number}")).StatusCode.ShouldBe(status, user);
        }

        await Should.ThrowAsync<Npgsql.PostgresException>(() => _register.ReadAsync(db =>
            db.CheckReceipts.Where(receipt => receipt.Number == number).ExecuteUpdateAsync(receipt => receipt.SetProperty(each => each.Verdict, "{}"))));
        new CheckReceipt
        {
            Number = "",
            Department = "",
            Account = "",
            Reference = "",
            Procedure = "",
            Code = "",
            Verdict = "{}",
            VerdictHash = kept.VerdictHash,
        }.IsIntact.ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Invariant", "I54")]
    public async Task A_matter_decided_without_a_number_of_ones_own_for_the_subject_before_the_decision_counts_as_unchecked_and_is_told_to_both()
    {
        var (code, other) = (Proposals.Code("W3"), Proposals.Code("W4"));
        var number = await NumberAsync("1号");
        var foreign = (await host.CheckAsync("tax.officer", [new { kind = "LegalPerson", code }])).GetProperty("number").GetString();

        await ShouldCountAsync("1号", code, number, missed: null);
        await ShouldCountAsync("2号", code, null, "NoNumber");
        await ShouldCountAsync("3号", code, "CX20261124-NONE", "NumberUnknown");
        await ShouldCountAsync("4号", code, foreign, "NumberUnknown");
        await ShouldCountAsync("5号", other, number, "OtherSubject");
        await ShouldCountAsync("6号", code, number, "OtherMatter");
        await ShouldCountAsync("7号", code, await NumberAsync("7号"), "OtherMatter", kind: "Trading");
        await ShouldCountAsync("9号", code, await NumberAsync("9号"), "AfterDecision", decidedOn: "2026-11-23");
        (await host.ReportAsync("ecology.officer", code, "1号", number)).Body.GetProperty("code").GetString().ShouldBe("matter-reported");
        (await host.ReportAsync("ecology.officer", code, "8号", number, decidedOn: "2026-11-25")).Body.GetProperty("code").GetString().ShouldBe("matter-in-future");

        using var lead = await host.AsAsync("development-reform.officer");
        var usage = await lead.GetFromJsonAsync<JsonElement>("/api/statistics/usage");
        var ecology = usage.GetProperty("departments").EnumerateArray().Single(row => row.GetProperty("department").GetString() == "ecology");
        (ecology.GetProperty("checks").GetInt32(), ecology.GetProperty("matters").GetInt32(), ecology.GetProperty("unchecked").GetInt32()).ShouldBe((3, 8, 7));
        (await _register.Entries.ListAsync(lead, "/odata/official/Matters?$filter=Checked eq false and Department eq 'ecology'")).Count.ShouldBe(7);
        using var tax = await host.AsAsync("tax.officer");
        (await _register.Entries.ListAsync(tax, "/odata/official/Matters?$filter=Department eq 'ecology'")).ShouldBeEmpty();
        (await _register.Entries.ListAsync(tax, "/odata/official/CheckReceipts")).ShouldAllBe(row => row.GetProperty("Department").GetString() == "tax");
        (await tax.GetFromJsonAsync<JsonElement>("/api/statistics/usage")).GetProperty("departments").EnumerateArray().Select(row => row.GetProperty("department").GetString()).ShouldBe(["tax"]);

        async Task<string?> NumberAsync(string reference) =>
            (await host.CheckAsync("ecology.officer", [new { kind = "LegalPerson", code }], reference: reference)).GetProperty("number").GetString();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.2.b")]
    public async Task Usage_is_counted_by_department_and_measure_of_each_memorandum()
    {
        var (entry, tasks) = await _register.DispatchedAsync("W5");
        _ = await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("W5") }], measure: "P01");
        _ = await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("W5") }], measure: "P01");
        var procurement = tasks.Single(task => task.Department == "finance" && task.MeasureKey == "TAX-BLACK/9");

        using var finance = await host.AsAsync("finance.officer");
        var usage = await finance.GetFromJsonAsync<JsonElement>("/api/statistics/usage?from=2026-11-24&to=2026-11-24");

        var row = usage.GetProperty("measures").EnumerateArray().Single(each => each.GetProperty("measureKey").GetString() == procurement.MeasureKey);
        (row.GetProperty("memorandum").GetString(), row.GetProperty("told").GetInt32() >= 2, row.GetProperty("tasks").GetInt32() >= 1).ShouldBe(("TAX-BLACK", true, true));
        usage.GetProperty("measures").EnumerateArray().ShouldAllBe(each => each.GetProperty("department").GetString() == "finance");
        (await finance.GetFromJsonAsync<JsonElement>("/api/statistics/usage?from=2026-11-25")).GetProperty("measures").GetArrayLength().ShouldBe(0);
        entry.State.ShouldBe("Active");
    }

    private static object Question(params string[] codes) => new
    {
        purpose = "Administration",
        matter = new { kind = "Other", reference = "任采公字〔2026〕119号", procedure = "资格审查" },
        subjects = codes.Select(code => new { kind = "LegalPerson", code }),
    };

    private async Task ShouldCountAsync(string reference, string code, string? number, string? missed, string decidedOn = "2026-11-24", string kind = "Other")
    {
        var (status, body) = await host.ReportAsync("ecology.officer", code, reference, number, decidedOn, kind);
        status.ShouldBe(HttpStatusCode.Created, body.GetRawText());
        (body.GetProperty("checked").GetBoolean(), body.GetProperty("missed").GetString()).ShouldBe((missed is null, missed), reference);
        var id = body.GetProperty("id").GetGuid();
        var told = await _register.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.AggregateId == id).ToListAsync());
        told.Select(item => (item.Department, item.Kind)).ShouldBe(
            missed is null ? [] : [("ecology", InboxKind.UncheckedMatter), ("development-reform", InboxKind.UncheckedMatter)], ignoreOrder: true);
        told.ShouldAllBe(item => !item.Text.Contains(code, StringComparison.Ordinal));
    }
}
