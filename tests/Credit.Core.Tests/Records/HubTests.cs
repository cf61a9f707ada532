using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Records;

/// <summary>The platform is a hub: what is collected is published and used.</summary>
public sealed class HubTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.1.2.a")]
    public async Task A_ready_host_collects_publishes_and_lets_use_what_was_collected()
    {
        using var anyone = host.Anonymous();
        (await anyone.GetFromJsonAsync<JsonElement>("/health/live")).GetProperty("status").GetString().ShouldBe("live");
        (await anyone.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("status").GetString().ShouldBe("ready");

        // 归集
        var records = new RecordJourney(host);
        var stated = await records.SubmitAsync("tax.officer", RecordJourney.Of("H10", changes: [("publish", true), ("publicUntil", "2027-11-24")]));
        (await records.PublishAsync("tax.approver", stated)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var entry = await records.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("H10")));

        // 公示
        var reports = new Publicity.Reports(host);
        (await reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("H10")}'")).Count.ShouldBe(1);
        (await reports.PublicAsync($"ListEntries?$filter=SubjectCode eq '{Proposals.Code("H10")}'")).Count.ShouldBe(1);

        // 应用
        var check = await records.PostAsync("finance.officer", "/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = "Fiscal", reference = "任财扶〔2026〕2号", procedure = "财政扶持资金审核" },
            subjects = new[] { new { kind = "LegalPerson", code = Proposals.Code("H10") } },
        });
        check.Status.ShouldBe(HttpStatusCode.OK, check.Body);
        check.Body.ShouldContain(entry.Id.ToString());
    }
}
