using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Http;
using Credit.Domain.Policy;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData.Changes;

/// <summary>
/// <c>/feeds/changes</c>: what changed in the sets since a place, as lines of JSON or as server-sent events, then the head with its digests. A row that changed
/// more than once since comes once, as it is at the head: what is no longer shown is not shown again.
/// </summary>
internal static class ChangeStream
{
    private const int Chunk = 500;

    /// <summary>Longest wait for further changes, in seconds.</summary>
    public const int LongestWait = 300;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps the stream and the digests.</summary>
    public static void MapFeedChanges(this IEndpointRouteBuilder host)
    {
        const string Reason = "What is published may be copied by anyone; official sets are refused without a token (R-3.1.4).";
        host.MapGet("/feeds/changes", (HttpContext context, string? after, string? set, string? kind, string? list, string? domain, int? wait) =>
                StreamAsync(context, after, set ?? kind, list, domain, wait))
            .WithName("FeedChanges").WithTags("Feeds")
            .WithSummary("Follow what changes in the feeds, from any place on, as NDJSON or server-sent events")
            .AnswersAs("application/x-ndjson", "text/event-stream")
            .Explains("after", "Cursor of the last line taken in, or position of a head or a file; without it the stream begins with the whole set. Last-Event-ID is the same")
            .Explains("set", "Sets to follow, separated by commas; every public one when absent")
            .Explains("kind", "The same as set")
            .Explains("list", "Only rows of this list").Explains("domain", "Only rows of this sector")
            .Explains("wait", "Seconds to keep the connection open for what comes, 0 to 300; 0 when absent, 300 for events")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RefusesWith("feed-set-unknown", "feed-position-unknown", "feed-wait-invalid", "feed-position-gone", "feed-unavailable")
            .AllowAnonymousBecause(Reason);
        host.MapGet("/feeds/digest", DigestAsync)
            .WithName("FeedDigest").WithTags("Feeds")
            .WithSummary("Number and digest of the rows of a set at a position")
            .Explains("set", "A public set").Explains("position", "A position that a head, a file or a digest named; the newest when absent")
            .Produces<FeedDigest>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RefusesWith("feed-set-unknown", "feed-position-unknown", "feed-position-gone", "feed-unavailable")
            .AllowAnonymousBecause(Reason);
    }

    /// <summary>Number and digest of the rows of a set at a position.</summary>
    /// <param name="Set">The set.</param>
    /// <param name="Position">Position, as the public is told it.</param>
    /// <param name="AsOf">Instant at which the state was seen, UTC.</param>
    /// <param name="Rows">Rows.</param>
    /// <param name="Digest">SHA-256, hex, over the sum of the rows' numbers; see <c>docs/feeds.md</c>.</param>
    internal sealed record FeedDigest(string Set, long Position, DateTimeOffset AsOf, long Rows, string Digest);

    private static async Task<IResult> DigestAsync(HttpContext context, SetCatalog sets, FeedHeads heads, FeedForm form, FeedLedger ledger, string set, long? position, CancellationToken cancel)
    {
        // Of official sets every caller sees other rows: there is no one digest.
        if (sets.Find(Surface.Public, set)?.Followed is not { } followed)
        {
            return FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-set-unknown");
        }

        if (await heads.CurrentAsync(cancel) is not { } view || !await form.IsKeptAsync(view, followed, cancel))
        {
            return FeedProblems.NotReady(context);
        }

        var pass = position is { } asked && asked != view.Public.Number ? await ledger.AtAsync(asked, isPublic: true, [followed.Id], cancel) : view.Public;
        if (pass is null)
        {
            return await heads.HasReachedAsync(position!.Value, isPublic: true, cancel)
                ? FeedProblems.Gone(context, set)
                : FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-position-unknown");
        }

        var state = await heads.StateAsync(followed.Id, pass, cancel);
        return TypedResults.Ok(new FeedDigest(set, pass.Number, pass.AsOf, state.Rows, state.Digest));
    }

