using System.Net;
using System.Net.Http.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Publicity;

/// <summary>What the national enterprise system gets: enterprises and individual businesses, each stored version once.</summary>
[Trait("Requirement", "R-3.1.4.e")]
public sealed class NationalExchangeTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly Reports _reports = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I79")]
    public async Task Only_enterprises_and_individual_businesses_are_queued_and_each_stored_version_exactly_once()
    {
        var wrong = SampleSheet.WrongCode(5);
        await _reports.SendAsync(
            Reports.Officer, [], SampleSheet.Penalty(1), SampleSheet.Penalty(2, ("CF_XDR_LB", "个体工商户"), ("CF_XDR_SHXYM", Code("92370811TX0000002"))),
            Reports.OfPerson(3), SampleSheet.Penalty(4, ("CF_XDR_SHXYM", Code("12370811TX0000004"))), SampleSheet.Penalty(5, ("CF_XDR_SHXYM", wrong)));
        await host.SettleAsync();

        var first = await ReadAsync();

        first.Messages.Select(message => message.SubjectCode).ShouldBe([SampleSheet.Code(1), Code("92370811TX0000002")], ignoreOrder: true);
        first.Messages.ShouldAllBe(message => message.Version == 1 && message.Kind == "penalties");

        // A repeat stores nothing; a correction is a version; a row that waited comes when it is taken in.
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(1));
        await _reports.CorrectAsync("market-supervision.approver", await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(1, ("CF_NR_FK", "2"))));
        await EveryFileOverHttpTests.SendAsync(host, Reports.Officer, "subjects", "a.csv", SampleSheet.Csv(SampleSheet.Subject(5, ("统一社会信用代码", wrong))));
        var subject = await _register.ReadAsync(db => db.Subjects.SingleAsync(each => each.ClaimedCode == wrong && each.CodeStanding == CodeStanding.Wrong));
        using var registrar = await host.AsAsync("market-supervision.approver");
        registrar.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"v{subject.Version}\"");
        (await registrar.PostAsync(new Uri($"/api/subjects/{subject.Id}/code-confirmation", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();

        var all = await ReadAsync();

        all.Messages.Take(2).ShouldBe(first.Messages, "what is queued stays as it was");
        all.Messages.Skip(2).Select(message => (message.SubjectCode, message.Version)).ShouldBe([(SampleSheet.Code(1), 2), (wrong, 1)]);
        all.Messages.Select(message => message.RecordId).ShouldBeUnique();
        all.Messages.Select(message => message.Position).ShouldBeInOrder();
        var stored = await _register.ReadAsync(db => db.Penalties.Where(penalty => penalty.SubjectCode != null && penalty.SubjectCode.CompareTo("9") > 0).Select(penalty => penalty.Id).ToListAsync());
        all.Messages.Select(message => message.RecordId).ShouldBe(stored, ignoreOrder: true);

        // The next page begins after any message, in the middle of a step too.
        (await ReadAsync($"?position={first.Messages[0].Position}&record={first.Messages[0].RecordId}")).Messages.ShouldBe(all.Messages.Skip(1));
        (await ReadAsync($"?position={first.Messages[1].Position}")).Messages.ShouldBe(all.Messages.Skip(2));

        using var system = await host.AsAsync("city.system");
        (await system.PostAsJsonAsync("/api/exchange/national/receipts", new { position = first.Messages[1].Position })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await system.PostAsJsonAsync("/api/exchange/national/receipts", new { position = first.Messages[1].Position - 1 })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await system.PostAsJsonAsync("/api/exchange/national/receipts", new { position = all.Messages[^1].Position + 1000 })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var rest = await ReadAsync();
        (rest.Acknowledged, rest.Messages.Count).ShouldBe((first.Messages[1].Position, 2));
        (await _register.ReadAsync(db => db.RegisterEntries.CountAsync(entry => entry.WireName == "national-exchange.acknowledged.v1"))).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_else_reads_or_confirms_for_the_national_system()
    {
        foreach (var user in new[] { "tax.officer", "tax.system", "association" })
        {
            using var client = await host.AsAsync(user);
            (await client.GetAsync("/api/exchange/national/messages")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await client.PostAsJsonAsync("/api/exchange/national/receipts", new { position = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private static string Code(string first17) => first17 + UnifiedCreditCode.ComputeCheck(first17);

    private async Task<Page> ReadAsync(string query = "")
    {
        using var system = await host.AsAsync("city.system");
        return (await system.GetFromJsonAsync<Page>($"/api/exchange/national/messages{query}"))!;
    }

    private sealed record Message(long Position, Guid RecordId, int Version, string Kind, string SubjectCode);

    private sealed record Page(long Acknowledged, IReadOnlyList<Message> Messages);
}
