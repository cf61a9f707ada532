using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Domain.Subjects;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

/// <summary>An entry as the API shows it.</summary>
public sealed record EntryAnswer(Guid Id, string List, string State, Guid SubjectId, string? ReportDue, string? ValidFrom, string ValidTo, string? ExitedOn, string? ExitReason, bool ExitAnnounced, int Version);

/// <summary>Answer of a move.</summary>
public sealed record MoveAnswer(HttpStatusCode Status, string Body)
{
    public EntryAnswer Entry => JsonSerializer.Deserialize<EntryAnswer>(Body, JsonSerializerOptions.Web)!;
}

/// <summary>Walks entries through the API as the departments' officers do.</summary>
public sealed class EntryJourney(HostFixture host)
{
    public async Task<EntryAnswer> ProposeAsync(string user, object proposal)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/entries", proposal);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("entry").Deserialize<EntryAnswer>(JsonSerializerOptions.Web)!;
    }

    /// <summary>What came of a proposal, whatever it was.</summary>
    public async Task<MoveAnswer> TryProposeAsync(string user, object proposal)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/entries", proposal);
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<MoveAnswer> MoveAsync(string user, EntryAnswer entry, string action, object body)
    {
        using var client = await host.AsAsync(user);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/entries/{entry.Id}/{action}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{entry.Version}\"");
        using var answer = await client.SendAsync(request);
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<MoveAnswer> PostAsync(string user, string path, int version, object? body) => SendAsync(HttpMethod.Post, user, path, version, body);

    public Task<MoveAnswer> PutAsync(string user, string path, int version, object? body) => SendAsync(HttpMethod.Put, user, path, version, body);

    private async Task<MoveAnswer> SendAsync(HttpMethod method, string user, string path, int version, object? body)
    {
        using var client = await host.AsAsync(user);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        using var answer = await client.SendAsync(request);
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync(query);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("value").EnumerateArray()];
    }

    public async Task<EntryAnswer> ReadAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return (await client.GetFromJsonAsync<EntryAnswer>($"/api/entries/{id}"))!;
    }

    /// <summary>Proposed, told first where a day of the notice is given, recognised and reported.</summary>
    public async Task<EntryAnswer> InForceAsync(string department, object proposal, string[]? channels = null, string? noticedOn = null)
    {
        var entry = await ProposeAsync($"{department}.officer", proposal);
        if (noticedOn is not null)
        {
            var told = await MoveAsync($"{department}.officer", entry, "notice", new { deliveredOn = noticedOn, way = "Post", evidence = "邮寄回执" });
            told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
            entry = told.Entry;
        }

        var recognised = await MoveAsync($"{department}.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var reported = await MoveAsync($"{department}.approver", recognised.Entry, "report", new { channels = channels ?? ["DepartmentSite"] });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        return reported.Entry;
    }
}

/// <summary>Proposals as departments send them.</summary>
public static class Proposals
{
    private static int _documents;

    /// <summary>A valid unified code that belongs to nobody.</summary>
    public static string Code(string mark)
    {
        var body = $"MA3TE{mark}X"[..8];
        var organisation = body + OrganizationCode.ComputeCheck(body);
        var first = "91370811" + organisation;
        return first + UnifiedCreditCode.ComputeCheck(first);
    }

    public static object Black(string? code = null, string validTo = "2029-11-23", string domain = "税收征管") => new
    {
        list = "Black",
        domain,
        category = "Market",
        subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = code ?? Code("A0"), legalRepresentative = "张某" },
        facts = "采取偷税手段，少缴税款一百二十万元。",
        bases = new[] { new { kind = "AdministrativeAct", text = "税收征收管理法第六十三条", documentNumber = $"任税稽罚〔2026〕{Interlocked.Increment(ref _documents)}号" } },
        standard = "测试标准",
        standardLevel = "National",
        validTo,
        punishMonths = 36,
        repairable = true,
        repairModes = "公开信用承诺",
    };

    public static object Red(string code) => new
    {
        list = "Red",
        domain = "市场监管",
        subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code, legalRepresentative = "张某" },
        facts = "获评守合同重信用企业。",
        bases = new[] { new { kind = "Commendation", text = "守合同重信用公示办法", documentNumber = $"任市监〔2026〕{Interlocked.Increment(ref _documents)}号" } },
        standard = "测试标准",
        standardLevel = "Provincial",
        standardApproval = "鲁政字〔2026〕测试1号",
        validTo = "2028-11-23",
    };

    public static object Watch(string code, string domain = "税收征管") => new
    {
        list = "Watch",
        domain,
        category = "Market",
        subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code, legalRepresentative = "张某" },
        facts = "一年内三次逾期申报。",
        bases = new[] { new { kind = "AdministrativeAct", text = "税收征收管理法第六十二条", documentNumber = $"任税罚〔2026〕{Interlocked.Increment(ref _documents)}号" } },
        standard = "测试标准",
        standardLevel = "National",
        validTo = "2027-11-23",
        punishMonths = 12,
        repairable = true,
        repairModes = "公开信用承诺",
        watchReason = "RepeatedMinor",
        minorOffences = 3,
    };

    /// <summary>The same proposal with other or further members.</summary>
    public static JsonObject With(this object proposal, params (string Member, object? Value)[] members)
    {
        var changed = JsonSerializer.SerializeToNode(proposal)!.AsObject();
        foreach (var (member, value) in members)
        {
            changed[member] = JsonSerializer.SerializeToNode(value);
        }

        return changed;
    }

    /// <summary>The same proposal no longer than a standard allows.</summary>
    public static JsonObject Within(this JsonObject proposal, int? months) =>
        months is { } most and < 36 ? proposal.With(("validTo", new DateOnly(2026, 11, 23).AddMonths(most)), ("punishMonths", most)) : proposal;

    public static object BlackPerson() => new
    {
        list = "Black",
        domain = "税收征管",
        category = "Market",
        subject = new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = "370811199001010014" },
        facts = "走逃失联。",
        bases = new[] { new { kind = "AdministrativeAct", text = "税收征收管理法", documentNumber = $"任税稽罚〔2026〕{Interlocked.Increment(ref _documents)}号" } },
        standard = "测试标准",
        standardLevel = "National",
        validTo = "2029-11-23",
        punishMonths = 36,
        repairable = false,
    };
}
