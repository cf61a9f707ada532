using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Receipts;

/// <summary>An aggregate as the log had it at a position: its changes up to there, folded (I82).</summary>
/// <param name="Id">The aggregate.</param>
/// <param name="Fields">Its fields by name, as the log holds them.</param>
internal sealed record FoldedState(Guid Id, JsonObject Fields)
{
    /// <summary>The field; the default of its type where it is null.</summary>
    /// <exception cref="RetainedNoMoreException">The field was taken out of the log when its retention was over.</exception>
    public T? Get<T>(string name) => Fields.TryGetPropertyValue(name, out var value)
        ? value is null ? default : value.Deserialize<T>(RegisterInterceptor.Json)
        : throw new RetainedNoMoreException();

    /// <summary>True when the field is this value of an enumeration, or one of several.</summary>
    public bool Is<T>(string name, params ReadOnlySpan<T> values)
        where T : struct, Enum => values.Contains(Get<T>(name));
}

/// <summary>What is asked about is gone from the log with its retention: the past can no longer be told, and nothing is guessed.</summary>
internal sealed class RetainedNoMoreException : Exception
{
    public RetainedNoMoreException()
        : base("A field of the past was removed after its retention.")
    {
    }

    public RetainedNoMoreException(string message)
        : base(message)
    {
    }

    public RetainedNoMoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Folds what the log says up to a position.</summary>
internal static class FoldedStates
{
    /// <summary>The aggregates as they were; those that came later are absent.</summary>
    /// <param name="db">The register.</param>
    /// <param name="kind">Kind of aggregate, as the log names it.</param>
    /// <param name="ids">Which ones.</param>
    /// <param name="position">Last position that counts.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<IReadOnlyList<FoldedState>> FoldAsync(
        this CreditDbContext db, string kind, IReadOnlyCollection<Guid> ids, long position, CancellationToken cancel)
    {
        var changes = await (
            from place in db.RegisterPositions
            join entry in db.RegisterEntries on place.EntryId equals entry.Id
            where place.Position <= position && ids.Contains(entry.AggregateId) && entry.Kind == kind
            orderby place.Position
            select new { entry.AggregateId, entry.Changes }).AsNoTracking().ToListAsync(cancel);
        return [.. changes.GroupBy(change => change.AggregateId).Select(own => new FoldedState(own.Key, Fold(own.Select(change => change.Changes))))];
    }

    // Fields are replaced; parts are replaced by their Id.
    private static JsonObject Fold(IEnumerable<string> changes)
    {
        var state = new JsonObject();
        foreach (var (name, value) in changes.SelectMany(change => JsonNode.Parse(change)!.AsObject().ToArray()))
        {
            state[name] = state[name] is JsonArray before && value is JsonArray after && HasParts(before) && HasParts(after)
                ? new JsonArray([.. before.Concat(after).GroupBy(part => (string)part!["Id"]!).Select(same => same.Last()!.DeepClone())])
                : value?.DeepClone();
        }

        return state;
    }

    private static bool HasParts(JsonArray items) => items.Count > 0 && items.All(item => item is JsonObject fields && fields.ContainsKey("Id"));
}
