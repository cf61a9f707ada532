using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData.Changes;

/// <summary>
/// Answers of a followed set that are as of a position: every page of a traversal the same one, so that the whole is the state at it; the last page of a
/// tracked one with a delta link; and what changed since such a link was given.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="shape">What it declares.</param>
/// <param name="ledger">Its versions.</param>
/// <param name="around">What conditions may lean on.</param>
/// <param name="lane">Answers for an address.</param>
internal sealed class Tracking<TSet, TRow>(FollowedSet<TSet, TRow> set, SetShape<TRow> shape, FeedLedger ledger, Surroundings around, Func<Asked, FullLane> lane)
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    /// <summary>Pages of one traversal come within this time of its first.</summary>
    public static readonly TimeSpan LongestTraversal = TimeSpan.FromHours(1);

    private const int MostSorted = 100_000;

    // A page of changes that concern nobody is given out empty after so many looks: what one request costs is bounded.
    private const int MostRounds = 8;

    /// <summary>Answers what rows of now cannot: what changed since, and pages of a tracked list. Null leaves it to the lanes.</summary>
    public async Task<Answer?> AnswerAsync(HttpContext context, SetRequest request, Asked asked, BoundQuery query)
    {
        if (request.DeltaToken is { } token)
        {
            return await DeltaAsync(context, asked, request, query, token);
        }

        if (PageTokens.PartsOf(query.SkipToken) is ([.. var at, '.', 't'], var place))
        {
            return await PageAsync(context, asked, request, query with { SkipToken = place }, await TraversedAsync(context, PlaceOf(at)), tracked: true);
        }

        return request.TrackChanges && IsTrackable(query) && await UsableHeadAsync(context) is { } start && await IsCheapAsync(query, start, context.RequestAborted)
            ? await PageAsync(context, asked, request, query, start, tracked: true)
            : null;
    }

    /// <summary>How the pages of a list are made one state: those the lanes read are, as long as nothing was written since it; the others come from the ledger.</summary>
    public async Task<Pinned?> PinAsync(HttpContext context, SetRequest request, Asked asked, BoundQuery query)
    {
        if (!query.IsPlain || query.Shows != Shows.Rows || query.Key is not null || query.OnlyCount)
        {
            return null;
        }

        var services = context.RequestServices;
        var heads = services.GetRequiredService<FeedHeads>();
        var view = await heads.KnownAsync(context.RequestAborted);
        var newest = view is not null && view.HeadOf(IsPublic).Day == Today(services) && await IsKeptAsync(context, view) ? view : null;
        if (PageTokens.PartsOf(query.SkipToken) is ({ Length: > 0 } at, var place))
        {
            var position = PlaceOf(at);
            query = query with { SkipToken = place };
            if (newest is not null && newest.HeadOf(IsPublic).PlaceOn(IsPublic) != position)
            {
                newest = null;
            }

            var from = newest is null ? await TraversedAsync(context, position) : newest.HeadOf(IsPublic);
            if (!await IsCheapAsync(query, from, context.RequestAborted))
            {
                // Such a place is never given out.
                throw QueryRefusedException.Invalid("$skiptoken");
            }

            return new(query, from, newest, First: false, IsStillAsync, async () =>
            {
                from = newest is null ? from : await TraversedAsync(context, position);
                return (await PageAsync(context, asked, request, query, from, tracked: false), from);
            });
        }

        return query.SkipToken is null && newest is not null && await IsCheapAsync(query, newest.HeadOf(IsPublic), context.RequestAborted)
            ? new(query, newest.HeadOf(IsPublic), newest, First: true, IsStillAsync, async () =>
                await UsableHeadAsync(context) is { } head
                    ? (await PageAsync(context, asked, request, query, head, tracked: false), head)
                    : null)
            : null;

        async Task<bool> IsStillAsync(FeedView then, string marks) =>
            then.Latest.Marks == marks
            || (await heads.ReadAsync(context.RequestAborted) is { } now && now.Latest.Marks == marks && now.HeadOf(IsPublic).PlaceOn(IsPublic) == then.HeadOf(IsPublic).PlaceOn(IsPublic));
    }

    private static DateOnly Today(IServiceProvider services) => services.GetRequiredService<TimeProvider>().Today();

    private static long PlaceOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : throw QueryRefusedException.Invalid("$skiptoken");

    private static bool IsTrackable(BoundQuery query) => query is { IsPlain: true, Shows: Shows.Rows, Key: null, OnlyCount: false, SkipToken: null, Top: null, Skip: 0, Format.Kind: FormatKind.Json };

    private async Task<Answer> PageAsync(HttpContext context, Asked asked, SetRequest request, BoundQuery query, FeedPass at, bool tracked)
    {
        var reading = asked with { Continued = new(), AsOf = Pinned.AsOf(at, IsPublic) + (tracked ? ".t" : "") };
        var answer = await lane(reading).ReadAsync(set.At(context.RequestServices, at.Ordinal), query, context.RequestAborted);
        await RequireStillAsync(at, context);
        Stamp(context, at);
        answer = tracked ? answer with { Applied = $"{request.TrackSpelt}" } : answer;
        return tracked && !reading.Continued.Is ? WithDeltaLink(answer, query.Format, DeltaLink(context, asked, request, new(at.PlaceOn(IsPublic), 0, 0))) : answer;
    }

    private async Task<Answer> DeltaAsync(HttpContext context, Asked asked, SetRequest request, BoundQuery query, string token)
    {
        var (services, cancel) = (context.RequestServices, context.RequestAborted);
        if (services.GetRequiredService<FeedSeal>().OpenNumbers(UseOf(services, request), token) is not [var copy, var to, var given])
        {
            throw QueryRefusedException.Invalid("$deltatoken");
        }

        var place = new DeltaPlace(copy, to, given);
        var (from, head) = await EndsAsync(context, place);
        var row = Expression.Parameter(typeof(TRow), "row");
        var filter = query.Filter is { } clause
            ? Expression.Lambda<Func<TRow, bool>>(QueryBinder.Parsed("$filter", () => new Translator("$filter", around, row, shape).Condition(clause.Expression)), row)
            : null;
        var (after, more) = (Math.Max(place.After, from.Ordinal), true);
        List<(ChangedRow Version, string? Reason)> changes = [];
        for (var round = 0; more && changes.Count == 0 && round < MostRounds; round++)
        {
            var changed = await ledger.ChangedAsync([set.Id], after, head.Ordinal, query.Page, cancel);
            more = changed.Count == query.Page;
            after = changed.Count > 0 ? changed[^1].Ordinal : head.Ordinal;
            Guid[] keys = [.. changed.Select(version => version.Key)];
            var now = set.At(services, head.Ordinal, keys);

            // What was shown at any time since: a client that asks the same link twice may hold what came and went between the two answers.
            var shown = await set.KeysAsync(Met(now), cancel);
            var known = await set.HeldAsync(services, from.Ordinal, head.Ordinal, keys, Met, cancel);

            // A row that is still there for the caller left the filter; of any other the caller learns that it went, and no more.
            var there = filter is null ? shown : await set.KeysAsync(now, cancel);
            changes.AddRange(changed
                .Where(version => shown.Contains(version.Key) || known.Contains(version.Key))
                .Select(version => (version, shown.Contains(version.Key) ? null : there.Contains(version.Key) ? "changed" : "deleted")));
        }

        // Rows of others are in the ledger, too: nothing that may fail is tried on them.
        IQueryable<TRow> Met(IQueryable<TRow> rows) => filter is null ? rows : (around.Hazard.IsThere ? (IQueryable<TRow>)rows.Fenced() : rows).Where(filter);

        await RequireStillAsync(head, context);
        Stamp(context, head);
        var link = DeltaLink(context, asked, request, more ? new(from.PlaceOn(IsPublic), head.PlaceOn(IsPublic), after) : new(head.PlaceOn(IsPublic), 0, 0));
        return Write(asked, query, changes, query.Format.Control(more ? "nextLink" : "deltaLink"), link);
    }

    private Answer Write(Asked asked, BoundQuery query, IReadOnlyList<(ChangedRow Version, string? Reason)> changes, string relation, string link)
    {
        return Answers.Json(query.Format, json =>
        {
            json.WriteStartObject();
            json.WriteString(query.Format.Control("context"), $"{asked.Root}/$metadata#{query.Context}/$delta");
            json.WriteStartArray("value");
            foreach (var (version, reason) in changes)
            {
                json.WriteStartObject();
                if (reason is not null)
                {
                    json.WriteStartObject("@removed");
                    json.WriteString("reason", reason);
                    json.WriteEndObject();
                    json.WriteString("@id", $"{set.Name}({version.Key})");
                    json.WriteString(shape.KeyColumn!.Name, version.Key);
                }
                else
                {
                    using var row = JsonDocument.Parse(version.Row!.Value);
                    foreach (var column in query.Columns)
                    {
                        json.WritePropertyName(column.Name);
                        row.RootElement.GetProperty(column.Name).WriteTo(json);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString(relation, link);
            json.WriteEndObject();
        });
    }

    // Where the copy is, and where the answer leads.
    private async Task<(FeedPass From, FeedPass Head)> EndsAsync(HttpContext context, DeltaPlace place)
    {
        var from = await AtAsync(context, place.From) ?? throw Gone(context);
        var head = place.To == 0 ? await HeadAsync(context) : await AtAsync(context, place.To);
        return head is not null && (place.To == 0 || head.Day == Today(context.RequestServices)) ? (from, head) : throw Gone(context);
    }

    // A set that is formed anew while it is read leaves nothing of its earlier states: what was read may lack rows, and is not to be taken for the state.
    private async Task RequireStillAsync(FeedPass at, HttpContext context)
    {
        if (await ledger.AtAsync(at.PlaceOn(IsPublic), IsPublic, [set.Id], context.RequestAborted) is null)
        {
            throw Gone(context);
        }
    }

    private async Task<FeedPass> TraversedAsync(HttpContext context, long place)
    {
        var (clock, cancel) = (context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
        var at = await AtAsync(context, place);
        return at is not null && at.Day == clock.Today()
            && (await ledger.SupersededAsync(at.PlaceOn(IsPublic), IsPublic, cancel) is not { } ended || clock.GetUtcNow() - ended <= LongestTraversal)
            ? at
            : throw Gone(context);
    }

    private bool IsPublic => set.Surface == Surface.Public;

    // In the order of keys a page of versions costs what it shows. In another order, counted, or filtered by what few rows may meet, it costs the whole set: of
    // a large one such pages are each of their own moment.
    private async ValueTask<bool> IsCheapAsync(BoundQuery query, FeedPass head, CancellationToken cancel) =>
        (query.Order[0].Column == shape.KeyColumn && !query.Count && query.Filter is null) || await ledger.RowCountAsync(set.Id, head.Position, cancel) <= MostSorted;

    // The newest state, if it shows what today is to show.
    private async Task<FeedPass?> UsableHeadAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<FeedHeads>().CurrentAsync(context.RequestAborted) is { } view
            && view.HeadOf(IsPublic) is var head && head.Day == Today(context.RequestServices) && await IsKeptAsync(context, view) ? head : null;

    private ValueTask<bool> IsKeptAsync(HttpContext context, FeedView view) =>
        context.RequestServices.GetRequiredService<FeedForm>().IsKeptAsync(view, set, context.RequestAborted);

    // The state at a place, if it is of rows that this host formed, or an equal one.
    private async Task<FeedPass?> AtAsync(HttpContext context, long place)
    {
        var at = await ledger.AtAsync(place, IsPublic, [set.Id], context.RequestAborted);
        return at is null || (await context.RequestServices.GetRequiredService<FeedHeads>().CurrentAsync(context.RequestAborted) is { } view && await IsKeptAsync(context, view))
            ? at
            : throw Unavailable(context, "$skiptoken");
    }

    private async Task<FeedPass> HeadAsync(HttpContext context) => await UsableHeadAsync(context) ?? throw Unavailable(context, "$deltatoken");

    private static QueryRefusedException Unavailable(HttpContext context, string option)
    {
        context.Response.Headers.RetryAfter = "1";
        return new(503, "feed-unavailable", option, "数据集正在整理当日内容，请稍后重试。", "The feed is being brought to the present day: try again in a moment.");
    }

    private QueryRefusedException Gone(HttpContext context)
    {
        if (set.Surface == Surface.Public)
        {
            context.Response.Headers.Append("Link", $"</bulk/{set.Name}>; rel=\"snapshot\"");
        }

        return new(410, "feed-position-gone", "$skiptoken", "该位置的数据已不再保留，请重新开始或下载完整文件。", "That position is no longer kept: start again, or take the snapshot.");
    }

    private string DeltaLink(HttpContext context, Asked asked, SetRequest request, DeltaPlace place)
    {
        var query = new Dictionary<string, string?>();
        if (request.Filter is { } filter)
        {
            query["$filter"] = filter;
        }

        if (request.Select is { } select)
        {
            query["$select"] = select;
        }

        query["$deltatoken"] = context.RequestServices.GetRequiredService<FeedSeal>().Seal(UseOf(context.RequestServices, request), place.From, place.To, place.After);
        return QueryHelpers.AddQueryString(asked.Address, query);
    }

    // Whoever asks for something else, or sees something else, cannot go on from here.
    private string UseOf(IServiceProvider services, SetRequest request)
    {
        var caller = set.Surface == Surface.Public ? null : services.GetRequiredService<Caller>();
        return string.Join('\n', "delta", set.Id, request.Filter, request.Select, caller?.User, caller?.Department, caller?.SeesAllDepartments);
    }

    private static Answer WithDeltaLink(Answer answer, AnswerFormat format, string link)
    {
        // The answer is whole and an object: the link becomes its last member.
        var body = answer.Body.Span;
        return answer with { Body = (byte[])[.. body[..^1], .. Encoding.UTF8.GetBytes($",\"{format.Control("deltaLink")}\":{JsonSerializer.Serialize(link, Relaxed)}}}")] };
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private void Stamp(HttpContext context, FeedPass at)
    {
        context.Response.Headers["Credit-Position"] = at.PlaceOn(IsPublic).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Credit-As-Of"] = at.AsOf.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}

/// <summary>A list whose pages are one state.</summary>
/// <param name="Query">What is asked, without the position in its place.</param>
/// <param name="At">The state.</param>
/// <param name="Newest">The ledger as remembered, where the state is its newest; then the rows of now may be it.</param>
/// <param name="First">It is the first page, and the only one unless it goes on.</param>
/// <param name="IsStillAsync">True when rows read at these marks are the newest state.</param>
/// <param name="FromLedger">The page as the ledger has it, and its state; null where that costs too much, and each page is of its own moment.</param>
internal sealed record Pinned(
    BoundQuery Query, FeedPass At, FeedView? Newest, bool First, Func<FeedView, string, Task<bool>> IsStillAsync, Func<Task<(Answer Answer, FeedPass At)?>> FromLedger)
{
    /// <summary>A position as tokens hold it.</summary>
    public static string AsOf(FeedPass at, bool isPublic) => at.PlaceOn(isPublic).ToString(CultureInfo.InvariantCulture);
}
