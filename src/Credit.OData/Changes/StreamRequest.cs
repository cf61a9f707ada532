using System.Globalization;
using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Feeds;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData.Changes;

/// <summary>What of the feeds a consumer follows.</summary>
/// <param name="Sets">The sets.</param>
/// <param name="List">Only rows of this list; null for all.</param>
/// <param name="Domain">Only rows of this sector; null for all.</param>
internal sealed record Followed(IReadOnlyList<FollowedSet> Sets, string? List, string? Domain)
{
    /// <summary>Columns and the values asked for.</summary>
    public IReadOnlyList<(string Column, string Value)> Narrowed { get; } =
        [.. new[] { (Column: "List", Value: List), (Column: "Domain", Value: Domain) }.Where(each => each.Value is not null).Select(each => (each.Column, each.Value!))];

    /// <summary>Names of the sets in the ledger.</summary>
    public string[] Ids { get; } = [.. Sets.Select(set => set.Id)];

    /// <summary>All of it is public: the consumer learns of no state but those the public was shown.</summary>
    public bool IsPublic { get; } = Sets.All(set => set.Surface == Surface.Public);
}

/// <summary>Where a consumer stands.</summary>
/// <param name="Place">Place of the last state it has whole; 0 for none.</param>
/// <param name="From">Last version of that state.</param>
/// <param name="After">Last version it has of what came since.</param>
/// <param name="Begun">Place at which a consumer began that has no whole state yet; what went since must be known.</param>
internal sealed record StreamPlace(long Place, long From, long After, long Begun = 0);

/// <summary>Seals where a consumer stands: it is good for the same sets, narrowed the same, and for who may see the same of them.</summary>
internal sealed class StreamCursors(FeedSeal seal, Followed followed, Caller caller) : IDisposable
{
    private readonly PlaceSealer _sealer = seal.For(UseOf(followed, caller));

    /// <summary>The place between two lines.</summary>
    /// <param name="place">Where the lines began.</param>
    /// <param name="ordinal">Version in the line.</param>
    public string Of(StreamPlace place, long ordinal) => _sealer.Seal(place.Place, ordinal, place.Begun);

    /// <summary>The place at a head. The numbers the public is told are of no meaning to official streams, nor the other way round.</summary>
    public string Of(FeedPass head) => followed.IsPublic ? head.Number.ToString(CultureInfo.InvariantCulture) : _sealer.Seal(head.Position, 0, 0);

    /// <summary>Place, version and beginning; null when it is none of ours.</summary>
    public (long Place, long Ordinal, long Begun)? Read(string after) =>
        followed.IsPublic && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, 0, 0)
        : seal.OpenNumbers(_sealer.Use, after) is [var place, var ordinal, var begun] ? (place, ordinal, begun)
        : null;

    /// <inheritdoc/>
    public void Dispose() => _sealer.Dispose();

    private static string UseOf(Followed followed, Caller caller) => string.Join(
        '\n',
        ["stream", .. followed.Ids.Order(StringComparer.Ordinal), "", followed.List, followed.Domain, .. followed.IsPublic ? [] : new[] { caller.User, caller.Department, $"{caller.SeesAllDepartments}" }]);
}

