using System.Text.Json.Nodes;
using Credit.Core.Store;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Receipts;

/// <summary>
/// Penalties that were known at a position. They are no aggregates: the log has the batch they came with, the row that waited until it was
/// released, and the correction that replaced a version (I86, I88).
/// </summary>
internal sealed class KnownPenalties(CreditDbContext db, long position)
{
    private const string Completed = "intake-batch.completed.v1";
    private const string Released = "intake-batch.rows-released.v1";
    private const string Corrected = "publicity-record.corrected.v1";

    /// <summary>The version in force then of each penalty of these subjects.</summary>
    public async Task<IReadOnlyList<Penalty>> FindAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancel)
    {
        var penalties = await db.Penalties.AsNoTracking().Where(penalty => penalty.SubjectId != null && subjects.Contains(penalty.SubjectId.Value)).ToListAsync(cancel);
        if (penalties.Count == 0)
        {
            return penalties;
        }

        var about = penalties.Select(penalty => penalty.BatchId).Concat(penalties.Select(penalty => penalty.Id)).Distinct().ToArray();
        var steps = await (
            from place in db.RegisterPositions
            join entry in db.RegisterEntries on place.EntryId equals entry.Id
            where about.Contains(entry.AggregateId) && (entry.WireName == Completed || entry.WireName == Released || entry.WireName == Corrected)
            select new { entry.AggregateId, entry.WireName, place.Position, entry.Changes }).AsNoTracking().ToListAsync(cancel);
        var completed = steps.Where(step => step.WireName == Completed).ToDictionary(step => step.AggregateId, step => step.Position);
        var corrected = steps.Where(step => step.WireName == Corrected).ToDictionary(step => step.AggregateId, step => step.Position);
        var released = steps.Where(step => step.WireName == Released)
            .SelectMany(step => JsonNode.Parse(step.Changes)!["Released"]!.AsArray(), (step, row) => (Row: (step.AggregateId, row!.GetValue<int>()), step.Position))
            .GroupBy(each => each.Row).ToDictionary(same => same.Key, same => same.Min(each => each.Position));

        // What has neither came in the moment before its batch gets its place: it is not known at any position yet.
        long Since(Penalty penalty) =>
            corrected.TryGetValue(penalty.Id, out var correction) ? correction
            : released.TryGetValue((penalty.BatchId, penalty.Row), out var release) ? release
            : completed.GetValueOrDefault(penalty.BatchId, long.MaxValue);

        return [.. penalties.Where(penalty => Since(penalty) <= position).GroupBy(penalty => penalty.NaturalKey).Select(versions => versions.MaxBy(penalty => penalty.Version)!)];
    }
}
