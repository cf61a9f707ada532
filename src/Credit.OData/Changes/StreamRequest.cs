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
    public IReadOnlyList<(string Column, string Value)> Narrowed =>
        [.. new[] { (Column: "List", Value: List), (Column: "Domain", Value: Domain) }.Where(each => each.Value is not null).Select(each => (each.Column, each.Value!))];
}

/// <summary>Where a consumer stands.</summary>
/// <param name="Position">The last state it has whole; 0 for none.</param>
/// <param name="From">Last version of that state.</param>
/// <param name="After">Last version it has of what came since.</param>
/// <param name="Begun">Position at which a consumer began that has no whole state yet; what went since must be known.</param>
internal sealed record StreamPlace(long Position, long From, long After, long Begun = 0);

/// <summary>Reads what a consumer of the stream asks for, and whether it may.</summary>
internal static class StreamRequest
{
    // A head's position, or that of the state before with the version of the last line read.
    public static async Task<(StreamPlace Place, string? Standing)> PlaceAsync(FeedLedger ledger, string after, Followed followed, CancellationToken cancel)
    {
        var start = new StreamPlace(0, 0, 0);
        var since = await ledger.SinceAsync(cancel);
        if (await ledger.HeadAsync(cancel) is not { } head || followed.Sets.Any(set => !since.ContainsKey(set.Id)))
        {
            return (start, "late");
        }

        if (after is "" or "0")
        {
            return (start, null);
        }

        var parts = after.Split('.');
        long ordinal = 0, begun = 0;
        if (parts.Length > 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            || (parts.Length > 1 && !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ordinal))
            || (parts.Length > 2 && !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out begun)) || (parts.Length > 2) != (position == 0)
            || position > head.Position || ordinal > head.Ordinal)
        {
            return (start, "unknown");
        }

        if (position == 0)
        {
            return followed.Sets.Any(set => begun < since[set.Id]) || await ledger.BeforeAsync(begun, cancel) is null
                ? (start, "gone")
                : (new(0, 0, ordinal, begun), null);
        }

        return followed.Sets.Any(set => position < since[set.Id]) || await ledger.BeforeAsync(position, cancel) is not { } pass
            ? (start, "gone")
            : (new(pass.Position, pass.Ordinal, Math.Max(ordinal, pass.Ordinal)), null);
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
            return (null, ChangeStream.Problem(StatusCodes.Status400BadRequest, "feed-set-unknown"));
        }

        if (list is not null || domain is not null)
        {
            // A set whose rows are of no list or sector has none of the ones asked for.
            chosen = [.. chosen.Where(set => (list is null || set.Has("List")) && (domain is null || set.Has("Domain")))];
            if (chosen.Length == 0)
            {
                return (null, ChangeStream.Problem(StatusCodes.Status400BadRequest, "feed-set-unknown"));
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
