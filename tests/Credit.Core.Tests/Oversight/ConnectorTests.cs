using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

/// <summary>Which systems the platform is connected to, and how its coverage grows.</summary>
public sealed class ConnectorTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly OversightDesk _desk = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.2.c")]
    [Trait("Requirement", "R-3.1.2.d")]
    public async Task Each_departments_system_and_the_city_show_last_transfer_counts_and_errors_and_coverage_counts_by_month()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Data", "penalties.csv"));
        using (var officer = await host.AsAsync("market-supervision.officer"))
        {
            using var content = new ByteArrayContent(file);
            using var form = new MultipartFormDataContent { { content, "file", "penalties.csv" } };
            (await officer.PostAsync("/api/intake/penalties", form)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await host.IntakeAsync();
        _ = await _desk.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("C0")));
        await host.SettleAsync();
        using var city = await host.AsAsync("city.system");
        var last = (await city.GetFromJsonAsync<JsonElement>("/api/exchange/city/steps")).GetProperty("steps").EnumerateArray().Last().GetProperty("position").GetInt64();
        (await _desk.GetAsync("development-reform.officer", "/api/exchange/city")).GetProperty("lag").GetInt32().ShouldBeGreaterThan(0);
        (await city.PostAsJsonAsync("/api/exchange/city/receipts", new { position = last })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _desk.GetAsync("development-reform.officer", "/api/exchange/city")).GetProperty("lag").GetInt32().ShouldBe(0);

        var connectors = await _desk.ListAsync("finance.officer", "/odata/official/Connectors?$orderby=Key");

        var supervision = connectors.Single(each => each.GetProperty("Key").GetString() == "market-supervision");
        supervision.GetProperty("Rows").GetInt32().ShouldBe(400);
        supervision.GetProperty("Errors").GetInt32().ShouldBeGreaterThan(0);
        supervision.GetProperty("LastSyncAt").GetDateTimeOffset().ShouldBe(HostFixture.Start);
        connectors.Single(each => each.GetProperty("Key").GetString() == "ecology").GetProperty("LastSyncAt").ValueKind.ShouldBe(JsonValueKind.Null);
        var upward = connectors.Single(each => each.GetProperty("Key").GetString() == "exchange/city");
        upward.GetProperty("Direction").GetString().ShouldBe("Outbound");
        upward.GetProperty("LastSyncAt").GetDateTimeOffset().ShouldBe(HostFixture.Start);
        (await _desk.ListAsync("finance.officer", "/odata/official/Connectors?$filter=Errors gt 0")).ShouldHaveSingleItem();

        var months = (await _desk.GetAsync("finance.officer", "/api/oversight/coverage?from=2026-11-01&to=2026-11-30")).GetProperty("months").EnumerateArray().ToArray();
        var own = months.Single(each => each.GetProperty("department").GetString() == "market-supervision");
        own.GetProperty("month").GetString().ShouldBe("2026-11-01");
        own.GetProperty("records").GetInt32().ShouldBeGreaterThan(own.GetProperty("subjects").GetInt32());
        months.Single(each => each.GetProperty("department").GetString() == "tax").GetProperty("subjects").GetInt32().ShouldBe(1);
        (await _desk.GetAsync("finance.officer", "/api/oversight/coverage?from=2026-12-01&to=2026-12-31")).GetProperty("months").EnumerateArray().ShouldBeEmpty();
    }
}
