using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Domain.Checks;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Oversight;

/// <summary>Which receipts prove a check before a decision, and which do not: each subject here is licensed once, by one department.</summary>
[Trait("Requirement", "R-3.1.6.a")]
public sealed class GapProofTests(GapHost host) : IClassFixture<GapHost>
{
    private const string Department = "administrative-approval";

    private readonly GapJourney _gaps = new(host);

    [Fact]
    public async Task A_question_asked_again_as_the_register_was_known_proves_nothing()
    {
        var (subject, day) = await ListedAsync(0);
        var licence = await LicenseAsync(subject, day);
        var asked = Receipt(subject, "CX-AGAIN", day.AddDays(-1));
        await _gaps.AddAsync(Copy(asked, knownAt: 5));
        (await MissedAsync(licence)).ShouldBeTrue();
        var gap = (await _gaps.GapsAsync(each => each.AboutId == licence)).First();
        var refused = await _gaps.ExplainAsync(HostFixture.OfficerOf(Department), gap, new { explanation = "已查", queryNumber = "CX-AGAIN" }, gap.Version);
        (refused.Status, refused.Body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "gap-not-proved"));

        await _gaps.AddAsync(Copy(asked, number: "CX-FIRST"));
        (await MissedAsync(licence)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_batch_proves_it_for_each_subject_it_names_and_for_nobody_else()
    {
        var (first, second, third) = (await ListedAsync(1), await ListedAsync(2), await ListedAsync(3));
        Guid[] licences = [await LicenseAsync(first.Subject, first.Day), await LicenseAsync(second.Subject, second.Day), await LicenseAsync(third.Subject, third.Day)];
        var earliest = new[] { first.Day, second.Day, third.Day }.Min();
        await _gaps.AddAsync(Copy(Receipt(first.Subject, "CX-BATCH", earliest, "同批"), rows: 3, subjects: [first.Subject, second.Subject], lookups: ["unknown"]));
        await DocumentAsync("同批", licences);

        (await MissedAsync(licences)).ShouldBe([false, false, true]);
    }

    [Theory]
    [InlineData(4, "00:00:00", 0, false)]
    [InlineData(5, "23:59:59.999", 0, false)]
    [InlineData(6, "00:00:00", 1, true)]
    [InlineData(7, "00:00:00", -30, false)]
    [InlineData(8, "23:59:59.999", -31, true)]
    public async Task A_check_counts_by_its_day_in_the_district_from_thirty_days_before_to_the_last_hour_of_the_day_of_the_decision(int turn, string time, int days, bool missed)
    {
        var (subject, day) = await ListedAsync(turn);
        var licence = await LicenseAsync(subject, day);
        await _gaps.AddAsync(Copy(Receipt(subject, $"CX-EDGE{turn}", day), askedAt: CivilClock.StartOf(day.AddDays(days)) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

        (await MissedAsync(licence)).ShouldBe(missed);
    }

    [Fact]
    public async Task The_application_itself_may_have_been_checked_long_before()
    {
        var (subject, day) = await ListedAsync(9);
        var licence = await LicenseAsync(subject, day);
        await DocumentAsync("任许〔2026〕9号", licence);
        await _gaps.AddAsync(Receipt(subject, "CX-LONG", day.AddDays(-200), "任许〔2026〕9号"));

        (await MissedAsync(licence)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(10, "transport", MatterKind.Approval)]
    [InlineData(11, Department, MatterKind.Trading)]
    [InlineData(12, Department, MatterKind.Fiscal)]
    public async Task A_check_of_another_department_or_for_another_kind_of_matter_proves_nothing(int turn, string department, MatterKind kind)
    {
        var (subject, day) = await ListedAsync(turn);
        var licence = await LicenseAsync(subject, day);
        await _gaps.AddAsync(GapJourney.Receipt(department, subject, $"CX-OTHER{turn}", day, kind, "另案"));

        (await MissedAsync(licence)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_of_another_subject_or_another_award_of_the_same_subject_proves_nothing()
    {
        var (subject, day) = await ListedAsync(13);
        var (other, _) = await ListedAsync(14);
        var award = await AwardAsync(subject, day, "任采〔2026〕13号", "lookup-13");
        await _gaps.AddAsync(
            GapJourney.Receipt("finance", subject, "CX-13A", day, MatterKind.Trading, "任采〔2026〕12号", "lookup-13"),
            GapJourney.Receipt("finance", other, "CX-13B", day, MatterKind.Trading, "任采〔2026〕13号", "lookup-14"));
        (await MissedAsync(award)).ShouldBeTrue();

        await _gaps.AddAsync(GapJourney.Receipt("finance", subject, "CX-13C", day, MatterKind.Trading, "任采〔2026〕13号", "lookup-13"));
        (await MissedAsync(award)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_check_by_the_code_the_subject_held_then_counts_for_an_award_under_the_code_it_was_given_later()
    {
        var subject = await OrganisationAsync(15);
        const string Reference = "任采〔2026〕15号";
        var number = await CheckAsync(subject.Code!, "Trading", Reference);
        var code = await RecodeAsync(subject.Id, "91370811MA3RADAR1");

        var stated = await ReportAsync(code, Reference, number);
        (stated.GetProperty("checked").GetBoolean(), stated.TryGetProperty("missed", out var missed) ? missed.ValueKind : JsonValueKind.Null).ShouldBe((true, JsonValueKind.Null));

        const string Unstated = "任采〔2026〕16号";
        await CheckAsync(code, "Trading", Unstated);
        var later = await RecodeAsync(subject.Id, "91370811MA3RADAR2");
        (await MissedAsync((await ReportAsync(later, Unstated, null)).GetProperty("id").GetGuid())).ShouldBeFalse("the number was not stated, the check was made");
    }

    [Fact]
    public async Task A_check_by_a_code_nobody_was_known_by_counts_once_it_is_known_whose_it_is()
    {
        var subject = await OrganisationAsync(16);
        var code = CodeOf("91370811MA3RADAR3");
        await CheckAsync(code, "Approval", "某申请");
        await RecodeAsync(subject.Id, "91370811MA3RADAR3");
        var licence = await LicenseAsync(subject.Id, _gaps.Today);
        var another = await LicenseAsync((await OrganisationAsync(17)).Id, _gaps.Today);

        (await MissedAsync(licence, another)).ShouldBe([false, true]);
        using var own = await host.AsAsync(HostFixture.OfficerOf(Department));
        var table = (await own.GetFromJsonAsync<JsonElement>("/api/gaps/departments?from=" + _gaps.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))).GetProperty("departments")[0];
        (table.GetProperty("owed").GetInt32() - table.GetProperty("missed").GetInt32()).ShouldBe(table.GetProperty("checked").GetInt32());
        table.GetProperty("checked").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task While_an_entry_is_verified_nobody_owes_a_check_because_of_it_and_on_the_day_after_its_confirmation_again()
    {
        var (subject, day) = await ListedAsync(18);
        var entry = await OnlyEntryAsync(subject);
        await host.ExecuteAsync(
            $"""
            SET session_replication_role = replica;
            INSERT INTO core.register_entry OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(one, jsonb_build_object(
              'id', nextval(pg_get_serial_sequence('core.register_entry', 'id')), 'aggregate_id', '{entry}', 'wire_name', wire, 'recorded_at', (DATE '{day:yyyy-MM-dd}' + days + TIME '09:00') AT TIME ZONE 'Asia/Shanghai'))).*
            FROM core.register_entry one, (VALUES ('list-entry.verifying.v1', 2), ('list-entry.confirmed.v1', 5)) told (wire, days)
            WHERE one.id = (SELECT min(id) FROM core.register_entry);
            SET session_replication_role = DEFAULT
            """);
        List<Guid> licences = [];
        foreach (var after in new[] { 1, 2, 3, 5, 6 })
        {
            licences.Add(await LicenseAsync(subject, day.AddDays(after)));
        }

        (await MissedAsync([.. licences])).ShouldBe([true, false, false, false, true]);
    }

    [Fact]
    public async Task A_decision_before_the_entry_was_reported_or_from_the_day_it_left_on_owes_nothing()
    {
        var (subject, day) = await ListedAsync(19);
        var entry = await OnlyEntryAsync(subject);
        var reported = await _gaps.ReadAsync(db => db.Entries.Where(each => each.Id == entry).Select(each => each.ReportedOn!.Value).SingleAsync());
        await host.ExecuteAsync(
            $"ALTER TABLE core.list_entry DISABLE TRIGGER USER; UPDATE core.list_entry SET state = 'Exited', exit_reason = 'TermEnded', exited_on = DATE '{day.AddDays(4):yyyy-MM-dd}' WHERE id = '{entry}'; ALTER TABLE core.list_entry ENABLE TRIGGER USER");
        Guid[] licences =
        [
            await LicenseAsync(subject, reported.AddDays(-1)), await LicenseAsync(subject, day), await LicenseAsync(subject, day.AddDays(3)), await LicenseAsync(subject, day.AddDays(4)),
        ];

        (await MissedAsync(licences)).ShouldBe([false, true, true, false]);
    }

    private async Task<bool> MissedAsync(Guid about) => (await MissedAsync([about])).Single();

    private async Task<bool[]> MissedAsync(params Guid[] about)
    {
        await _gaps.RunAsync();
        var open = (await _gaps.GapsAsync(gap => about.Contains(gap.AboutId) && gap.State == GapState.Open)).Select(gap => gap.AboutId).ToHashSet();
        return [.. about.Select(open.Contains)];
    }

    // Subjects of one black or watch entry in force, a day on which it was, and nobody else's licences or checks in between.
    private async Task<(Guid Subject, DateOnly Day)> ListedAsync(int turn)
    {
        await host.MakeAsync();
        var (entries, last) = (await _gaps.ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entry.List != ListKind.Red && entry.State == EntryState.Active && entry.ReportedOn != null).ToListAsync()), _gaps.Today.AddDays(-8));
        var entry = entries.Where(each => each.ReportedOn <= last && each.ValidFrom <= last && each.ValidTo > _gaps.Today && each.SubjectKind != SubjectKind.NaturalPerson)
            .GroupBy(each => each.SubjectId).Where(own => own.Count() == 1).Select(own => own.Single()).OrderBy(each => each.Id).ElementAt(turn);
        await host.ExecuteAsync($"DELETE FROM core.licence WHERE subject_id = '{entry.SubjectId}' AND row >= 100000");
        return (entry.SubjectId, last);
    }

    private async Task<Subject> OrganisationAsync(int turn)
    {
        var (subject, _) = await ListedAsync(turn);
        return await _gaps.ReadAsync(db => db.Subjects.AsNoTracking().SingleAsync(each => each.Id == subject));
    }

    private Task<Guid> OnlyEntryAsync(Guid subject) =>
        _gaps.ReadAsync(db => db.Entries.Where(each => each.SubjectId == subject && each.List != ListKind.Red && each.State == EntryState.Active).Select(each => each.Id).SingleAsync());

    private async Task<Guid> LicenseAsync(Guid subject, DateOnly day)
    {
        var id = Guid.CreateVersion7();
        await host.ExecuteAsync(
            $"""
            INSERT INTO core.licence SELECT (jsonb_populate_record(one, jsonb_build_object('id', '{id}', 'natural_key', gen_random_uuid(), 'subject_id', '{subject}', 'department', '{Department}',
              'document_number', '{id}', 'decided_on', DATE '{day:yyyy-MM-dd}', 'row', 200000))).* FROM core.licence one WHERE one.id = (SELECT id FROM core.licence WHERE current ORDER BY id LIMIT 1)
            """);
        return id;
    }

    private Task DocumentAsync(string number, params Guid[] licences) =>
        host.ExecuteAsync($"UPDATE core.licence SET document_number = '{number}' WHERE id IN ({string.Join(", ", licences.Select(id => $"'{id}'"))})");

    private async Task<Guid> AwardAsync(Guid subject, DateOnly day, string reference, string lookup)
    {
        var matter = DecidedMatter.Report(
            new() { Department = "finance", Kind = MatterKind.Trading, Reference = reference, Procedure = "审核", SubjectId = subject, SubjectLookup = lookup, DecidedOn = day },
            query: null, "finance.officer", _gaps.Today).Value;
        await _gaps.AddAsync(matter);
        return matter.Id;
    }

    private Task<string> RecodeAsync(Guid subject, string first) => _gaps.ReadAsync(async db =>
    {
        var code = CodeOf(first);
        _ = (await db.Subjects.Include(each => each.Identifiers).SingleAsync(each => each.Id == subject)).ChangeCode(code, _gaps.Today, confirmedException: false).Value;
        await db.SaveChangesAsync();
        return code;
    });

    private async Task<string> CheckAsync(string code, string kind, string reference)
    {
        using var client = await host.AsAsync(HostFixture.OfficerOf(kind == "Approval" ? Department : "finance"));
        using var answer = await client.PostAsJsonAsync(
            "/api/checks", new { purpose = "Administration", matter = new { kind, reference, procedure = "审核" }, subjects = new[] { new { kind = "LegalPerson", code } } });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
    }

    private async Task<JsonElement> ReportAsync(string code, string reference, string? queryNumber)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync(
            "/api/matters", new { kind = "Trading", reference, procedure = "审核", subject = new { kind = "LegalPerson", code }, decidedOn = _gaps.Today, queryNumber });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string CodeOf(string first) => first + UnifiedCreditCode.ComputeCheck(first);

    private static CheckReceipt Receipt(Guid subject, string number, DateOnly asked, string reference = "另案") =>
        GapJourney.Receipt(Department, subject, number, asked, MatterKind.Approval, reference);

    private static CheckReceipt Copy(
        CheckReceipt one, string? number = null, long? knownAt = null, int? rows = null, Guid[]? subjects = null, string[]? lookups = null, DateTimeOffset? askedAt = null) => new()
        {
            Number = number ?? one.Number,
            Code = CheckReceipt.NewCode(),
            Department = one.Department,
            Account = one.Account,
            Purpose = one.Purpose,
            Kind = one.Kind,
            Reference = one.Reference,
            Procedure = one.Procedure,
            AskedAt = askedAt ?? one.AskedAt,
            KnownAt = knownAt,
            Rows = rows,
            SubjectIds = subjects ?? one.SubjectIds,
            Lookups = lookups ?? one.Lookups,
            Verdict = one.Verdict,
            VerdictHash = one.VerdictHash,
        };
}
