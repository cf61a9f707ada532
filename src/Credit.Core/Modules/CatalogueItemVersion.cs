using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>An item of the catalogue as it read from a day on. Never changed or removed; a later version takes its place (I93).</summary>
internal sealed class CatalogueItemVersion
{
    /// <summary>Key of the item.</summary>
    public required string Key { get; init; }

    /// <summary>1, 2, 3 … for each key.</summary>
    public int Revision { get; init; }

    /// <summary>First day it read so.</summary>
    public DateOnly From { get; init; }

    /// <summary>Policy pack whose catalogue said so.</summary>
    public required string PolicyPack { get; init; }

    /// <summary>The item as JSON; null from the day on which it was no longer collected.</summary>
    public string? Content { get; init; }
}

/// <summary>Keeps what the catalogue said before it says something else.</summary>
internal static class CatalogueHistory
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Adds a version of each item that reads otherwise than its last one, or is gone. Nothing is saved yet.</summary>
    public static async Task KeepAsync(CreditDbContext db, PolicyPack pack, DateOnly today, CancellationToken cancel)
    {
        var last = (await db.CatalogueItemVersions.AsNoTracking().ToListAsync(cancel))
            .GroupBy(version => version.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.MaxBy(version => version.Revision)!, StringComparer.Ordinal);
        var now = pack.Catalogue.ToDictionary(item => item.Key, item => JsonSerializer.Serialize(item, Json), StringComparer.Ordinal);
        foreach (var key in now.Keys.Union(last.Keys, StringComparer.Ordinal))
        {
            var (before, content) = (last.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (before is null || before.Content != content)
            {
                db.Add(new CatalogueItemVersion { Key = key, Revision = (before?.Revision ?? 0) + 1, From = today, PolicyPack = pack.Name, Content = content });
            }
        }
    }
}
