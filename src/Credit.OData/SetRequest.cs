using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Credit.OData;

/// <summary>What is asked of a set, options sorted and bounded. Nothing is ignored silently.</summary>
internal sealed record SetRequest
{
    private const int MostText = 8000;

    private static readonly string[] Known =
    [
        "$filter", "$orderby", "$top", "$skip", "$select", "$count", "$skiptoken", "$deltatoken", "$format", "$search", "$expand", "$apply", "$compute", "$id",
    ];

    private static readonly string[] KnownElsewhere = ["$levels", "$index", "$schemaversion", "$at", "$from", "$to", "$toinclusive"];

    // What makes no sense of a single row, of a bare number, of one column.
    private static readonly string[] OfLists = ["$filter", "$orderby", "$top", "$skip", "$skiptoken", "$deltatoken", "$count", "$search", "$apply"];
    private static readonly string[] OfCounts = ["$filter", "$search", "$apply"];

    public const int MaxSkip = 10_000;

    public string? Filter { get; init; }

    public string? OrderBy { get; init; }

    public int? Top { get; init; }

    public int Skip { get; init; }

    public string? Select { get; init; }

    public bool Count { get; init; }

    public string? SkipToken { get; init; }

    public string? Search { get; init; }

    public string? Expand { get; init; }

    /// <summary><c>$expand</c> as the client spelt it, for addresses of further pages.</summary>
    public string? ExpandWritten { get; init; }

    public string? Apply { get; init; }

    public string? Compute { get; init; }

    /// <summary>Address of a row, for <c>$entity</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Format asked for in the query, which goes before what the headers accept.</summary>
    public string? Format { get; init; }

    /// <summary>Values of parameter aliases, by name with the at sign.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Where a copy of the list stands; what changed since is asked for.</summary>
    public string? DeltaToken { get; init; }

    /// <summary>The preference to ask for what changed later on, as the client spelt it; null when it has none.</summary>
    public string? TrackSpelt { get; init; }

    /// <summary>The client will ask for what changed later on.</summary>
    public bool TrackChanges => TrackSpelt is not null;

    /// <summary>Page size the client prefers; null when it says nothing.</summary>
    public Preference? PreferredPage { get; init; }

    /// <summary>Name of the preference to leave out what is null, as the client spelt it; null when it has none.</summary>
    public string? OmitNulls { get; init; }

    /// <summary>The options given, by their names with the dollar.</summary>
    public IReadOnlyCollection<string> Given { get; init; } = [];

    /// <summary>Reads the options of a query, and of the headers what belongs to them.</summary>
    /// <param name="headers">Headers of the request.</param>
    /// <param name="query">The query, with or without its question mark.</param>
    public static SetRequest Read(IHeaderDictionary headers, string? query)
    {
        CheckHeaders(headers);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        if (query?.Length > MostText)
        {
            throw QueryRefusedException.TooMuch("$filter", $"{MostText}");
        }

        foreach (var pair in new QueryStringEnumerable(query))
        {
            // A tab between two words is as good as a space.
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString().Replace('\t', ' '));
            if (value.Any(char.IsControl) || !IsWellFormed(value))
            {
                throw QueryRefusedException.Invalid(Shown(name));
            }

            if (name is ['@', _, ..])
            {
                if (value.Length == 0 || !aliases.TryAdd(name, QueryText.WithQuotedSearches(value)))
                {
                    throw QueryRefusedException.Invalid("@");
                }

                continue;
            }

            var canonical = Canonical(name);
            if (value.Length == 0)
            {
                throw QueryRefusedException.Invalid(canonical);
            }

            if (!options.TryAdd(canonical, value))
            {
                throw new QueryRefusedException(400, "option-twice", canonical, $"查询选项 {canonical} 重复。", $"{canonical} is given twice.");
            }
        }

        if (options.ContainsKey("$deltatoken") && options.Keys.FirstOrDefault(name => name is not ("$deltatoken" or "$filter" or "$select" or "$format")) is { } beside)
        {
            // The address of a row belongs to $entity: there the token is out of place.
            throw QueryRefusedException.Invalid(beside == "$id" ? "$deltatoken" : beside);
        }

        // Inside an expansion it means the row the address leads to, and to the parser the row it leads to from there.
        if (options.TryGetValue("$expand", out var expanded) && QueryText.Pieces(QueryText.WithQuotedSearches(expanded)).Any(piece => piece is { IsWord: true, Text: "$it" }))
        {
            throw QueryRefusedException.Unsupported("$it");
        }

        if (options.TryGetValue("$apply", out var transformations))
        {
            Grouping.RefuseUnsupported(transformations);
        }

