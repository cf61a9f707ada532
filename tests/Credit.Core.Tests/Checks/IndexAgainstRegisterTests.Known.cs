using Credit.Core.Checks;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Checks;

/// <summary>The same history looked at from its end: what was told at any position, the log tells again.</summary>
public sealed partial class IndexAgainstRegisterTests
{
    private readonly List<(HitQuestion Question, DateTimeOffset At, long Position, string Told)> _told = [];

    private async Task RememberAsync(Random chance)
    {
        var today = host.Clock.Today();
        var question = new HitQuestion(
            new CheckedMatter(MatterKind.Other, "任采〔2026〕1号", "资格审查"), Departments[chance.Next(Departments.Length)],
            chance.Next(3) == 0 ? today.AddDays(-chance.Next(1, 10)) : today, today);
        var told = await host.FromRegisterAsync(Everybody(), question);
        var (at, position) = (host.Clock.GetUtcNow(), System.Text.Json.JsonElement.Parse(told).GetProperty("position").GetInt64());
        _told.Add((question, at, position, told));

        // Position and instant belong together because a receipt states both: changes follow while the clock stands.
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        db.Add(new CheckReceipt
        {
            Number = CheckReceipt.NewNumber(question.Today),
            Code = CheckReceipt.NewCode(),
            Department = question.Department,
            Account = $"{question.Department}.officer",
            Purpose = QueryPurpose.Administration,
            Kind = question.Matter.Kind,
            Reference = question.Matter.Reference,
            Procedure = question.Matter.Procedure,
            AskedAt = at,
            Position = position,
        });
        await db.SaveChangesAsync();
    }

    private async Task ReplayAsync()
    {
        foreach (var (question, at, position, told) in _told)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var then = await scope.ServiceProvider.GetRequiredService<KnownRegister>().AtAsync(new KnownAt(position, at), question.Department, CancellationToken.None);
            then.Value.Today.ShouldBe(question.Today);
            (await IndexJourney.ToldAsync(host, then.Value.Source, Everybody(), question)).ShouldBe(told, $"position {position}");
        }

        _told.Select(each => each.Told).Distinct().Count().ShouldBeGreaterThan(_told.Count / 2, "the register changed meanwhile");
    }
}
