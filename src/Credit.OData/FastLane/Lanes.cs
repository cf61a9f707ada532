using System.Globalization;
using Credit.Abstractions;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>An answer just made.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Version">Version of the data it was read on; null when it did not read one.</param>
internal sealed record MadeAnswer(Answer Answer, DataVersion? Version = null);

/// <summary>
/// Where every answer of a set leaves through: from the cache when nothing has changed, by the fast lane when that can, by the full lane
/// else; with its tag, and 304 for who has it.
/// </summary>
internal sealed class Lanes(
    FastLane fast, BaseStatements statements, AnswerCache cache, DataVersions versions, StoreSources sources, TimeProvider clock,
    IConfiguration configuration, IHostEnvironment environment)
{
    private const string Header = "Credit-Lane";

    /// <summary>How long a public answer may be shown unasked: what must no longer be shown is gone from caches soon (X15).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // Which lane answered is told, and the full lane can be asked for, where developers and tests are among themselves.
    private readonly bool _open = environment.IsDevelopment() || configuration.GetValue("Feeds:ShowLane", defaultValue: false);

    private (DateOnly Day, long Position)? _before;

    /// <summary>Sends what is asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set; null for one whose rows are another's code, and never kept.</param>
    /// <param name="make">Makes the answer.</param>
    public async Task SendAsync(HttpContext context, FastSet? set, Func<Task<MadeAnswer>> make)
    {
        var forced = IsFullForced(context);
        var statement = set is null ? null : await statements.OfAsync(set, set.ScopeOf(context.RequestServices), context.RequestServices, context.RequestAborted);
        if (set is null || statement?.Marked != true || !cache.Keeps || forced)
        {
            var plain = await make();
            await DeliverAsync(context, set, plain.Answer, plain.Version ?? await versions.ReadAsync());
            return;
        }

        var key = new AnswerCache.Key(set.ScopeOf(context.RequestServices), QuestionOf(context.Request));
        var kept = cache.Find(key);
        var seen = kept is null ? null : await versions.ReadAsync();
        if (kept is not null && kept.Marks == seen!.Marks && kept.Day == seen.Day)
        {
            await DeliverAsync(context, set, kept.Answer, seen);
            return;
        }

        var day = clock.Today();
        var made = await make();
        if (made.Version is { Day: { } of } version && of == day && day == clock.Today())
        {
            cache.Keep(key, new(made.Answer, version.Marks, of));
        }

        await DeliverAsync(context, set, made.Answer, made.Version ?? await versions.ReadAsync());
    }

    /// <summary>Answers by the fast lane, or by the full one where the query is not for it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set.</param>
    /// <param name="query">What is asked, as far as the fast lane knows it; null when it does not.</param>
    /// <param name="frame">What frames the rows of a list.</param>
    /// <param name="full">Answers by the full lane.</param>
    public async Task<MadeAnswer> MakeAsync(HttpContext context, FastSet set, FastQuery? query, Frame frame, Func<Task<Answer>> full)
    {
        if (query is not null && !IsFullForced(context)
            && await statements.OfAsync(set, set.ScopeOf(context.RequestServices), context.RequestServices, context.RequestAborted) is { } statement
            && await fast.TryReadAsync(set, statement, query, frame, context.RequestAborted) is { } read)
        {
            if (_open)
            {
                context.Response.Headers[Header] = "fast";
            }

            return new(read.Answer, read.Version);
        }

        // The version is read first: the answer may then know more than it claims, never less.
        var version = await versions.ReadAsync();
        return new(await full(), version);
    }

    private async Task DeliverAsync(HttpContext context, FastSet? set, Answer answer, DataVersion version)
    {
        var headers = context.Response.Headers;
        var now = clock.GetUtcNow();
        var position = set is { Surface: Surface.Public } ? await PublicPositionAsync(clock.Today()) : version.Position;
        headers["Credit-Position"] = position.ToString(CultureInfo.InvariantCulture);
        headers["Credit-As-Of"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        headers.Vary = set is { Surface: Surface.Public } ? "Accept, Prefer, OData-MaxVersion" : "Accept, Prefer, OData-MaxVersion, Authorization, Credit-Purpose";
        if (_open && !headers.ContainsKey(Header))
        {
            headers[Header] = "full";
        }

        var caching = set is { Surface: Surface.Public } ? $"public, max-age={(int)Math.Min(Longest.TotalSeconds, (CivilClock.StartOf(CivilClock.Day(now).AddDays(1)) - now).TotalSeconds)}" : "private, no-cache";
        if (answer.Tag is { } tag)
        {
            headers.ETag = tag;
            if (Matches(context.Request.Headers.IfNoneMatch, tag))
            {
                headers.CacheControl = caching;
                headers["OData-Version"] = "4.0";
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        await Answers.SendAsync(context, StatusCodes.Status200OK, answer, caching);
    }

    // Of the whole log the public learns how long it was when the day began: later changes are not to be counted by who may not see them (X12).
    private async Task<long> PublicPositionAsync(DateOnly today)
    {
        if (_before is { } known && known.Day == today)
        {
            return known.Position;
        }

        await using var command = sources.Official.CreateCommand(
            """
            SELECT p.position FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id
            WHERE e.recorded_at < $1 ORDER BY p.position DESC LIMIT 1
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = CivilClock.StartOf(today).UtcDateTime });
        var position = await command.ExecuteScalarAsync() as long? ?? 0;
        _before = (today, position);
        return position;
    }

    private bool IsFullForced(HttpContext context) => _open && context.Request.Headers[Header] == "full";

    private static string QuestionOf(HttpRequest request) => string.Join(
        '\n', request.Scheme, request.Host.Value, request.Path.Value, request.QueryString.Value, request.Headers.Accept.ToString(), request.Headers["Prefer"].ToString(),
        request.Headers["OData-MaxVersion"].ToString());

    private static bool Matches(IEnumerable<string?> known, string tag) =>
        known.SelectMany(header => (header ?? "").Split(',')).Select(each => each.Trim()).Any(each => each == "*" || each == tag || each == "W/" + tag);
}
