using System.Globalization;
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
internal sealed class Tracking<TSet, TRow>(FollowedSet<TSet, TRow> set, SetShape<TRow> shape)
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    /// <summary>Pages of one traversal come within this time of its first.</summary>
    public static readonly TimeSpan LongestTraversal = TimeSpan.FromHours(1);

    private const int MostSorted = 100_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer as of a position; null when the rows of now are the answer.</summary>
    public async Task<Answer?> AnswerAsync(HttpContext context, SetRequest request, Asked asked, BoundQuery query, FullLane<TRow> lane)
    {
        var (services, cancel) = (context.RequestServices, context.RequestAborted);
        if (services.GetService<FeedLedger>() is not { } ledger || query.Key is not null || query.OnlyCount)
        {
            return request.DeltaToken is null ? null : throw QueryRefusedException.Invalid("$deltatoken");
        }

        if (request.DeltaToken is { } token)
        {
            return await DeltaAsync(context, ledger, asked, request, query, token);
        }

        if (query.SkipToken?.Split('.') is [var place, var at, .. var mark])
        {
            var from = long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && mark is [] or ["t"]
                ? await TraversedAsync(context, ledger, position)
                : throw QueryRefusedException.Invalid("$skiptoken");
            return await PageAsync(context, asked, request, query with { SkipToken = place }, lane, from, tracked: mark is ["t"]);
        }

        if (request.TrackChanges && query is { SkipToken: null, Top: null, Skip: 0 } && await UsableHeadAsync(services, ledger, cancel) is { } start)
        {
            return await PageAsync(context, asked, request, query, lane, start, tracked: true);
        }

        if (query.SkipToken is not null)
        {
            return null;
        }

        // One page is the state of now. More of them would be states of different moments: they are as of one.
        var reading = asked with { Continued = new() };
        var now = await lane.ReadAsync(RowsOfNow(services), reading, query, cancel);
        return !reading.Continued.Is || await UsableHeadAsync(services, ledger, cancel) is not { } head || !await IsCheapAsync(ledger, query, head, cancel)
            ? now
            : await PageAsync(context, asked, request, query, lane, head, tracked: false);
    }

    private static IQueryable<TRow> RowsOfNow(IServiceProvider services) => services.GetRequiredService<TSet>().Rows();

    private static DateOnly Today(IServiceProvider services) => services.GetRequiredService<TimeProvider>().Today();

    private async Task<Answer> PageAsync(
        HttpContext context, Asked asked, SetRequest request, BoundQuery query, FullLane<TRow> lane, FeedPass at, bool tracked)
    {
        var reading = asked with { Continued = new(), AsOf = at.Position.ToString(CultureInfo.InvariantCulture) + (tracked ? ".t" : "") };
        var answer = await lane.ReadAsync(set.At(context.RequestServices, at.Ordinal), reading, query, context.RequestAborted);
        Stamp(context, at);
        if (tracked)
        {
            context.Response.Headers.Append("Preference-Applied", "odata.track-changes");
        }

        return tracked && !reading.Continued.Is ? WithDeltaLink(answer, DeltaLink(context, asked, request, new(at.Position, 0, 0))) : answer;
    }

    private async Task<Answer> DeltaAsync(HttpContext context, FeedLedger ledger, Asked asked, SetRequest request, BoundQuery query, string token)
    {
        var (services, cancel) = (context.RequestServices, context.RequestAborted);
        if (services.GetRequiredService<FeedSeal>().Open(token, QueryOf(services, request)) is not { } place)
        {
            throw QueryRefusedException.Invalid("$deltatoken");
        }

        var (from, head) = await EndsAsync(context, ledger, place);
        var filter = query.Filter is { } clause
            ? QueryBinder<TRow>.Parsed("$filter", () => new FilterTranslator<TRow>(shape.Filterable).Translate(clause))
            : null;
        var (after, more) = (Math.Max(place.After, from.Ordinal), true);
        List<(FeedVersion Version, string? Reason)> changes = [];
        while (more && changes.Count == 0)
        {
            var changed = await ledger.ChangedAsync([set.Id], after, head.Ordinal, query.Page, cancel);
            more = changed.Count == query.Page;
            after = changed.Count > 0 ? changed[^1].Ordinal : head.Ordinal;
            Guid[] keys = [.. changed.Select(version => version.Key)];
            var now = set.At(services, head.Ordinal, keys);

            // What was shown at any time since: a client that asks the same link twice may hold what came and went between the two answers.
            var before = set.Between(services, from.Ordinal, head.Ordinal, keys);
            var shown = await set.KeysAsync(filter is null ? now : now.Where(filter), cancel);
            var known = await set.KeysAsync(filter is null ? before : before.Where(filter), cancel);

            // A row that is still there for the caller left the filter; of any other the caller learns that it went, and no more.
            var there = filter is null ? shown : await set.KeysAsync(now, cancel);
            changes.AddRange(changed
                .Where(version => shown.Contains(version.Key) || known.Contains(version.Key))
                .Select(version => (version, shown.Contains(version.Key) ? null : there.Contains(version.Key) ? "changed" : "deleted")));
        }

        Stamp(context, head);
        var link = DeltaLink(context, asked, request, more ? new(from.Position, head.Position, after) : new(head.Position, 0, 0));
        return Write(asked, query, changes, more ? "@odata.nextLink" : "@odata.deltaLink", link);
    }

    private Answer Write(Asked asked, BoundQuery query, IReadOnlyList<(FeedVersion Version, string? Reason)> changes, string relation, string link)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", $"{asked.Root}/$metadata#{set.Name}/$delta");
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
                    using var row = JsonDocument.Parse(version.Row!);
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
        }

        return new("application/json; odata.metadata=minimal; charset=utf-8", buffer.WrittenMemory);
    }

    // Where the copy is, and where the answer leads.
    private async Task<(FeedPass From, FeedPass Head)> EndsAsync(HttpContext context, FeedLedger ledger, DeltaPlace place)
    {
        var cancel = context.RequestAborted;
        var since = (await ledger.SinceAsync(cancel)).GetValueOrDefault(set.Id, long.MaxValue);
        var from = place.From < since ? null : await ledger.AtAsync(place.From, cancel);
        var head = place.To == 0 ? await HeadAsync(context, ledger) : await ledger.AtAsync(place.To, cancel);
        return from is not null && head is not null && (place.To == 0 || head.Day == Today(context.RequestServices)) ? (from, head) : throw Gone(context);
    }

    private async Task<FeedPass> TraversedAsync(HttpContext context, FeedLedger ledger, long position)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var at = await ledger.AtAsync(position, context.RequestAborted);
        var since = (await ledger.SinceAsync(context.RequestAborted)).GetValueOrDefault(set.Id, long.MaxValue);
        return at is not null && position >= since && at.Day == clock.Today() && clock.GetUtcNow() - at.AsOf <= LongestTraversal ? at : throw Gone(context);
    }

    // In the order of keys a page of versions costs what it shows. In another order, or counted, it costs the whole set: of a large one such pages are each of
    // their own moment.
    private async Task<bool> IsCheapAsync(FeedLedger ledger, BoundQuery query, FeedPass head, CancellationToken cancel) =>
        (query.Order[0].Column == shape.KeyColumn && !query.Count) || (await ledger.StateAsync(set.Id, head.Position, cancel)).Rows <= MostSorted;

    // The newest state, if it shows what today is to show.
    private async Task<FeedPass?> UsableHeadAsync(IServiceProvider services, FeedLedger ledger, CancellationToken cancel) =>
        await ledger.HeadAsync(cancel) is { } head && head.Day == Today(services) && (await ledger.SinceAsync(cancel)).ContainsKey(set.Id) ? head : null;

    private async Task<FeedPass> HeadAsync(HttpContext context, FeedLedger ledger)
    {
        if (await UsableHeadAsync(context.RequestServices, ledger, context.RequestAborted) is { } head)
        {
            return head;
        }

        context.Response.Headers.RetryAfter = "1";
        throw new QueryRefusedException(503, "feed-unavailable", "$deltatoken", "数据集正在整理当日内容，请稍后重试。", "The feed is being brought to the present day: try again in a moment.");
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

        query["$deltatoken"] = context.RequestServices.GetRequiredService<FeedSeal>().Seal(place, QueryOf(context.RequestServices, request));
        return QueryHelpers.AddQueryString(asked.Address, query);
    }

    // Whoever asks for something else, or sees something else, cannot go on from here.
    private string QueryOf(IServiceProvider services, SetRequest request)
    {
        var caller = set.Surface == Surface.Public ? null : services.GetRequiredService<Caller>();
        return string.Join('\n', set.Id, request.Filter, request.Select, caller?.User, caller?.Department, caller?.SeesAllDepartments);
    }

    private static Answer WithDeltaLink(Answer answer, string link)
    {
        // The answer is whole and an object: the link becomes its last member.
        var body = answer.Body.Span;
        return answer with { Body = (byte[])[.. body[..^1], .. Encoding.UTF8.GetBytes($",\"@odata.deltaLink\":{JsonSerializer.Serialize(link, Relaxed)}}}")] };
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Stamp(HttpContext context, FeedPass at)
    {
        context.Response.Headers["Credit-Position"] = at.Position.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Credit-As-Of"] = at.AsOf.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
