using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Checks;

/// <summary>Checks and decided matters through the API.</summary>
internal static class CheckJourney
{
    /// <summary>A check for a matter that every measure concerns, unless another kind is named.</summary>
    public static async Task<JsonElement> CheckAsync(this HostFixture host, string user, IReadOnlyList<object> subjects, string kind = "Other", string? measure = null, string reference = "任采公字〔2026〕118号")
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(
            "/api/checks", new { purpose = "Administration", matter = new { kind, reference, procedure = "资格审查", measure }, subjects });
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Reports a decided matter.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> ReportAsync(
        this HostFixture host, string user, string code, string reference, string? queryNumber, string decidedOn = "2026-11-24", string kind = "Other")
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(
            "/api/matters", new { kind, reference, procedure = "资格审查", subject = new { kind = "LegalPerson", code }, decidedOn, queryNumber });
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }
}
