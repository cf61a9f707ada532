using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Oversight;

/// <summary>What people, and the register behind them, do with gaps.</summary>
internal sealed class GapJourney(GapHost host)
{
    public const string Lead = "development-reform.officer";

    public DateOnly Today => CivilClock.Day(host.Clock.GetUtcNow());

    public async Task<JsonElement> RunAsync()
    {
        await host.MakeAsync();
        using var client = await host.AsAsync(Lead);
        using var answer = await client.PostAsync(new Uri("/api/gaps/runs", UriKind.Relative), content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> ExplainAsync(string user, CreditGap gap, object body, int? version)
    {
        using var client = await host.AsAsync(user);
        if (version is { } seen)
        {
            client.DefaultRequestHeaders.Add("If-Match", $"\"v{seen}\"");
        }

        using var answer = await client.PostAsJsonAsync($"/api/gaps/{gap.Id}/explanation", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public static CheckReceipt Receipt(CreditGap gap, string number, DateOnly asked, string? department = null, MatterKind kind = MatterKind.Approval) =>
        Receipt(department ?? gap.Department, gap.SubjectId, number, asked, kind, "另案");

    public static CheckReceipt Receipt(string department, Guid subject, string number, DateOnly asked, MatterKind kind, string reference, params string[] lookups) => new()
    {
        Number = number,
        Code = CheckReceipt.NewCode(),
        Department = department,
        Account = "officer",
        Purpose = QueryPurpose.Administration,
        Kind = kind,
        Reference = reference,
        Procedure = "审核",
        AskedAt = CivilClock.StartOf(asked).AddHours(23),
        SubjectIds = [subject],
        Lookups = lookups,
        Verdict = "{}",
        VerdictHash = CheckReceipt.HashOf("{}"),
    };

    public Task<List<CreditGap>> GapsAsync(System.Linq.Expressions.Expression<Func<CreditGap, bool>> which) => ReadAsync(db => db.Gaps.AsNoTracking().Where(which).ToListAsync());

    public Task<CreditGap> GapAsync(Guid id) => ReadAsync(db => db.Gaps.AsNoTracking().SingleAsync(gap => gap.Id == id));

    public async Task<T> ReadAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    public Task AddAsync(params object[] rows) => ReadAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync();
    });
}
