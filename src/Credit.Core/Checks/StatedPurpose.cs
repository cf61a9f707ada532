using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>
/// What non-public credit information is asked for, from <c>Credit-Purpose</c> (R-3.1.5.a). Take it as a parameter of the handler; the
/// documents then show the header. A subject that reads what is its own states none.
/// </summary>
/// <param name="Purpose">The purpose; null for a subject.</param>
internal sealed record StatedPurpose(QueryPurpose? Purpose)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Credit-Purpose";

    /// <summary>What is said to whoever states none.</summary>
    public static readonly Refusal Missing = new(
        "query-purpose-missing", "请在 Credit-Purpose 中写明查询目的。", "State the purpose of the query in Credit-Purpose.", Clause.R("3.1.5.a"));

    private static readonly Refusal Unknown = new(
        "query-purpose-unknown", "没有该查询目的。", "There is no such purpose.", Clause.R("3.1.5.a"));

    /// <summary>Reads the header, or says what is wrong with it.</summary>
    public static (QueryPurpose? Purpose, Refusal? Refusal) Read(HttpRequest request) => request.Headers[Header] switch
    {
        { Count: 0 } or [null or ""] => (null, Missing),
        [{ } named] when Enum.TryParse<QueryPurpose>(named, out var purpose) && Enum.IsDefined(purpose) && char.IsAsciiLetter(named[0]) => (purpose, null),
        _ => (null, Unknown),
    };

    /// <summary>HTTP status of a refusal of this class.</summary>
    public static int StatusOf(Refusal refusal) =>
        refusal.Code == Missing.Code ? StatusCodes.Status428PreconditionRequired : StatusCodes.Status400BadRequest;

    /// <summary>Reads the header for a handler.</summary>
    public static ValueTask<StatedPurpose> BindAsync(HttpContext context)
    {
        if (new Caller(context.User).SubjectId is not null)
        {
            return ValueTask.FromResult(new StatedPurpose((QueryPurpose?)null));
        }

        var (purpose, refusal) = Read(context.Request);
        if (refusal is null)
        {
            return ValueTask.FromResult(new StatedPurpose(purpose));
        }

        context.Features.Set<Refused>(new(refusal.Code, [new ProblemError(refusal.Code, null, refusal.Clause.ToString(), refusal.Chinese, refusal.English)]));
        throw new BadHttpRequestException(refusal.English, StatusOf(refusal));
    }
}

/// <summary>That somebody asked for non-public credit information, and what for (R-3.1.5.a). Kept for ever; the query itself, which may name somebody, is not.</summary>
internal sealed class QueryTrace
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Instant, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Account or client.</summary>
    public required string Account { get; init; }

    /// <summary>Its department; null for those who have none.</summary>
    public string? Department { get; init; }

    public QueryPurpose Purpose { get; init; }

    /// <summary>Use case, or set of the official feed.</summary>
    public required string Resource { get; init; }

    /// <summary>Subject or entry asked for; null for a set.</summary>
    public Guid? AboutId { get; init; }
}

/// <summary>Writes the trace of a query, before it is answered.</summary>
internal static class QueryTraces
{
    /// <summary>Keeps the trace in a statement of its own. What has no purpose, a subject reading its own record, leaves none.</summary>
    public static Task TraceAsync(
        this CreditDbContext db, Caller caller, TimeProvider clock, QueryPurpose? purpose, string resource, Guid? about, CancellationToken cancel) => purpose is { } stated
        ? db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO core.query_trace (id, asked_at, account, department, purpose, resource, about_id)
            VALUES ({Guid.CreateVersion7()}, {clock.GetUtcNow()}, {caller.User}, {caller.Department}, {stated.ToString()}, {resource}, {about})
            """,
            cancel)
        : Task.CompletedTask;
}
