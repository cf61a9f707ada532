using System.Globalization;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.OData.Changes;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>
/// Where every answer of a set leaves through: from the cache when nothing has changed, by the fast lane when that can, by the full lane
/// else; with its tag, and 304 for who has it.
/// </summary>
internal sealed class Lanes(
    ReaderLane fastLane, RowStatements statements, AnswerCache cache, FeedMoments versions, StoreSources sources, TimeProvider clock,
    IConfiguration configuration, IHostEnvironment environment, FeedHeads? heads = null, FeedForm? form = null)
{
    private const string Header = "Credit-Lane";

    /// <summary>How long a public answer may be shown unasked: what must no longer be shown is gone from caches soon (X15).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // Which lane answered is told, and the full lane can be asked for, where developers and tests are among themselves.
    private readonly bool _open = environment.IsDevelopment() || configuration.GetValue("Feeds:ShowLane", defaultValue: false);

    /// <summary>Sends a public answer that was kept, before the question is even parsed; false when there is none, or something has changed since.</summary>
    public async Task<bool> TrySendKeptAsync(HttpContext context, string path)
    {
        if (IsFullForced(context) || cache.Find(new("", QuestionOf(context.Request, Surface.Public, path))) is not { } kept)
        {
            return false;
        }

        var told = await PublicPositionAsync(context);
        var seen = await versions.ReadAsync();
        if (kept.Marks != seen.Marks || kept.Day != seen.Day)
        {
            return false;
        }

        Tell(context, "kept");
        await DeliverAsync(context, Surface.Public, kept.Answer, kept.Of?.Number ?? told, kept.Of);
        return true;
    }

    /// <summary>
    /// False while the ledger may soon offer more to the same question though nothing changes: a list without links to changes, or whose further pages are
    /// of no one state, is not to be kept when the ledger merely has not come to this day yet. Asked before either is tried.
    /// </summary>
    public async ValueTask<bool> IsLastingAsync(HttpContext context, QueryableSet set, SetRequest request) =>
        set.Followed is not { } followed || heads is null || form is null || (!request.TrackChanges && await heads.KnownAsync(context.RequestAborted) is { } view
            && view.HeadOf(set.Surface == Surface.Public).Day == clock.Today() && await form.IsKeptAsync(view, followed, context.RequestAborted));

    /// <summary>Sends what is asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set.</param>
    /// <param name="path">Path from the root of the surface.</param>
    /// <param name="asked">The address asked for.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="applied">Preferences it honours.</param>
    /// <param name="full">Answers by the full lane.</param>
    /// <param name="pinned">The one state that the pages of the list are of; null when each is of its own moment.</param>
    /// <param name="lasting">What is answered is all that the question would be answered with as long as nothing changes.</param>
    public async Task SendAsync(
        HttpContext context, QueryableSet set, string path, Asked asked, BoundQuery query, string? applied, Func<Asked, BoundQuery, Task<Answer>> full, Pinned? pinned, bool lasting)
    {
        var forced = IsFullForced(context);
        var isPublic = set.Surface == Surface.Public;
        var told = isPublic ? await PublicPositionAsync(context) : 0;
        var scope = set.Fast?.ScopeOf(context.RequestServices);
        var statement = set.Fast is { } fast ? await statements.OfAsync(fast, scope!, context.RequestServices, context.RequestAborted) : null;
        // Official rows on the way are the caller's own: they are in no answer that is kept for a scope of other rows.
        var keeps = statement?.Marked == true && cache.Keeps && !forced && !AsksTheTime(context.Request, path) && lasting && (isPublic || query.Expand.Count == 0);
        var key = new AnswerCache.Key(scope ?? "", QuestionOf(context.Request, set.Surface, path));
        if (keeps && (!isPublic || scope!.Length > 0) && cache.Find(key) is { } kept && await versions.ReadAsync() is var seen && kept.Marks == seen.Marks && kept.Day == seen.Day)
        {
            Tell(context, "kept");
            await DeliverAsync(context, set.Surface, kept.Answer, kept.Of?.PlaceOn(isPublic) ?? (isPublic ? told : seen.Position), kept.Of);
            return;
        }

        var day = clock.Today();
        var (answer, version, ofItsOwn, _, of) = pinned is null
            ? await MakeAsync(context, set, asked, query, forced ? null : statement, full)
            : await MakeOfStateAsync(context, set, asked, pinned, forced ? null : statement, full);
        if (!ReferenceEquals(answer, Answer.Nothing))
        {
            answer = answer with { Tag = answer.Tag ?? EntityTags.Of(answer.Body.Span), Applied = applied };
        }

        using var lent = answer.Lent;
        if (keeps && ofItsOwn && version.Day == day && day == clock.Today() && cache.Admits(key, answer.Body.Length))
        {
            cache.Keep(key, new(answer.Owned(), version.Marks, day, of));
        }

        await DeliverAsync(context, set.Surface, answer, of?.PlaceOn(isPublic) ?? (isPublic ? told : version.Position), of);
    }

    // What the fast lane reads is the newest state of the ledger while nothing was written since its last look; of what the full lane reads the moment is not
    // known so well.
    private async Task<Made> MakeOfStateAsync(HttpContext context, QueryableSet set, Asked asked, Pinned pinned, RowStatement? statement, Func<Asked, BoundQuery, Task<Answer>> full)
    {
        if (pinned.Newest is { } newest)
        {
            var reading = asked with { Continued = new(), AsOf = Pinned.AsOf(pinned.At, set.Surface == Surface.Public) };
            var made = await MakeAsync(context, set, reading, pinned.Query, statement, full);
            if (pinned.First && !reading.Continued.Is)
            {
                return made;
            }

            if (made.Exact && made.Version.Day == pinned.At.Day && await pinned.IsStillAsync(newest, made.Version.Marks))
            {
                return made with { Of = pinned.At };
            }

            made.Answer.Lent?.Dispose();
        }

        return await pinned.FromLedger() is var (answer, at)
            ? new(answer, new("", null, 0), OfItsOwn: false, Exact: false, at)
            : await MakeAsync(context, set, asked, pinned.Query, statement, full);
    }

    /// <summary>An answer with what is known of it.</summary>
    /// <param name="Answer">The answer.</param>
    /// <param name="Version">Version of the data it was made of, at least.</param>
    /// <param name="OfItsOwn">Only tables that mark their changes are in it.</param>
    /// <param name="Exact">It was made of that version and of no later one.</param>
    /// <param name="Of">The state of the ledger that it is.</param>
    private sealed record Made(Answer Answer, FeedMoment Version, bool OfItsOwn, bool Exact, FeedPass? Of = null);

    // An answer that compares with the present instant is old at once; in the path only a condition can.
    private static bool AsksTheTime(HttpRequest request, string path) =>
        SaysNow(request.QueryString.Value ?? "") || (Uri.UnescapeDataString(path).Contains('(', StringComparison.Ordinal) && SaysNow(path));

    private static bool SaysNow(string text) => Uri.UnescapeDataString(text).Contains("now", StringComparison.OrdinalIgnoreCase);

    // Of its own are rows of the set alone, or of sets of the public, whose tables all mark their changes. What the official surface shows
    // of other sets on the way may rest on tables that mark nothing.
    private async Task<Made> MakeAsync(
        HttpContext context, QueryableSet set, Asked asked, BoundQuery query, RowStatement? statement, Func<Asked, BoundQuery, Task<Answer>> full)
    {
        if (statement is not null && FastQuery.Of(query) is { } plain && await TargetsAsync(context, set, plain) is { } targets
            && await fastLane.TryReadAsync(
                set.Fast!, statement, targets, plain, Frame.Of(query, set.Name, asked), await WrittenAsync(context, set), context.RequestAborted) is { } read)
        {
            heads?.Saw(read.Version.Marks);
            Tell(context, "fast");
            return new(read.Answer, read.Version, targets.TrueForAll(target => target.Marked), Exact: true);
        }

        // The version is read first: the answer may then know more than it claims, never less.
        var version = await versions.ReadAsync();
        Tell(context, "full");
        return new(await full(asked, query), version, set.Surface == Surface.Public, Exact: false);
    }

    /// <summary>Where the rows of a public set are written down whole as they are now, as far as anybody saw; what is read tells for sure. Null where they are not.</summary>
    private async ValueTask<WrittenRows?> WrittenAsync(HttpContext context, QueryableSet set) =>
        set is { Surface: Surface.Public, Followed: { } followed } && heads is not null && form is not null && await heads.StandingAsync(context.RequestAborted) is { } view
        && view.Latest.Day == clock.Today() && await form.IsKeptAsync(view, followed, context.RequestAborted)
            ? new(followed.Id, view.Latest)
            : null;

    /// <summary>Rows of the sets that ways lead to; null when one of them is not for the fast lane, or read with other rights.</summary>
    private async Task<List<RowStatement>?> TargetsAsync(HttpContext context, QueryableSet from, FastQuery query)
    {
        List<RowStatement> targets = [];
        foreach (var target in query.Expand.Select(way => way.Target.Fast!))
        {
            if (target.SourceOf(sources) != from.Fast!.SourceOf(sources)
                || await statements.OfAsync(target, target.ScopeOf(context.RequestServices), context.RequestServices, context.RequestAborted) is not { } rows)
            {
                return null;
            }

            targets.Add(rows);
        }

        return targets;
    }

    private async Task DeliverAsync(HttpContext context, Surface surface, Answer answer, long position, FeedPass? of)
    {
        var headers = context.Response.Headers;
        var now = clock.GetUtcNow();
        headers["Credit-Position"] = position.ToString(CultureInfo.InvariantCulture);
        headers["Credit-As-Of"] = (of?.AsOf ?? now).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var caching = surface == Surface.Public ? $"public, max-age={(int)Math.Min(Longest.TotalSeconds, (CivilClock.StartOf(CivilClock.Day(now).AddDays(1)) - now).TotalSeconds)}" : "private, no-cache";
        if (answer.Tag is { } tag)
        {
            headers.ETag = tag;
            if (!Meets(context.Request.Headers.IfMatch, tag))
            {
                headers.Remove("ETag");
                throw new QueryRefusedException(412, "stale-version", "If-Match", "内容已经变化。", "What is shown has changed since.");
            }

            if (Matches(context.Request.Headers.IfNoneMatch, tag))
            {
                await Answers.SendAsync(context, StatusCodes.Status304NotModified, answer, caching);
                return;
            }
        }

        await Answers.SendAsync(context, StatusCodes.Status200OK, answer, caching);
    }

    // Taken before the rows are read: they are of this state or of a later one, and who goes on from it misses nothing. Of the length of the log the public
    // learns nothing: hidden changes are not to be counted by who may not see them (X12).
    private async ValueTask<long> PublicPositionAsync(HttpContext context) =>
        heads is not null && await heads.CurrentAsync(context.RequestAborted) is { } view ? view.Public.Number : 0;

    private void Tell(HttpContext context, string lane)
    {
        if (_open)
        {
            context.Response.Headers[Header] = lane;
        }
    }

    private bool IsFullForced(HttpContext context) => _open && context.Request.Headers[Header] == "full";

    private static string QuestionOf(HttpRequest request, Surface surface, string path) => string.Join(
        '\n', surface, request.Scheme, request.Host.Value, path, request.QueryString.Value, request.Headers.Accept.ToString(), request.Headers["Prefer"].ToString(),
        request.Headers["OData-MaxVersion"].ToString());

    // A weak tag is never the same in the strong comparison that If-Match asks for (RFC 9110, 13.1.1).
    private static bool Meets(IReadOnlyCollection<string?> wanted, string tag) =>
        wanted.Count == 0 || wanted.SelectMany(header => (header ?? "").Split(',')).Select(each => each.Trim()).Any(each => each == "*" || each == tag);

    private static bool Matches(IEnumerable<string?> known, string tag) =>
        known.SelectMany(header => (header ?? "").Split(',')).Select(each => each.Trim()).Any(each => each == "*" || each == tag || each == "W/" + tag);
}
