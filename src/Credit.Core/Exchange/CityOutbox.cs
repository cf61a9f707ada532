using System.Text.Json;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>One step of joint reward and punishment as the city platform gets it.</summary>
/// <param name="Position">Position in the log: each step has one, for ever, and later steps have higher ones.</param>
/// <param name="At">Instant of the step, UTC.</param>
/// <param name="Step">Wire name of what happened, as in the catalogue of events.</param>
/// <param name="CorrelationId">The entry, or warning, that started it all: the same in initiation, response, feedback and stop.</param>
/// <param name="List">Red, black, watch or warning.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Key of the recognising department; empty for a warning, which nobody recognises.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="SubjectName">Its name; null when the entry may not be published.</param>
/// <param name="SubjectCode">Unified code, or mask of a natural person; null when the entry may not be published.</param>
/// <param name="Announcement">What happened, with its own fields.</param>
/// <param name="PersonName">Surname of the person held to account, in steps about one; null in others, and once the item is deleted.</param>
/// <param name="PersonMask">Masked identifier of that person.</param>
internal sealed record CityStep(
    long Position, DateTimeOffset At, string Step, Guid CorrelationId, string List, string Domain, string Recogniser, Guid SubjectId, string? SubjectName,
    string? SubjectCode, JsonElement Announcement, string? PersonName, string? PersonMask);

/// <summary>
/// What the city platform's 联合奖惩子系统 is told (R-3.5.1.a): a view of the register log, so it holds each committed step
/// exactly once and in order, and nothing that was rolled back. How far the city has read is a cursor like any reaction's.
/// </summary>
internal static class CityOutbox
{
    /// <summary>Name of the city's cursor.</summary>
    public const string Cursor = "exchange/city";

    /// <summary>Steps on one page.</summary>
    public const int PageSize = 500;

    /// <summary>Recognition to exit, who is held to account (R-3.4.6.b), and every step of a measure; proposals and doubts stay in the district.</summary>
    public static readonly string[] Steps =
    [
        "list-entry.recognised.v1", "list-entry.published.v1", "list-entry.verifying.v1", "list-entry.confirmed.v1", "list-entry.exited.v1",
        "accountability.started.v1", "accountability.ended.v1",
        "list-entry.exit-announced.v1", "warning.begun.v1", "warning.adjusted.v1", "warning.ended.v1", "measure-task.dispatched.v1", "measure-task.moved.v1",
        "measure-task.suspended.v1", "measure-task.resumed.v1", "measure-task.stop-requested.v1", "feedback.reported.v1", "reparation.ordered.v1", "reparation.moved.v1",
    ];

    /// <summary>The steps after this position, in order.</summary>
    public static async Task<IReadOnlyList<CityStep>> ReadAsync(CreditDbContext db, long after, CancellationToken cancel)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT p.position, e.recorded_at, e.wire_name, e.payload::text AS payload, l.id AS entry_id, l.list, l.domain, l.recogniser, l.subject_id,
              CASE WHEN l.publishable THEN l.subject_name END AS subject_name,
              CASE WHEN l.publishable THEN coalesce(l.subject_code, l.subject_mask) END AS subject_code,
              CASE WHEN i.person_name <> '' THEN pub.public_name(i.person_name, true) END AS person_name, i.person_mask
            FROM core.register_position p
            JOIN core.register_entry e ON e.id = p.entry_id
            LEFT JOIN core.accountability_item i ON i.id = (e.payload->>'itemId')::uuid
            JOIN (
              SELECT id, list, domain, recogniser, subject_id, publishable, subject_name, subject_code, subject_mask FROM core.list_entry
              UNION ALL
              SELECT id, 'Warning', array_to_string(domains, '、'), '', subject_id, public_last_day IS NOT NULL, subject_name, subject_code, subject_mask
              FROM core.warning_entry
            ) l ON l.id = coalesce(e.payload->>'entryId', e.payload->>'warningId')::uuid
            WHERE p.position > {after} AND e.wire_name = ANY ({Steps})
            ORDER BY p.position LIMIT {PageSize}
            """).ToListAsync(cancel);
        return [.. rows.Select(row => new CityStep(
            row.Position, row.RecordedAt, row.WireName, row.EntryId, row.List, row.Domain, row.Recogniser, row.SubjectId, row.SubjectName, row.SubjectCode,
            JsonElement.Parse(row.Payload), row.PersonName, row.PersonMask))];
    }

    private sealed record Row(
        long Position, DateTimeOffset RecordedAt, string WireName, string Payload, Guid EntryId, string List, string Domain, string Recogniser, Guid SubjectId,
        string? SubjectName, string? SubjectCode, string? PersonName, string? PersonMask);
}
