using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

public sealed class InboxTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.5.6.d")]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Invariant", "I47")]
    public async Task An_exit_is_reported_to_the_lead_office_and_an_item_is_done_with_once_by_its_own_department()
    {
        var journey = new TaskJourney(host);
        var (entry, _) = await journey.DispatchedAsync("H0");
        var objection = await journey.AcceptedObjectionAsync("association", entry.Id);
        (await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        (await InboxAsync("development-reform.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "ExitReported" && item.GetProperty("aggregateId").GetGuid() == entry.Id);
        (await InboxAsync("finance.officer")).ShouldNotContain(item => item.GetProperty("aggregateId").GetGuid() == entry.Id);
        (await InboxAsync("auditor")).Select(item => item.GetProperty("department").GetString()).Distinct().Count().ShouldBeGreaterThan(1);
        var reparation = (await InboxAsync("tax.officer")).Single(item => item.GetProperty("kind").GetString() == "Reparation").GetProperty("id").GetGuid();
        (await CompleteAsync("tax.officer", reparation, "已办")).ShouldBe(HttpStatusCode.Conflict, "the reparation is still owed");
        var doubt = (await InboxAsync("tax.officer")).Single(item => item.GetProperty("kind").GetString() == "Objection").GetProperty("id").GetGuid();

        (await CompleteAsync("finance.officer", doubt, "已办")).ShouldBe(HttpStatusCode.NotFound);
        (await CompleteAsync("tax.officer", doubt, " ")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CompleteAsync("tax.officer", doubt, "已核实")).ShouldBe(HttpStatusCode.OK);
        (await CompleteAsync("tax.approver", doubt, "又办")).ShouldBe(HttpStatusCode.Conflict);

        (await InboxAsync("tax.officer")).ShouldNotContain(item => item.GetProperty("id").GetGuid() == doubt);
        var done = (await InboxAsync("tax.officer", "?done=true")).Single(item => item.GetProperty("id").GetGuid() == doubt);
        done.GetProperty("outcome").GetString().ShouldBe("已核实");
        (await InboxAsync("tax.officer", $"?done=true&after={doubt}")).ShouldNotContain(item => item.GetProperty("id").GetGuid() == doubt);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.b")]
    public async Task A_recognition_is_reported_to_the_lead_office_and_to_nobody_else()
    {
        var journey = new TaskJourney(host);
        var (entry, _) = await journey.DispatchedAsync("H1");

        var reported = (await InboxAsync("auditor")).Where(item => item.GetProperty("kind").GetString() == "RecognitionReported" && item.GetProperty("aggregateId").GetGuid() == entry.Id);

        reported.ShouldHaveSingleItem().GetProperty("department").GetString().ShouldBe("development-reform");
    }

    private async Task<IReadOnlyList<JsonElement>> InboxAsync(string user, string query = "")
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync("/api/inbox" + query);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()];
    }

    private async Task<HttpStatusCode> CompleteAsync(string user, Guid id, string outcome)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync($"/api/inbox/{id}/completion", new { outcome });
        return answer.StatusCode;
    }
}
