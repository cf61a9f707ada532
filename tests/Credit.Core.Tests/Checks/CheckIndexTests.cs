using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Checks;
using Credit.Core.Checks.Index;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Checks;

/// <summary>The index never says "not listed" of what it does not know: while it loads or lags, the register itself is asked.</summary>
public sealed partial class CheckIndexTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Memory_answers_while_nothing_was_committed_since_and_the_register_otherwise_with_the_same_bytes()
    {
        var code = Proposals.Code("R0");
        _ = await _register.DispatchedAsync("R0");
        await host.FollowAsync();

        var (fromIndex, index) = await CheckedAsync(code);
        index.ShouldBe(CheckSource.Index);
        Listed(fromIndex).ShouldBeTrue();
        (await CheckedAsync(code)).Source.ShouldBe(CheckSource.Index, "receipts change nothing that is checked");

        // Something else is committed: that it has nothing to do with the question is not known before it is looked at.
        await using var bench = new RegisterBench(host);
        await bench.SaveAsync(db => db.Add(RegisterBench.NewSubject("别的主体")));
        var (fromRegister, sql) = await CheckedAsync(code);
        sql.ShouldBe(CheckSource.Sql);
        Plain(fromRegister).ShouldBe(Plain(fromIndex));

        await host.FollowAsync();
        var (again, source) = await CheckedAsync(code);
        source.ShouldBe(CheckSource.Index);
        Plain(again).ShouldBe(Plain(fromIndex));
    }

    [Fact]
    [Trait("Invariant", "I39")]
    public async Task What_was_committed_a_moment_ago_is_told_at_once_before_it_has_a_place_and_before_the_index_knows()
    {
        var code = Proposals.Code("R1");
        await host.FollowAsync();
        Listed((await CheckedAsync(code)).Body).ShouldBeFalse();

        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(code));

        var (body, source) = await CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Sql, true));

        // The register's answer is the state at the position it names: all that was waiting has its place now.
        var position = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("position").GetInt64();
        (await _register.ReadAsync(db => db.RegisterEntries.Where(each => each.AggregateId == entry.Id).Select(each => each.Id)
            .AllAsync(id => db.RegisterPositions.Any(place => place.EntryId == id && place.Position <= position)))).ShouldBeTrue();

        await host.Index().StepAsync(CancellationToken.None);
        (await CheckedAsync(code)).Source.ShouldBe(CheckSource.Index);
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task A_change_that_commits_late_is_not_skipped_by_an_index_that_has_gone_past_it()
    {
        var code = Proposals.Code("R2");
        await using var bench = new RegisterBench(host);
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(code));
        await host.SettleAsync();
        await host.FollowAsync();
        var before = await _register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == entry.Id));

        await bench.InAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var late = await db.Entries.SingleAsync(each => each.Id == entry.Id);
            late.Verify().Accepted.ShouldBeTrue();
            await db.SaveChangesAsync();

            // Others commit, are placed and taken in, while this one is still open.
            await bench.SaveAsync(other => other.Add(RegisterBench.NewSubject("先提交的")));
            await host.FollowAsync();
            var (body, source) = await CheckedAsync(code);
            (source, Suspended(body)).ShouldBe((CheckSource.Index, false), "not committed is not true");
            await transaction.CommitAsync();
            return true;
        });

        var (told, from) = await CheckedAsync(code);
        (from, Suspended(told)).ShouldBe((CheckSource.Sql, true));
        await host.FollowAsync();
        (told, from) = await CheckedAsync(code);
        (from, Suspended(told)).ShouldBe((CheckSource.Index, true));
        before.State.ToString().ShouldBe("Active");
    }

    [Fact]
    public async Task An_index_that_holds_changes_without_a_place_gives_no_reading_until_they_have_one()
    {
        await host.FollowAsync();
        await using var bench = new RegisterBench(host);
        await bench.SaveAsync(db => db.Add(RegisterBench.NewSubject("未定序的")));

        await host.Index().StepAsync(CancellationToken.None);
        var unplaced = host.Index().Stamp!;
        unplaced.Exact.ShouldBeFalse();
        host.Index().TryRead(host.Clock.Today(), host.Clock.Today()).ShouldBeNull();

        await host.FollowAsync();
        host.Index().Stamp!.Exact.ShouldBeTrue();
        host.Index().Stamp!.Position.ShouldBeGreaterThan(unplaced.Position);
        using var reading = host.Index().TryRead(host.Clock.Today(), host.Clock.Today());
        reading.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_index_that_was_not_loaded_or_is_of_a_later_day_or_is_asked_about_a_past_one_gives_no_reading()
    {
        var own = NewIndex();
        var today = host.Clock.Today();
        (own.Ready, own.TryRead(today, today)).ShouldBe((false, null));

        await host.FollowAsync();
        (await own.StepAsync(CancellationToken.None)).ShouldBeGreaterThanOrEqualTo(0);

        own.Ready.ShouldBeTrue();
        own.TryRead(today.AddDays(-1), today).ShouldBeNull("entries that had ended before were never loaded");
        own.TryRead(today, today.AddDays(-1)).ShouldBeNull("what held then is the register's to say");
        own.TryRead(today.AddYears(40), today.AddYears(40)).ShouldNotBeNull("validity is decided as it is read").Dispose();
    }

    [Fact]
    [Trait("Invariant", "I33")]
    public async Task At_midnight_the_same_index_says_what_holds_on_the_new_day()
    {
        var code = Proposals.Code("R6");
        _ = await _register.Entries.InForceAsync("tax", Proposals.Black(code, validTo: $"{host.Clock.Today():yyyy-MM-dd}"));
        await host.SettleAsync();
        await host.FollowAsync();
        var stamp = host.Index().Stamp;
        var (body, source) = await CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Index, true));
        Listed((await CheckedAsync(code, host.Clock.Today().AddDays(1))).Body).ShouldBeFalse("asked about tomorrow");

        host.Clock.Advance(TimeSpan.FromHours(16));
        host.ForgetTokens();

        (body, source) = await CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Index, false));
        host.Index().Stamp.ShouldBe(stamp, "nobody touched it");
        (body, source) = await CheckedAsync(code, host.Clock.Today().AddDays(-1));
        (source, Listed(body)).ShouldBe((CheckSource.Sql, true), "yesterday it held");
        JsonSerializer.Deserialize<JsonElement>(body).GetProperty("validAt").GetString().ShouldBe($"{host.Clock.Today().AddDays(-1):yyyy-MM-dd}");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.a")]
    public async Task An_entry_that_left_held_with_its_measures_until_the_day_before_and_one_found_wrong_on_no_day()
    {
        var (left, wrong) = (Proposals.Code("R7"), Proposals.Code("R8"));
        var (entry, tasks) = await _register.DispatchedAsync("R7");
        var (mistake, _) = await _register.DispatchedAsync("R8");
        var first = host.Clock.Today();
        await host.FollowAsync();
        var then = Hits((await CheckedAsync(left)).Body);
        host.Clock.Advance(TimeSpan.FromDays(3));
        host.ForgetTokens();
        (await _register.Entries.MoveAsync("tax.reviewer", await _register.Entries.ReadAsync("tax.officer", entry.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var objection = await _register.AcceptedObjectionAsync("association", mistake.Id);
        (await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();
        await host.FollowAsync();

        Hits((await CheckedAsync(left)).Body).ShouldAllBe(hit => hit.GetProperty("list").GetString() == "Watch");
        var before = Hits((await CheckedAsync(left, first.AddDays(2))).Body).ShouldHaveSingleItem();
        before.GetRawText().ShouldBe(then.ShouldHaveSingleItem().GetRawText(), "as it was told then");
        before.GetProperty("measures").GetArrayLength().ShouldBe(tasks.Count(task => task.Department == "finance"));
        Hits((await CheckedAsync(left, first.AddDays(-1))).Body).ShouldBeEmpty("not in force yet");
        Hits((await CheckedAsync(wrong, first.AddDays(2))).Body).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_loaded_anew_is_the_one_that_followed()
    {
        _ = await _register.DispatchedAsync("R9");
        await host.FollowAsync();
        var anew = NewIndex();
        await anew.StepAsync(CancellationToken.None);

        var today = host.Clock.Today();
        using var followed = host.Index().TryRead(today, today);
        using var loaded = anew.TryRead(today, today);
        var ids = await _register.ReadAsync(db => db.Subjects.Select(subject => subject.Id).ToListAsync());
        var question = new HitQuestion(new(MatterKind.Other, "1号", "审查"), "finance", today, today);
        foreach (var reading in new[] { followed!, loaded! })
        {
            reading.Position.ShouldBe(host.Index().Stamp!.Position);
        }

        JsonSerializer.Serialize(await followed!.FindAsync(ids, question, CancellationToken.None)).ShouldBe(JsonSerializer.Serialize(await loaded!.FindAsync(ids, question, CancellationToken.None)));
        JsonSerializer.Serialize(await followed.StandAsync(ids, question, CancellationToken.None)).ShouldBe(JsonSerializer.Serialize(await loaded.StandAsync(ids, question, CancellationToken.None)));
        anew.Bytes.ShouldBeGreaterThan(0);
        (anew.Subjects, anew.Lag).ShouldBe((host.Index().Subjects, 0));
    }

    private CheckIndex NewIndex() => ActivatorUtilities.CreateInstance<CheckIndex>(host.Services);

    private Task<(string Body, CheckSource Source)> CheckedAsync(string code, DateOnly? validAt = null) => CheckedAsync(host.AsAsync, host.Meters(), code, validAt);

    private static async Task<(string Body, CheckSource Source)> CheckedAsync(
        Func<string, Task<HttpClient>> signIn, CheckMeters meters, string code, DateOnly? validAt = null)
    {
        var (index, sql) = (meters.FromIndex, meters.FromRegister);
        using var client = await signIn("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" },
            subjects = new[] { new { kind = "LegalPerson", code } },
            validAt,
        });
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        (meters.FromIndex - index + meters.FromRegister - sql).ShouldBe(1);
        return (body, meters.FromIndex > index ? CheckSource.Index : CheckSource.Sql);
    }

    private static JsonElement[] Hits(string body) => [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("subjects")[0].GetProperty("hits").EnumerateArray()];

    private static bool Listed(string body) => Hits(body).Length > 0;

    private static bool Suspended(string body) => Hits(body).ShouldHaveSingleItem().GetProperty("suspended").GetBoolean();

    // Number, instant and position differ from answer to answer, and so does the receipt, which is signed over them; nothing else does.
    private static string Plain(string body) => Varying().Replace(body, "");

    [GeneratedRegex("\"(?:number|asOf)\":\"[^\"]*\",|\"position\":[0-9]+,|,\"receipt\":{[^{}]*(?:{[^{}]*}[^{}]*)*}")]
    private static partial Regex Varying();
}
