using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.DueProcess;

/// <summary>What an entry that was wrong leaves to be done.</summary>
[Trait("Invariant", "I53")]
public sealed class MakeGoodTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    public async Task A_wrong_black_entry_leaves_a_reparation_that_names_its_channels_and_no_word_closes_it()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P0")));
        await RevokeAsync(entry.Id);

        var reparation = (await InboxAsync("tax.officer")).Single(item => IsAbout(item, "Reparation", entry.Id));
        reparation.GetProperty("text").GetString()!.ShouldContain("CreditChina、DepartmentSite");
        reparation.GetProperty("text").GetString()!.ShouldContain("更正声明");
        using var officer = await host.AsAsync("tax.officer");
        officer.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var completed = await officer.PostAsJsonAsync($"/api/inbox/{reparation.GetProperty("id").GetGuid()}/completion", new { outcome = "已办" });
        completed.StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is done by its statement on every channel");
        (await completed.Content.ReadAsStringAsync()).ShouldContain("inbox-item-owed");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.e")]
    public async Task A_wrong_red_entry_leaves_one_recovery_for_each_benefit_that_was_granted_and_none_for_the_others()
    {
        var proposal = JsonSerializer.SerializeToNode(Proposals.Red(Proposals.Code("P1")))!.AsObject();
        proposal["domain"] = "税收征管";
        var entry = await _journey.Entries.InForceAsync("tax", proposal);
        await host.SettleAsync();
        var tasks = await _journey.TasksAsync(entry.Id);
        var granted = tasks.First(task => task.Department == "development-reform");
        var operatorOfIt = granted.Department + ".officer";
        (await _journey.OnTaskAsync(operatorOfIt, granted.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var told = await _journey.OnTaskAsync(operatorOfIt, granted.Id, "feedback", new { handleType = 1, action = "优先办理", result = "已享受" });
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);

        await RevokeAsync(entry.Id);

        (await InboxAsync("tax.officer")).ShouldContain(item => IsAbout(item, "RecoverBenefits", entry.Id));
        (await InboxAsync("tax.officer")).ShouldNotContain(item => item.GetProperty("kind").GetString() == "Reparation" && item.GetProperty("aggregateId").GetGuid() == entry.Id);
        var recoveries = (await InboxAsync("auditor")).Where(item => item.GetProperty("kind").GetString() == "RecoverBenefits" && tasks.Exists(task => task.Id == item.GetProperty("aggregateId").GetGuid()));
        var recovery = recoveries.ShouldHaveSingleItem();
        recovery.GetProperty("aggregateId").GetGuid().ShouldBe(granted.Id);
        recovery.GetProperty("department").GetString().ShouldBe(granted.Department);
        recovery.GetProperty("text").GetString()!.ShouldContain(granted.Wording);
    }

    private static bool IsAbout(JsonElement item, string kind, Guid id) =>
        item.GetProperty("kind").GetString() == kind && item.GetProperty("aggregateId").GetGuid() == id;

    private async Task RevokeAsync(Guid entryId)
    {
        var objection = await _journey.AcceptedObjectionAsync("association", entryId);
        var concluded = await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" });
        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
    }

    private async Task<IReadOnlyList<JsonElement>> InboxAsync(string user)
    {
        using var client = await host.AsAsync(user);
        return [.. (await client.GetFromJsonAsync<JsonElement>("/api/inbox")).GetProperty("items").EnumerateArray()];
    }
}
