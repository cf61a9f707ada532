using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Incentives;

/// <summary>Walks rewards, commitments and acceptances through the API.</summary>
internal sealed class IncentiveJourney(HostFixture host)
{
    public const string Person = "370811199001010014";

    public TaskJourney Register { get; } = new(host);

    public static object Company(string code) => new { kind = "LegalPerson", name = "任城某某食品有限公司", code };

    public static object Someone() => new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = Person };

    public Task<MoveAnswer> PostAsync(string user, string path, object? body = null, int version = 1) => Register.Entries.PostAsync(user, path, version, body);

    /// <summary>Posts and reads what was made or moved.</summary>
    public async Task<JsonElement> DoneAsync(string user, string path, object? body = null, int version = 1)
    {
        var answer = await PostAsync(user, path, body, version);
        ((int)answer.Status).ShouldBeInRange(200, 299, $"{path}: {answer.Body}");
        return JsonSerializer.Deserialize<JsonElement>(answer.Body);
    }

    /// <summary>Posts what is refused, and gives the codes.</summary>
    public async Task<(HttpStatusCode Status, string[] Codes)> RefusedAsync(string user, string path, object? body = null, int version = 1)
    {
        var answer = await PostAsync(user, path, body, version);
        ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(400, $"{path}: {answer.Body}");
        var problem = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        return (answer.Status, [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()!)]);
    }

    /// <summary>Registers a company and gives it a negative record formed on a day; null for none.</summary>
    public async Task<Guid> RegisteredAsync(string code, DateOnly? negativeOn = null)
    {
        // A recorded commitment of another kind registers the subject and leaves its record clean.
        var made = await DoneAsync("finance.officer", "/api/recorded-commitments", new { subject = Company(code), kind = "Repair", text = "诚信履约。" });
        var subject = made.GetProperty("subjectId").GetGuid();
        if (negativeOn is { } formed)
        {
            await WriteAsync(db => db.Add(CreditRecord.FromStep(
                subject, RecordKind.Inspection, negative: true, "inspections", "market-supervision", "抽检不合格。", formed, Guid.CreateVersion7(), Clause.R("3.1.1.a"))));
        }

        return subject;
    }

    public async Task WriteAsync(Action<CreditDbContext> write)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        write(db);
        await db.SaveChangesAsync();
    }

    /// <summary>A commitment for missing papers before market supervision.</summary>
    public async Task<Guid> CommittedAsync(string code, string user = "market-supervision.officer") =>
        (await DoneAsync(user, "/api/recorded-commitments", new { subject = Company(code), kind = "MissingPapers", text = "十个工作日内补齐，逾期自愿撤销受理。" })).GetProperty("id").GetGuid();

    public static object Acceptance(string code, Guid commitment, int? days = null, params object[] papers) => new
    {
        subject = Company(code),
        matter = "食品经营许可",
        commitmentId = commitment,
        withinWorkingDays = days,
        papers = papers.Length > 0 ? papers : [new { title = "营业执照", requiredBy = "食品经营许可管理办法第十二条", missing = false }, new { title = "场所平面图", missing = true }],
    };

    public async Task<JsonElement> AcceptedAsync(string code, int? days = null) =>
        await DoneAsync("market-supervision.officer", "/api/incentives/acceptances", Acceptance(code, await CommittedAsync(code), days));

    /// <summary>An exemplar, approved and, unless not wanted, shown.</summary>
    public async Task<JsonElement> ExemplarAsync(object subject, bool published = true)
    {
        var nominated = await DoneAsync("market-supervision.officer", "/api/exemplars", new { subject, source = "HonestEnterprise", deeds = "二十年足斤足两，主动召回问题批次。" });
        var path = $"/api/exemplars/{nominated.GetProperty("id").GetGuid()}";
        var approved = await DoneAsync("market-supervision.approver", $"{path}/decision", new { approve = true });
        return published ? await DoneAsync("market-supervision.officer", $"{path}/publication", new { channels = new[] { "区政府网站", "信用中国（济宁任城）" } }, 2) : approved;
    }

    public Task<List<CreditRecord>> RecordsAsync(Guid subject) =>
        Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.SubjectId == subject).ToListAsync());

    public async Task<JsonElement> ReadAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>(path);
    }

    public async Task<IReadOnlyList<JsonElement>> PublicAsync(string query)
    {
        using var anyone = host.Anonymous();
        return await Register.Entries.ListAsync(anyone, $"/odata/public/{query}");
    }

    public async Task<IReadOnlyList<JsonElement>> OfficialAsync(string user, string query)
    {
        using var client = await host.AsAsync(user);
        return await Register.Entries.ListAsync(client, $"/odata/official/{query}");
    }
}
