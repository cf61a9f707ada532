using System.Net;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Tests.Incentives;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Oversight;
using Credit.Host.Callers;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>A host on which the operator gave a street two accounts.</summary>
public sealed class StreetHost : HostFixture
{
    protected override void Adjust(IServiceCollection services) => services.Decorate<IAccounts, StreetToo>();

    private sealed class StreetToo(IAccounts accounts) : IAccounts
    {
        public Account? SignIn(string user, string secret, bool machine) => user switch
        {
            "liying.officer" => new Account(user, "李营街道经办人", [Roles.Officer], "", Department: "liying"),
            "liying.approver" => new Account(user, "李营街道审核人", [Roles.Approver], "", Department: "liying"),
            _ => accounts.SignIn(user, secret, machine),
        };
    }
}

/// <summary>Requests to other regions to reward an honest exemplar.</summary>
[Trait("Requirement", "R-3.5.2.c")]
public sealed class CrossRegionExemplarTests(StreetHost host) : IClassFixture<StreetHost>
{
    private const string Path = "/api/cross-region-requests";
    private readonly IncentiveJourney _journey = new(host);
    private readonly OversightDesk _desk = new(host);

    [Fact]
    public async Task The_nominator_asks_another_region_to_reward_its_exemplar_and_the_region_does()
    {
        var code = Proposals.Code("X00");
        var exemplar = (await _journey.ExemplarAsync(IncentiveJourney.Company(code))).GetProperty("id").GetGuid();
        (await _journey.PostAsync("tax.officer", Path, Ask(exemplar))).Status.ShouldBe(HttpStatusCode.NotFound, "not its exemplar");

        var sent = await _journey.DoneAsync("market-supervision.officer", Path, Ask(exemplar));

        (sent.GetProperty("exemplarId").GetGuid(), sent.GetProperty("subjectCode").GetString(), sent.GetProperty("department").GetString(), sent.GetProperty("state").GetString())
            .ShouldBe((exemplar, code, "market-supervision", "Sent"));
        sent.GetProperty("entryId").ValueKind.ShouldBe(JsonValueKind.Null);
        var id = sent.GetProperty("id").GetGuid();
        await host.SettleAsync();
        var step = (await _desk.GetAsync("city.system", "/api/exchange/city/steps")).GetProperty("steps").EnumerateArray().Single(each => each.GetProperty("correlationId").GetGuid() == id);
        (step.GetProperty("step").GetString(), step.GetProperty("announcement").GetProperty("exemplarId").GetGuid()).ShouldBe(("cross-region-request.sent.v1", exemplar));
        var content = step.GetProperty("content");
        (content.GetProperty("kind").GetString(), content.GetProperty("region").GetString(), content.GetProperty("subjectCode").GetString()).ShouldBe(("Reward", "320300", code));
        (await _journey.DoneAsync("city.system", $"{Path}/{id}/foreign-answer", new { answer = "Accept" })).GetProperty("state").GetString().ShouldBe("Accepted");
        var done = await _journey.DoneAsync("city.system", $"{Path}/{id}/foreign-answer", new { answer = "Finish", words = "已列入优先办理名单。" }, 2);
        (done.GetProperty("state").GetString(), done.GetProperty("result").GetString()).ShouldBe(("Done", "已列入优先办理名单。"));
        (await _journey.OfficialAsync("market-supervision.officer", "CrossRegionRequests")).Single(row => row.GetProperty("Id").GetGuid() == id)
            .ShouldSatisfyAllConditions(row => row.GetProperty("State").GetString().ShouldBe("Done"), row => row.GetProperty("ExemplarId").GetGuid().ShouldBe(exemplar));
    }

    [Fact]
    public async Task A_street_asks_for_the_exemplar_it_nominated_and_reads_why_the_other_region_refused()
    {
        var nominated = await _journey.DoneAsync("liying.officer", "/api/exemplars", new { subject = IncentiveJourney.Someone(), source = "MoralModel", deeds = "拾金不昧。" });
        var exemplar = nominated.GetProperty("id").GetGuid();
        (await _journey.RefusedAsync("liying.officer", Path, Ask(exemplar))).Codes.ShouldBe(["cross-region-exemplar-does-not-fit"], "not approved yet");
        _ = await _journey.DoneAsync("liying.approver", $"/api/exemplars/{exemplar}/decision", new { approve = true });

        var sent = await _journey.DoneAsync("liying.officer", Path, Ask(exemplar));

        (sent.GetProperty("department").GetString(), sent.GetProperty("subjectName").GetString()).ShouldBe(("liying", ""), "a person goes by its mask");
        sent.GetProperty("subjectCode").GetString().ShouldNotBeNullOrEmpty();
        sent.GetRawText().ShouldNotContain(IncentiveJourney.Person);
        var id = sent.GetProperty("id").GetGuid();
        var answer = $"{Path}/{id}/foreign-answer";
        (await _journey.RefusedAsync("city.system", answer, new { answer = "Refuse" })).Codes.ShouldBe(["reason-missing"]);
        _ = await _journey.DoneAsync("city.system", answer, new { answer = "Refuse", words = "本市无对应激励措施。" });
        var read = await _journey.ReadAsync("liying.officer", $"{Path}/{id}");
        (read.GetProperty("state").GetString(), read.GetProperty("reason").GetString(), read.GetProperty("result").ValueKind).ShouldBe(("Refused", "本市无对应激励措施。", JsonValueKind.Null));
        (await _journey.RefusedAsync("city.system", answer, new { answer = "Accept" }, 2)).Status.ShouldBe(HttpStatusCode.Conflict, "refused is the end");
    }

    [Fact]
    public async Task A_request_rests_on_one_object_and_an_exemplar_carries_a_reward_while_it_counts()
    {
        var code = Proposals.Code("X01");
        var exemplar = (await _journey.ExemplarAsync(IncentiveJourney.Company(code))).GetProperty("id").GetGuid();
        (await _journey.RefusedAsync("market-supervision.officer", Path, Ask(exemplar, entry: Guid.CreateVersion7()))).Codes.ShouldBe(["cross-region-object-unclear"], "two");
        (await _journey.RefusedAsync("market-supervision.officer", Path, Ask(null))).Codes.ShouldBe(["cross-region-object-unclear"], "none");
        (await _journey.RefusedAsync("market-supervision.officer", Path, Ask(Guid.CreateVersion7(), region: "370811"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.RefusedAsync("market-supervision.officer", Path, Ask(exemplar, kind: "Punishment", region: "370811"))).ShouldSatisfyAllConditions(
            refused => refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity),
            refused => refused.Codes.ShouldBe(["region-is-own", "cross-region-exemplar-does-not-fit"], ignoreOrder: true));

        _ = await _journey.Register.Entries.InForceAsync("tax", Proposals.Watch(code));

        (await _journey.RefusedAsync("market-supervision.officer", Path, Ask(exemplar))).Codes.ShouldBe(["cross-region-exemplar-does-not-fit"], "the watch list revoked it");
    }

    private static object Ask(Guid? exemplar, string kind = "Reward", string region = "320300", Guid? entry = null) =>
        new { kind, entryId = entry, exemplarId = exemplar, region, regionName = "徐州市", basis = "在徐州市参与评优。", measures = "优先办理" };
}
