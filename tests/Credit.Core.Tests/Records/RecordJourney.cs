using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Records;

/// <summary>Submits credit records as departments do.</summary>
internal sealed class RecordJourney(HostFixture host)
{
    public TaskJourney Register { get; } = new(host);

    /// <summary>A record of an organisation, formed on the day before the clock of the tests.</summary>
    public static JsonObject Of(string mark, string kind = "Inspection", params (string Member, object? Value)[] changes) => new
    {
        kind,
        negative = true,
        subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = Proposals.Code(mark) },
        documentNumber = $"任检〔2026〕{mark}号",
        text = "双随机检查发现经营场所与登记不符。",
        formedOn = "2026-11-23",
    }.With(changes);

    /// <summary>The same record of somebody else.</summary>
    public static object Person(string number = "370811199001010014") =>
        new { kind = "NaturalPerson", name = "张样本", certificateType = "身份证", certificateNumber = number };

    public async Task<MoveAnswer> TrySubmitAsync(string user, params JsonObject[] records)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/records", new { records });
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What came of each record.</summary>
    public async Task<IReadOnlyList<JsonElement>> FatesAsync(string user, params JsonObject[] records)
    {
        var answer = await TrySubmitAsync(user, records);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return [.. JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("fates").EnumerateArray()];
    }

    /// <summary>The record that was stored.</summary>
    public async Task<JsonElement> SubmitAsync(string user, JsonObject record)
    {
        var fate = (await FatesAsync(user, record)).ShouldHaveSingleItem();
        fate.GetProperty("fate").GetString().ShouldBe("Stored");
        return fate.GetProperty("record");
    }

    /// <summary>A second officer agrees to the publication of a record just stated.</summary>
    public Task<MoveAnswer> PublishAsync(string user, JsonElement record) => Register.Entries.PostAsync(user, $"/api/records/{IdOf(record)}/publication", 1, null);

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
    }

    public async Task<IReadOnlyList<JsonElement>> SetAsync(string user, string query)
    {
        var (status, body) = await GetAsync(user, "/odata/official/" + query);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return [.. body.GetProperty("value").EnumerateArray()];
    }

    public async Task<MoveAnswer> PostAsync(string user, string path, object body)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(path, body);
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static JsonElement Json(MoveAnswer answer) => JsonSerializer.Deserialize<JsonElement>(answer.Body);

    public static Guid IdOf(JsonElement element) => element.GetProperty("id").GetGuid();
}
