using System.Globalization;
using Credit.Core.Feeds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData;

/// <summary>The address asked for, taken down: a set of a module may still run when its request is over.</summary>
internal sealed record Asked(string Address, string Root, string? Query, PageTokens Tokens)
{
    public Asked(HttpRequest request)
        : this(
            $"{request.Scheme}://{request.Host}{request.Path.ToUriComponent()}",
            $"{request.Scheme}://{request.Host}{RootOf(request.Path.Value!)}",
            request.QueryString.Value,
            new(request.HttpContext.RequestServices.GetRequiredService<FeedSeal>(), request.Path.Value!.Split('/')[2].ToLowerInvariant()))
    {
    }

    // The first two segments: the surface.
    private static string RootOf(string path)
    {
        var second = path.IndexOf('/', 1);
        var third = second < 0 ? -1 : path.IndexOf('/', second + 1);
        return third < 0 ? path : path[..third];
    }

    /// <summary>The position every page is as of; null when each is of its own moment.</summary>
    public string? AsOf { get; init; }

    /// <summary>Is told when the address of a further page was asked for.</summary>
    public Continuation Continued { get; init; } = new();

    /// <summary>The address of the page after a place.</summary>
    /// <param name="top">Rows still wanted; null for all.</param>
    /// <param name="token">The place.</param>
    public string Next(int? top, string token)
    {
        var query = QueryHelpers.ParseQuery(Query)
            .Where(pair => pair.Key.TrimStart('$').ToLowerInvariant() is not ("skip" or "skiptoken" or "top" or "count"))
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        Continued.Is = true;
        query["$skiptoken"] = Tokens.Seal(AsOf + token);
        if (top is { } wanted)
        {
            query["$top"] = wanted.ToString(CultureInfo.InvariantCulture);
        }

        return QueryHelpers.AddQueryString(Address, query);
    }

    /// <summary>The address of rows that a way leads to, after a place.</summary>
    /// <param name="address">Where the way begins.</param>
    /// <param name="options">Options repeated, ready for an address.</param>
    /// <param name="top">Rows still wanted; null for all.</param>
    /// <param name="token">The place.</param>
    public string Along(string address, string options, int? top, string token) =>
        $"{address}?{(options.Length == 0 ? "" : options + "&")}{(top is null ? "" : string.Create(CultureInfo.InvariantCulture, $"$top={top}&"))}$skiptoken={Tokens.Seal(token)}";
}

/// <summary>Seals the places that next links lead to. They hold values of rows, which no address is to show, and states, which nobody is to make up (X12).</summary>
/// <param name="seal">The seal.</param>
/// <param name="surface">The surface, whose places are of no use at the other one.</param>
internal sealed class PageTokens(FeedSeal seal, string surface)
{
    private readonly string _use = "page\n" + surface;

    /// <summary>The place as clients get it.</summary>
    public string Seal(string place) => seal.Seal(_use, place);

    /// <summary>The state that a place is of, empty when it is of none, and the place after a row. The place is a JSON array; what stands before it is the state.</summary>
    public static (string State, string After) PartsOf(string? place) =>
        place?.IndexOf('[', StringComparison.Ordinal) is { } begin and > 0 ? (place[..begin], place[begin..]) : ("", place ?? "");

    /// <summary>The place in a token.</summary>
    /// <exception cref="QueryRefusedException">It was never given out here.</exception>
    public string Open(string token) => seal.OpenText(_use, token) ?? throw QueryRefusedException.Invalid("$skiptoken");
}

/// <summary>Whether an answer goes on.</summary>
internal sealed class Continuation
{
    public bool Is { get; set; }
}