    private static async Task<IResult> StreamAsync(HttpContext context, string? after, string? set, string? list, string? domain, int? wait)
    {
        var services = context.RequestServices;
        var ledger = services.GetRequiredService<FeedLedger>();
        var events = context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
        if (wait is < 0 or > LongestWait)
        {
            return FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-wait-invalid");
        }

        var (followed, refusal) = await StreamRequest.SetsAsync(context, set, list, domain);
        if (followed is null)
        {
            return refusal!;
        }

        // Browsers that reconnect repeat the address they began with.
        after = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after ?? "";
        using var cursors = new StreamCursors(services.GetRequiredService<FeedSeal>(), followed, services.GetRequiredService<Caller>());
        var (place, standing) = await StreamRequest.PlaceAsync(services.GetRequiredService<FeedHeads>(), services.GetRequiredService<FeedForm>(), ledger, cursors, after, followed, context.RequestAborted);
        if (standing is not null)
        {
            return standing == "gone" ? FeedProblems.Gone(context, followed.Sets[0].Name)
                : standing == "late" ? FeedProblems.NotReady(context)
                : FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-position-unknown");
        }

        try
        {
            context.Response.ContentType = events ? "text/event-stream; charset=utf-8" : "application/x-ndjson; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await WriteAsync(context, ledger, followed, cursors, place, events, TimeSpan.FromSeconds(wait ?? (events ? LongestWait : 0)));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The consumer went; it resumes where it stands.
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(
        HttpContext context, FeedLedger ledger, Followed followed, StreamCursors cursors, StreamPlace place, bool events, TimeSpan longest)
    {
        var (news, clock, cancel) = (context.RequestServices.GetRequiredService<FeedNews>(), context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
        var (heads, form) = (context.RequestServices.GetRequiredService<FeedHeads>(), context.RequestServices.GetRequiredService<FeedForm>());
        var (begun, beat, told) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), -1L);
        while (true)
        {
            var next = news.Next;
            var view = (await heads.CurrentAsync(cancel))!;
            if (!await StreamRequest.IsKeptAsync(form, view, followed, place, cancel))
            {
                // Formed anew: of what the consumer has the changes cannot be told. It comes again, and is told to start anew.
                return;
            }

            var head = view.HeadOf(followed.IsPublic);
            var at = head.PlaceOn(followed.IsPublic);
            if (at != told && at >= place.Place && head.Day == clock.Today())
            {
                place = place is { Place: 0, Begun: 0 } ? place with { Begun = at } : place;
                await WriteChangesAsync(context, ledger, followed, cursors, place, head, events, cancel);
                if (await ledger.AtAsync(at, followed.IsPublic, followed.Ids, cancel) is null)
                {
                    // A set was formed anew meanwhile, and rows may be missing: no head says that this is the state. The consumer is sent to the snapshot when it comes back.
                    return;
                }

                place = new(at, head.Ordinal, head.Ordinal);
                var states = await StatesAsync(heads, followed, head, cancel);
                var cursor = cursors.Of(head);
                await SendAsync(context, events, "head", cursor, json => WriteHead(json, at, head.AsOf, cursor, states));
                (told, beat) = (at, Stopwatch.GetTimestamp());
            }

            if (Stopwatch.GetElapsedTime(begun) >= longest)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(beat) >= Heartbeat)
            {
                await context.Response.Body.WriteAsync(events ? ": \n\n"u8.ToArray() : "\n"u8.ToArray(), cancel);
                await context.Response.Body.FlushAsync(cancel);
                beat = Stopwatch.GetTimestamp();
            }

            await Task.WhenAny(next, Task.Delay(FeedHeads.Beat, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    // Only of whole sets that are the same for everyone.
    private static async Task<IReadOnlyList<(string Set, FeedState State)>> StatesAsync(FeedHeads heads, Followed followed, FeedPass head, CancellationToken cancel)
    {
        List<(string Set, FeedState State)> states = [];
        foreach (var set in followed.Sets.Where(set => set.Surface == Surface.Public && followed.Narrowed.Count == 0))
        {
            states.Add((set.Id, await heads.StateAsync(set.Id, head, cancel)));
        }

        return states;
    }

    private static async Task WriteChangesAsync(
        HttpContext context, FeedLedger ledger, Followed followed, StreamCursors cursors, StreamPlace place, FeedPass head, bool events, CancellationToken cancel)
    {
        var at = head.PlaceOn(followed.IsPublic);
        var asOf = JsonEncodedText.Encode(JsonSerializer.SerializeToUtf8Bytes(head.AsOf).AsSpan()[1..^1], Writing.Encoder);
        using var lines = new AnswerBuffer();
        using var json = new Utf8JsonWriter(lines, Writing);
        var reading = ledger.ChangedAsync(followed.Ids, place.After, head.Ordinal, Chunk, cancel);
        while (true)
        {
            // The next are read while these are sent.
            var changed = await reading;
            var isLast = changed.Count < Chunk;
            reading = isLast ? Task.FromResult<IReadOnlyList<ChangedRow>>([]) : ledger.ChangedAsync(followed.Ids, changed[^1].Ordinal, head.Ordinal, Chunk, cancel);
            try
            {
                foreach (var (version, shown) in await ShownAsync(context, ledger, followed, changed, place, head, cancel))
                {
                    var cursor = cursors.Of(place, version.Ordinal);
                    WriteLine(lines, json, events, shown ? "put" : "removed", cursor, line => WriteChange(line, version, shown, cursor, at, asOf));
                }

                await context.Response.Body.WriteAsync(lines.Written, cancel);
                await context.Response.Body.FlushAsync(cancel);
            }
            catch
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            lines.Reset();
            if (isLast)
            {
                return;
            }
        }
    }

    // Of the changed rows those that the consumer sees now, and those it may have seen since: who stopped between two lines, or read the same twice, has some
    // rows of the old state, some of the new one, and some that were shown for a while in between.
    private static async Task<List<(ChangedRow Version, bool Shown)>> ShownAsync(
        HttpContext context, FeedLedger ledger, Followed followed, IReadOnlyList<ChangedRow> changed, StreamPlace place, FeedPass head, CancellationToken cancel)
    {
        // For each set the rows seen now, where not everyone sees the same, and those that may have been seen since.
        Dictionary<string, (HashSet<Guid>? Now, HashSet<Guid> Before)> seen = new(StringComparer.Ordinal);
        foreach (var set in followed.Sets)
        {
            // Of what everyone sees only those that went are to be asked after.
            var plain = set.Surface == Surface.Public && followed.Narrowed.Count == 0;
            Guid[] keys = [.. changed.Where(version => version.Set == set.Id && (!plain || version.Row is null)).Select(version => version.Key)];
            seen[set.Id] = keys.Length == 0 ? (null, [])
                : plain ? (null, await ledger.ShownAsync(set.Id, place.From, head.Ordinal, keys, cancel))
                : (await set.ShownAsync(context.RequestServices, head.Ordinal, keys, followed.Narrowed, cancel),
                    await set.HeldAsync(context.RequestServices, place.From, head.Ordinal, keys, followed.Narrowed, cancel));
        }

        List<(ChangedRow Version, bool Shown)> told = new(changed.Count);
        foreach (var version in changed)
        {
            var (now, before) = seen[version.Set];
            if (now?.Contains(version.Key) ?? version.Row is not null)
            {
                told.Add((version, true));
            }
            else if (before.Contains(version.Key))
            {
                told.Add((version, false));
            }
        }

        return told;
    }

    private static void WriteChange(Utf8JsonWriter json, ChangedRow version, bool shown, string cursor, long at, JsonEncodedText asOf)
    {
        json.WriteString("change"u8, shown ? "put"u8 : "removed"u8);
        json.WriteString("set"u8, version.Set);
        json.WriteString("key"u8, version.Key);
        json.WriteNumber("position"u8, at);
        json.WriteString("asOf"u8, asOf);
        json.WriteString("cursor"u8, cursor);
        if (shown)
        {
            Span<byte> hash = stackalloc byte[2 * SHA256.HashSizeInBytes];
            Convert.TryToHexStringLower(version.Hash, hash, out _);
            json.WriteString("hash"u8, hash);

            // The last member, and byte for byte what the hash is over: a consumer need not know how we write JSON.
            json.WritePropertyName("row"u8);
            json.WriteRawValue(version.Row!.Value.Span, skipInputValidation: true);
        }
    }

    private static void WriteHead(Utf8JsonWriter json, long at, DateTimeOffset asOf, string cursor, IReadOnlyList<(string Set, FeedState State)> states)
    {
        json.WriteString("change", "head");
        json.WriteNumber("position", at);
        json.WriteString("asOf", asOf);
        json.WriteString("cursor", cursor);
        json.WriteStartObject("sets");
        foreach (var (set, state) in states)
        {
            json.WriteStartObject(set);
            json.WriteNumber("rows", state.Rows);
            json.WriteString("digest", state.Digest);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static async Task SendAsync(HttpContext context, bool events, string name, string id, Action<Utf8JsonWriter> write)
    {
        using var line = new AnswerBuffer();
        using (var json = new Utf8JsonWriter(line, Writing))
        {
            WriteLine(line, json, events, name, id, write);
        }

        await context.Response.Body.WriteAsync(line.Written, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static void WriteLine(AnswerBuffer lines, Utf8JsonWriter json, bool events, string name, string id, Action<Utf8JsonWriter> write)
    {
        if (events)
        {
            lines.Write(Encoding.ASCII.GetBytes($"event: {name}\nid: {id}\ndata: "));
        }

        json.Reset();
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        lines.Write(events ? "\n\n"u8 : "\n"u8);
    }
}