/// <summary>Reads what a consumer of the stream asks for, and whether it may.</summary>
internal static class StreamRequest
{
    /// <summary>Where the consumer stands, or why it cannot go on: <c>late</c>, <c>unknown</c>, <c>gone</c>.</summary>
    public static async Task<(StreamPlace Place, string? Standing)> PlaceAsync(
        FeedHeads heads, FeedForm form, FeedLedger ledger, StreamCursors cursors, string after, Followed followed, CancellationToken cancel)
    {
        var start = new StreamPlace(0, 0, 0);
        if (await heads.CurrentAsync(cancel) is not { } view || !await IsKeptAsync(form, view, followed, start, cancel))
        {
            return (start, "late");
        }

        if (after is "" or "0")
        {
            return (start, null);
        }

        if (cursors.Read(after) is not var (place, ordinal, begun))
        {
            return (start, "unknown");
        }

        var whole = place == 0 ? begun : place;
        if (await ledger.AtAsync(whole, followed.IsPublic, followed.Ids, cancel) is { } pass)
        {
            if (view.HeadOf(followed.IsPublic).PlaceOn(followed.IsPublic) < whole)
            {
                // Another host wrote it within the beat.
                await heads.ReadAsync(cancel);
            }

            return (place == 0 ? new(0, 0, ordinal, begun) : new(place, pass.Ordinal, Math.Max(ordinal, pass.Ordinal)), null);
        }

        // What is beyond the newest was never there.
        return (start, await heads.HasReachedAsync(whole, followed.IsPublic, cancel) ? "gone" : "unknown");
    }

    /// <summary>True while all that is followed is in the ledger in the form of this host, and was from where the consumer stands: it has nothing of another form.</summary>
    public static async ValueTask<bool> IsKeptAsync(FeedForm form, FeedView view, Followed followed, StreamPlace place, CancellationToken cancel)
    {
        var whole = place.Place == 0 ? place.Begun : place.Place;
        foreach (var set in followed.Sets)
        {
            if (!await form.IsKeptAsync(view, set, cancel) || (whole > 0 && view.Since[set.Id].PlaceOn(followed.IsPublic) > whole))
            {
                return false;
            }
        }

        return true;
    }

    public static async Task<(Followed? Followed, IResult? Refusal)> SetsAsync(HttpContext context, string? asked, string? list, string? domain)
    {
        var sets = context.RequestServices.GetRequiredService<SetCatalog>().Sets.Select(set => set.Followed).OfType<FollowedSet>().ToArray();
        var names = asked?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

        // Whoever may read none of the official sets does not learn which there are either.
        if (Array.Exists(names, name => name.StartsWith("official/", StringComparison.Ordinal)) && await ClosedAsync(context) is { } closed)
        {
            return (null, closed);
        }

        FollowedSet[] chosen = names.Length == 0
            ? [.. sets.Where(set => set.Surface == Surface.Public)]
            : [.. names.Select(name => sets.FirstOrDefault(set => set.Id == (name.Contains('/', StringComparison.Ordinal) ? name : "public/" + name))).OfType<FollowedSet>().Distinct()];
        if (names.Length > 0 && chosen.Length != names.Distinct(StringComparer.Ordinal).Count())
        {
            return (null, FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-set-unknown"));
        }

        if (list is not null || domain is not null)
        {
            // A set whose rows are of no list or sector has none of the ones asked for.
            chosen = [.. chosen.Where(set => (list is null || set.Has("List")) && (domain is null || set.Has("Domain")))];
            if (chosen.Length == 0)
            {
                return (null, FeedProblems.Of(StatusCodes.Status400BadRequest, "feed-set-unknown"));
            }
        }

        foreach (var set in chosen.Where(set => set.Surface == Surface.Official))
        {
            if (await AdmitAsync(context, set) is { } refusal)
            {
                return (null, refusal);
            }
        }

        return (new(chosen, list, domain), null);
    }

    private static async Task<IResult?> ClosedAsync(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, Access.Official)).Succeeded ? null
        : context.User.Identity?.IsAuthenticated == true ? Results.Forbid() : Results.Challenge();

    // As at /odata/official, a token of a department or partner was shown; with a purpose, which is kept.
    private static async Task<IResult?> AdmitAsync(HttpContext context, FollowedSet set)
    {
        var services = context.RequestServices;
        var (purpose, refusal) = StatedPurpose.Read(context.Request);
        if (refusal is not null)
        {
            return refusal.ToProblem();
        }

        await services.GetRequiredService<CreditDbContext>().TraceAsync(
            services.GetRequiredService<Caller>(), services.GetRequiredService<TimeProvider>(), purpose, $"feeds/changes/{set.Id}", null, context.RequestAborted);
        return null;
    }
}
