using System.Net;
using System.Security.Claims;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Register;

/// <summary>History stays, adds up, and names who made it.</summary>
public sealed class HistoryTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly EntryJourney _journey = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I91")]
    public async Task Nothing_that_was_decided_is_ever_deleted_by_the_application()
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("600")));
        var tables = await _register.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(type => type.ClrType.IsAssignableTo(typeof(Aggregate)) || type.ClrType.IsAssignableTo(typeof(PublicityRecord))
                || type.GetForeignKeys().Any(key => key.PrincipalToDependent is not null && key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(Aggregate))))
            .Select(type => type.GetTableName()!).Concat(["register_entry", "register_position"]).Distinct().ToArray()));

        tables.ShouldContain("list_entry");
        tables.ShouldContain("list_entry_basis");
        tables.Length.ShouldBeGreaterThan(10);
        foreach (var table in tables)
        {
            (await host.TryAsync($"DELETE FROM core.{table}", "credit_app")).State.ShouldBe("42501", table);
            (await host.TryAsync($"TRUNCATE core.{table} CASCADE", "credit_app")).State.ShouldBe("42501", table);
        }

        foreach (var log in new[] { "register_entry SET actor = 'x'", "register_position SET hash = ''" })
        {
            (await host.TryAsync($"UPDATE core.{log}", "credit_app")).State.ShouldBe("42501", "the log is not rewritten");
        }

        await using var bench = new RegisterBench(host);
        var fault = await Should.ThrowAsync<InvalidOperationException>(() => bench.InAsync(async db =>
        {
            db.Remove(await db.Entries.SingleAsync(each => each.Id == entry.Id));
            return await db.SaveChangesAsync();
        }));
        fault.Message.ShouldContain("I91");
    }

    [Fact]
    [Trait("Invariant", "I92")]
    public async Task Recognised_less_exited_is_what_is_on_the_lists_after_every_move()
    {
        await AddsUpAsync();
        var black = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("610")));
        await AddsUpAsync();
        var red = await _journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("611")));
        await AddsUpAsync();
        var watch = await _journey.InForceAsync("ecology", Proposals.Watch(Proposals.Code("611"), "生态环境"));
        (await StateAsync(red.Id)).ShouldBe(EntryState.Exited);
        await AddsUpAsync();
        _ = await _journey.InForceAsync("ecology", Proposals.Black(Proposals.Code("611"), domain: "生态环境"));
        (await StateAsync(watch.Id)).ShouldBe(EntryState.Exited);
        await AddsUpAsync();
        var objection = await _register.AcceptedObjectionAsync("association", black.Id);
        await AddsUpAsync();
        (await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "无误" })).Status.ShouldBe(HttpStatusCode.OK);
        var left = await _journey.MoveAsync("tax.approver", await _journey.ReadAsync("tax.officer", black.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        await AddsUpAsync();

        (await _register.ReadAsync(db => db.Entries.CountAsync(entry => entry.PredecessorId == black.Id))).ShouldBe(1, "the watch entry that follows counts too");
        (await host.ScalarAsync<long>("SELECT count(*) FROM core.list_entry WHERE state = 'Active'")).ShouldBe(2);
    }

    [Fact]
    [Trait("Invariant", "I80")]
    public void Who_did_not_sign_in_is_anonymous_and_only_what_runs_by_itself_is_the_system()
    {
        var visitor = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
        new Actor(new Caller(visitor)).Account.ShouldBe("anonymous");
        visitor.HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "tax.officer")], "test"));
        new Actor(new Caller(visitor)).Account.ShouldBe("tax.officer");
        visitor.HttpContext = null;
        new Actor(new Caller(visitor)).Account.ShouldBe("system");
    }

    // By list, domain and department, as the log tells it and as the lists stand.
    private async Task AddsUpAsync()
    {
        const string AsLogged = """
            SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') FROM (
              SELECT concat_ws(' ', payload->>'list', payload->>'domain', payload->>'recogniser',
                count(*) FILTER (WHERE wire_name = 'list-entry.published.v1') - count(*) FILTER (WHERE wire_name = 'list-entry.exited.v1')) AS line
              FROM core.register_entry WHERE wire_name IN ('list-entry.published.v1', 'list-entry.exited.v1')
              GROUP BY payload->>'list', payload->>'domain', payload->>'recogniser') sums
            """;
        const string AsListed = """
            SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') FROM (
              SELECT concat_ws(' ', list, domain, recogniser, count(*) FILTER (WHERE state IN ('Active', 'Verifying'))) AS line
              FROM core.list_entry WHERE valid_from IS NOT NULL GROUP BY list, domain, recogniser) sums
            """;
        (await host.ScalarAsync<string>(AsLogged)).ShouldBe(await host.ScalarAsync<string>(AsListed));
    }

    private Task<EntryState> StateAsync(Guid id) => _register.ReadAsync(db => db.Entries.Where(entry => entry.Id == id).Select(entry => entry.State).SingleAsync());
}
