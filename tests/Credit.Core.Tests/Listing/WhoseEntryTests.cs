using System.Net;
using System.Net.Http.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Listing;

/// <summary>An entry is moved by the department that recognises it and by nobody else.</summary>
[Trait("Invariant", "I83")]
public sealed class WhoseEntryTests(HostFixture host) : IClassFixture<HostFixture>
{
    // Whoever may see an entry may object to it, its subject repairs it, and whoever carries a measure out may have to know whom it is about.
    private static readonly string[] OfOthers = ["objections", "repairs", "review-tickets", "reveal"];

    // One body that every move can read: what a move does not know would be refused before anybody is asked who sends it.
    private static readonly Dictionary<string, object> Bodies = new(StringComparer.Ordinal)
    {
        ["recognition"] = new { watchMonthsAfterExit = 12 },
        ["report"] = new { channels = new[] { "DepartmentSite" } },
        ["notice"] = new { deliveredOn = "2026-11-16" },
        ["withdrawal"] = new { reason = "另案处理" },
        ["exit"] = new { reason = "StandardChanged", explanation = "已修订。" },
        ["closed-notice"] = new { addressee = "某单位" },
        ["publication-choice"] = new { shown = true, reason = "公共安全" },
        ["exit-announcements"] = new { channel = "CreditChina" },
        ["responsible-persons"] = new
        {
            person = new { name = "李某某", certificateType = "身份证", certificateNumber = "370811199001010014" },
            responsibility = "DirectlyResponsible",
            reason = "直接实施虚假申报。",
        },
        ["exposures"] = new { title = "虚假申报", facts = "造成恶劣社会影响。" },
        ["channel-confirmations"] = new { channel = "Necips", publishedOn = "2026-11-24", address = "https://sd.gsxt.example/entry/1" },
        ["legal-review"] = new { agrees = true, text = "认定事实清楚，依据充分。" },
        ["rectifications"] = new { requirement = "补报。", due = "2026-12-24" },
    };

    private readonly TaskJourney _register = new(host);

    [Fact]
    public async Task Every_move_of_an_entry_is_refused_to_other_departments_and_to_the_lead_office()
    {
        var entry = await _register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("C00")));
        var moves = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Route: endpoint.RoutePattern.RawText!, Method: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]))
            .Where(move => move.Method != "GET" && move.Route.StartsWith("/api/entries/{id:guid}/", StringComparison.Ordinal))
            .Select(move => (Action: move.Route[(move.Route.LastIndexOf('/') + 1)..], move.Method))
            .Where(move => !OfOthers.Contains(move.Action))
            .ToArray();
        moves.Select(move => move.Action).ShouldBe(Bodies.Keys, ignoreOrder: true, "a new move of entries is tried here too");

        foreach (var (action, method) in moves)
        {
            (await SendAsync(method, "finance.approver", entry, action)).ShouldBe(HttpStatusCode.NotFound, action);
            (await SendAsync(method, "development-reform.approver", entry, action)).ShouldBe(HttpStatusCode.Forbidden, action);
        }

        var stored = await _register.ReadAsync(db => db.Entries.SingleAsync(each => each.Id == entry.Id));
        (stored.State, stored.Version).ShouldBe((EntryState.Draft, 1));
    }

    [Fact]
    public async Task Every_change_of_an_entry_is_logged_for_the_recogniser_or_the_system()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("C01"), validTo: "2026-11-24"));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.SweepAsync();
        host.ForgetTokens();

        var log = await _register.ReadAsync(db => db.RegisterEntries.AsNoTracking().Where(each => each.AggregateId == entry.Id).OrderBy(each => each.Id).ToListAsync());

        log.Select(change => (change.Actor, change.Department)).ShouldBe(
            [("tax.officer", "tax"), ("tax.approver", "tax"), ("tax.approver", "tax"), ("system", null)]);
    }

    private async Task<HttpStatusCode> SendAsync(string method, string user, EntryAnswer entry, string action)
    {
        using var client = await host.AsAsync(user);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api/entries/{entry.Id}/{action}") { Content = JsonContent.Create(Bodies[action]) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{entry.Version}\"");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
