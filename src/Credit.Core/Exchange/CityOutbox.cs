using System.Text.Json;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>One step of joint reward and punishment, or another report upward, as the city platform gets it.</summary>
/// <param name="Position">Position in the log: each step has one, for ever, and later steps have higher ones.</param>
/// <param name="At">Instant of the step, UTC.</param>
/// <param name="Step">Wire name of what happened, as in the catalogue of events.</param>
/// <param name="CorrelationId">The entry that started it all, the same in initiation, response, feedback and stop; else what the step is about.</param>
/// <param name="List">Red, black, watch or warning; null where none is concerned.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Key of the recognising department; empty for a warning, which nobody recognises.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="SubjectName">Its name; null when the entry may not be published.</param>
/// <param name="SubjectCode">Unified code, or mask of a natural person; null when the entry may not be published.</param>
/// <param name="Announcement">What happened, with its own fields.</param>
/// <param name="PersonName">Surname of the person held to account, in steps about one; null in others, and once the item is deleted.</param>
/// <param name="PersonMask">Masked identifier of that person.</param>
/// <param name="Content">The case, progress report or cross-region request itself; null on other steps.</param>
internal sealed record CityStep(
    long Position, DateTimeOffset At, string Step, Guid CorrelationId, string? List, string? Domain, string? Recogniser, Guid? SubjectId, string? SubjectName,
    string? SubjectCode, JsonElement Announcement, string? PersonName, string? PersonMask, JsonElement? Content);

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

    /// <summary>Recognition to exit, who is held to account (R-3.4.6.b), warnings (R-3.5.5.e), and every step of a measure; approved cases and progress with them; proposals and doubts stay in the district.</summary>
    public static readonly string[] Steps =
    [
        "list-entry.recognised.v1", "list-entry.published.v1", "list-entry.verifying.v1", "list-entry.confirmed.v1", "list-entry.term-carried.v1", "list-entry.exited.v1",
        "list-entry.exit-announced.v1", "measure-task.dispatched.v1", "measure-task.moved.v1", "measure-task.suspended.v1",
        "measure-task.resumed.v1", "measure-task.stop-requested.v1", "feedback.reported.v1", "reparation.ordered.v1", "reparation.moved.v1",
        "case.moved.v1", "progress-report.submitted.v1",
    ];

    /// <summary>Families of wire names that go upward as a whole.</summary>
    public static readonly string[] Families = ["cross-region-request.", "accountability.", "warning."];

    /// <summary>The steps after this position, in order.</summary>
    public static async Task<IReadOnlyList<CityStep>> ReadAsync(CreditDbContext db, long after, CancellationToken cancel, int most = PageSize)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT step.position, step.recorded_at, step.wire_name, step.payload, step.correlation_id, l.list, l.domain, l.recogniser, step.subject_id,
              CASE WHEN l.publishable THEN l.subject_name END AS subject_name,
              CASE WHEN l.publishable THEN coalesce(l.subject_code, l.subject_mask) END AS subject_code,
              CASE WHEN i.person_name <> '' THEN pub.public_name(i.person_name, true) END AS person_name, i.person_mask,
              step.content
            FROM core.city_steps({after}, NULL, {Steps}, {Families}) AS step
            LEFT JOIN core.accountability_item i ON i.id = (step.payload::jsonb->>'itemId')::uuid
            LEFT JOIN (
              SELECT id, list, domain, recogniser, publishable, subject_name, subject_code, subject_mask FROM core.list_entry
              UNION ALL
              SELECT id, 'Warning', array_to_string(domains, '、'), '', public_last_day IS NOT NULL, subject_name, subject_code, subject_mask FROM core.warning_entry
            ) l ON l.id = step.correlation_id
            ORDER BY step.position LIMIT {most}
            """).ToListAsync(cancel);
        return [.. rows.Select(row => new CityStep(
            row.Position, row.RecordedAt, row.WireName, row.CorrelationId, row.List, row.Domain, row.Recogniser, row.SubjectId, row.SubjectName, row.SubjectCode,
            JsonElement.Parse(row.Payload), row.PersonName, row.PersonMask, row.Content is null ? null : JsonElement.Parse(row.Content)))];
    }

    private sealed record Row(
        long Position, DateTimeOffset RecordedAt, string WireName, string Payload, Guid CorrelationId, string? List, string? Domain, string? Recogniser,
        Guid? SubjectId, string? SubjectName, string? SubjectCode, string? PersonName, string? PersonMask, string? Content);
}
