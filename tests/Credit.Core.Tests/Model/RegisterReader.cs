using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Model;

/// <summary>Reads the register log on, in the order of its positions, as the announcements it was written from.</summary>
internal sealed class RegisterReader(HostFixture host)
{
    private static readonly Dictionary<string, Type> Types = WireNames.All.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    private long _place;

    /// <summary>What was announced since the last look, with the aggregate that announced it.</summary>
    public async Task<IReadOnlyList<(Guid Aggregate, object Announcement)>> ReadOnAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var rows = await (
            from position in db.RegisterPositions.AsNoTracking()
            join entry in db.RegisterEntries.AsNoTracking() on position.EntryId equals entry.Id
            where position.Position > _place
            orderby position.Position
            select new { position.Position, entry.AggregateId, entry.WireName, entry.Payload }).ToListAsync();
        _place = rows.Count > 0 ? rows[^1].Position : _place;
        return [.. rows.Where(row => Types.ContainsKey(row.WireName)).Select(row => (row.AggregateId, JsonSerializer.Deserialize(row.Payload, Types[row.WireName], RegisterInterceptor.Json)!))];
    }
}
