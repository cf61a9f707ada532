using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Credit.OData;

/// <summary>The address asked for, taken down: a set of a module may still run when its request is over.</summary>
internal sealed record Asked(string Address, string Root, string? Query)
{
    public Asked(HttpRequest request)
        : this(
            $"{request.Scheme}://{request.Host}{request.Path}",
            $"{request.Scheme}://{request.Host}{string.Join('/', request.Path.Value!.Split('/').Take(3))}",
            request.QueryString.Value)
    {
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
        query["$skiptoken"] = AsOf is { } position ? $"{token}.{position}" : token;
        if (top is { } wanted)
        {
            query["$top"] = wanted.ToString(CultureInfo.InvariantCulture);
        }

        return QueryHelpers.AddQueryString(Address, query);
    }
}

/// <summary>Whether an answer goes on.</summary>
internal sealed class Continuation
{
    public bool Is { get; set; }
}
