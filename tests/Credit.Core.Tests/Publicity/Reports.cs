using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Intake;
using Credit.Testing;

namespace Credit.Core.Tests.Publicity;

/// <summary>Reports licences and penalties as departments and the service hall do.</summary>
internal sealed class Reports(HostFixture host)
{
    public const string Officer = "market-supervision.officer";
    public const string Hall = "public-resource-trading.officer";

    /// <summary>A penalty of a natural person.</summary>
    public static Dictionary<string, string> OfPerson(int number) => SampleSheet.Penalty(
        number, ("CF_XDR_MC", "张样本"), ("CF_XDR_LB", "自然人"), ("CF_XDR_SHXYM", ""), ("CF_FRDB", ""), ("CF_XDR_ZJLX", "身份证"), ("CF_XDR_ZJHM", "370811199001010014"));

    /// <summary>The fields of a feed of the service hall.</summary>
    public static (string Name, string Value)[] FromHall => [("origin", "ServiceHall")];

    /// <summary>Sends rows of penalties and takes them in.</summary>
    public Task<JsonElement> SendAsync(string user, (string Name, string Value)[] fields, params Dictionary<string, string>[] rows) =>
        TakenInAsync("penalties", user, fields, rows);

    /// <summary>Sends rows of licences and takes them in.</summary>
    public Task<JsonElement> SendLicencesAsync(string user, (string Name, string Value)[] fields, params Dictionary<string, string>[] rows) =>
        TakenInAsync("licences", user, fields, rows);

    /// <summary>Sends a file, whatever comes of it.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body, Uri? Location)> TrySendAsync(
        string user, string kind, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        using var client = await host.AsAsync(user);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        using var sent = await client.PostAsync(new Uri($"/api/intake/{kind}", UriKind.Relative), form);
        return (sent.StatusCode, JsonSerializer.Deserialize<JsonElement>(await sent.Content.ReadAsStringAsync()), sent.Headers.Location);
    }

    /// <summary>What a signed-in account reads.</summary>
    public async Task<JsonElement> ReadAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>What anybody reads of a public set.</summary>
    public async Task<IReadOnlyList<JsonElement>> PublicAsync(string query)
    {
        using var anyone = host.Anonymous();
        return [.. (await anyone.GetFromJsonAsync<JsonElement>(new Uri($"/odata/public/{query}", UriKind.Relative))).GetProperty("value").EnumerateArray()];
    }

    /// <summary>Confirms the correction in the first row of a batch.</summary>
    public async Task CorrectAsync(string user, JsonElement batch)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(
            new Uri($"/api/intake/batches/{batch.GetProperty("id")}/rows/2/resolution", UriKind.Relative), new { decision = "Corrected" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A total of a batch.</summary>
    public static int Total(JsonElement batch, string name) => batch.GetProperty(name).GetInt32();

    private async Task<JsonElement> TakenInAsync(string kind, string user, (string Name, string Value)[] fields, Dictionary<string, string>[] rows)
    {
        var (status, body, location) = await TrySendAsync(user, kind, $"{kind}.csv", SampleSheet.Csv(rows), fields);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        await host.IntakeAsync();
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>(location);
    }
}