        string? Text(string name) => options.TryGetValue(name, out var text) ? QueryText.WithAliases(name, QueryText.WithQuotedSearches(text), aliases) : null;
        string? Expression(string name) => Text(name) is { } text ? QueryText.Expression(name, text) : null;
        return new SetRequest
        {
            Filter = Expression("$filter"),
            OrderBy = Expression("$orderby"),
            // There are never as many rows as that: they are all.
            Top = Number(options, "$top") is { } top and < int.MaxValue ? top : null,
            Skip = Number(options, "$skip") is var skip && skip is null or <= MaxSkip ? skip ?? 0 : throw SkipsTooMuch(),
            Select = Text("$select"),
            Count = options.TryGetValue("$count", out var count) && (count is "true" or "false" ? count == "true" : throw QueryRefusedException.Invalid("$count")),
            SkipToken = options.GetValueOrDefault("$skiptoken"),
            DeltaToken = options.GetValueOrDefault("$deltatoken"),
            TrackSpelt = headers["Prefer"].SelectMany(header => (header ?? "").Split(',')).Select(part => part.Split(';')[0].Trim().ToLowerInvariant())
                .FirstOrDefault(part => part is "odata.track-changes" or "track-changes"),
            Search = options.TryGetValue("$search", out var search) ? SearchText.Quoted(search) : null,
            Expand = Expression("$expand") is { } expand ? QueryText.WithNumbersInReach(expand) : null,
            Apply = Expression("$apply"),
            ExpandWritten = Text("$expand"),
            Compute = Expression("$compute"),
            Id = options.GetValueOrDefault("$id"),
            Format = options.GetValueOrDefault("$format"),
            Aliases = aliases,
            PreferredPage = Preferred(headers, "maxpagesize", PageSize) is (var preference, var size) ? new(preference, size) : null,
            OmitNulls = Preferred(headers, "omit-values", value => value == "nulls" ? 0 : null)?.Name,
            Given = options.Keys,
        };
    }

    /// <summary>Refuses options that have no meaning for what is shown.</summary>
    public void RefuseMisplaced(Shows shows, bool onlyCount)
    {
        var misplaced = Given.FirstOrDefault(option => shows switch
        {
            _ when onlyCount => option != "$format" && !OfCounts.Contains(option),
            Shows.Rows => false,
            Shows.References => option is "$deltatoken" or "$select" or "$expand" or "$compute" or "$apply",
            Shows.Row => OfLists.Contains(option),
            _ => option != "$format",
        } || option == "$id");
        if (misplaced is not null)
        {
            throw QueryRefusedException.Invalid(misplaced);
        }
    }

    // OData 4.01 lets clients leave the dollar out and write either case; all spellings are the same option.
    private static string Canonical(string name)
    {
        var canonical = (name.StartsWith('$') ? name : "$" + name).ToLowerInvariant();
        return KnownElsewhere.Contains(canonical) ? throw QueryRefusedException.Unsupported(canonical)
            : Known.Contains(canonical) ? canonical
            : throw new QueryRefusedException(400, "option-unknown", Shown(name), "未知的查询选项。", "An unknown query option.");
    }

    private static int? Number(Dictionary<string, string> options, string name) =>
        !options.TryGetValue(name, out var text) ? null : Digits(text) ?? throw QueryRefusedException.Invalid(name);

    /// <summary>A number of any length, the largest of its type where it is larger; null of other texts.</summary>
    private static int? Digits(string text) =>
        text.Length == 0 || !text.All(char.IsAsciiDigit) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    /// <summary>What is said to who skips more rows than may be skipped.</summary>
    public static QueryRefusedException SkipsTooMuch() => QueryRefusedException.TooMuch("$skip", $"{MaxSkip}; follow @odata.nextLink, or take the bulk file, instead");

    /// <summary>Headers that ask for what cannot be given are refused, as the protocol demands.</summary>
    /// <exception cref="QueryRefusedException">It is asked for another version, or for isolation.</exception>
    public static void CheckHeaders(IHeaderDictionary headers)
    {
        if (headers["OData-MaxVersion"].ToString() is { Length: > 0 } version
            && !(decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) && most >= 4))
        {
            throw new QueryRefusedException(400, "version-not-supported", "OData-MaxVersion", "仅支持 OData 4.0 及以上版本。", "Only OData 4.0 and later is spoken.");
        }

        if (headers["OData-Version"].ToString() is { Length: > 0 } spoken && spoken is not ("4.0" or "4.01"))
        {
            throw new QueryRefusedException(400, "version-not-supported", "OData-Version", "仅支持 OData 4.0 和 4.01 版本。", "Only OData 4.0 and 4.01 are spoken.");
        }

        if (headers.ContainsKey("OData-Isolation") || headers.ContainsKey("Isolation"))
        {
            throw new QueryRefusedException(412, "isolation-not-supported", "OData-Isolation", "不支持快照隔离。", "Snapshot isolation is not offered.");
        }
    }

    // A preference that cannot be read is a preference not honoured: never an error, never in Preference-Applied.
    private static (string Name, int Value)? Preferred(IHeaderDictionary headers, string wanted, Func<string, int?> read) =>
        headers["Prefer"].SelectMany(header => (header ?? "").Split(','))
            .Select(part => part.Split(';')[0].Split('='))
            .Where(part => part.Length == 2)
            .Select(part => (Name: part[0].Trim().ToLowerInvariant(), Value: part[1].Trim().Trim('"')))
            .Where(part => part.Name == wanted || part.Name == "odata." + wanted)
            .Select(part => read(part.Value) is { } value ? (part.Name, value) : ((string, int)?)null)
            .FirstOrDefault();

    private static int? PageSize(string text) => Digits(text) is { } size and > 0 ? size : null;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] is >= '\ufdd0' and <= '\ufdd3')
            {
                return false;
            }
        }

        return true;
    }

    // Told is what may be an option misspelt; a number may be somebody's.
    private static string Shown(string name) =>
        name.Length <= 20 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '$') && name.Count(char.IsAsciiDigit) <= 4 ? name : "?";
}

/// <summary>A preferred page size.</summary>
/// <param name="Name">The preference as the client spelt it, without or with its prefix.</param>
/// <param name="Size">Rows.</param>
internal sealed record Preference(string Name, int Size);
