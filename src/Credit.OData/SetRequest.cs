using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Credit.OData;

/// <summary>What is asked of a set, options sorted and bounded. Nothing is ignored silently.</summary>
internal sealed record SetRequest
{
    private static readonly string[] Known = ["$filter", "$orderby", "$top", "$skip", "$select", "$count", "$skiptoken", "$deltatoken", "$format"];

    private static readonly string[] KnownElsewhere =
    [
        "$apply", "$compute", "$search", "$expand", "$levels", "$index", "$id", "$schemaversion",
    ];

    public const int MaxSkip = 10_000;

    public string? Filter { get; init; }

    public string? OrderBy { get; init; }

    public int? Top { get; init; }

    public int Skip { get; init; }

    public string? Select { get; init; }

    public bool Count { get; init; }

    public string? SkipToken { get; init; }

    /// <summary>Where a copy of the list stands; what changed since is asked for.</summary>
    public string? DeltaToken { get; init; }

    /// <summary>The client will ask for what changed later on.</summary>
    public bool TrackChanges { get; init; }

    /// <summary>Page size the client prefers; null when it says nothing.</summary>
    public Preference? PreferredPage { get; init; }

    /// <summary>Key of one row; null for the collection.</summary>
    public string? Key { get; init; }

    /// <summary><c>/$count</c>: the bare number.</summary>
    public bool OnlyCount { get; init; }

    public static SetRequest Read(HttpRequest request, string? key, bool onlyCount)
    {
        CheckHeaders(request.Headers);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var length = request.QueryString.Value?.Length ?? 0;
        if (length > 8000)
        {
            throw QueryRefusedException.TooMuch("$filter", "8000");
        }

        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue().ToString();
            if (value.Any(char.IsControl) || value.Any(char.IsSurrogate) && !IsWellFormed(value))
            {
                throw QueryRefusedException.Invalid(Shown(name));
            }

            // OData 4.01 lets clients leave the dollar out; both spellings are the same option.
            // Letters of either case, too.
            var canonical = (name.StartsWith('$') ? name : "$" + name).ToLowerInvariant();
            if (KnownElsewhere.Contains(canonical))
            {
                throw QueryRefusedException.Unsupported(canonical);
            }

            if (!Known.Contains(canonical))
            {
                throw new QueryRefusedException(400, "option-unknown", Shown(name), "未知的查询选项。", "An unknown query option.");
            }

            if (value.Length == 0)
            {
                throw QueryRefusedException.Invalid(canonical);
            }

            if (!options.TryAdd(canonical, value))
            {
                throw new QueryRefusedException(400, "option-twice", canonical, $"查询选项 {canonical} 重复。", $"{canonical} is given twice.");
            }
        }

        if (options.TryGetValue("$format", out var format) && format is not ("json" or "application/json"))
        {
            throw new QueryRefusedException(406, "format-not-supported", "$format", "仅支持 JSON 格式。", "Only JSON is offered.");
        }

        if ((key is not null || onlyCount) && options.Keys.FirstOrDefault(name => name is "$orderby" or "$top" or "$skip" or "$skiptoken" or "$deltatoken" or "$count") is { } misplaced)
        {
            throw QueryRefusedException.Invalid(misplaced);
        }

        if (key is not null && options.ContainsKey("$filter"))
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        if (options.ContainsKey("$deltatoken") && options.Keys.FirstOrDefault(name => name is not ("$deltatoken" or "$filter" or "$select" or "$format")) is { } beside)
        {
            throw QueryRefusedException.Invalid(beside);
        }

        return new SetRequest
        {
            Filter = options.GetValueOrDefault("$filter"),
            OrderBy = options.GetValueOrDefault("$orderby"),
            Top = Number(options, "$top", int.MaxValue),
            Skip = Number(options, "$skip", MaxSkip) ?? 0,
            Select = options.GetValueOrDefault("$select"),
            Count = options.TryGetValue("$count", out var count) && (count is "true" or "false" ? count == "true" : throw QueryRefusedException.Invalid("$count")),
            SkipToken = options.GetValueOrDefault("$skiptoken"),
            DeltaToken = options.GetValueOrDefault("$deltatoken"),
            TrackChanges = request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(','))
                .Any(part => part.Split(';')[0].Trim().ToLowerInvariant() is "odata.track-changes" or "track-changes"),
            PreferredPage = Preferred(request),
            Key = key,
            OnlyCount = onlyCount,
        };
    }

    private static int? Number(Dictionary<string, string> options, string name, int max)
    {
        if (!options.TryGetValue(name, out var text))
        {
            return null;
        }

        if (text.Length is 0 or > 10 || !text.All(char.IsAsciiDigit) || !int.TryParse(text, out var number))
        {
            throw QueryRefusedException.Invalid(name);
        }

        return number <= max ? number : throw QueryRefusedException.TooMuch(name, $"{max}; follow @odata.nextLink instead");
    }

    /// <summary>Headers that ask for what cannot be given are refused, as the protocol demands.</summary>
    private static void CheckHeaders(IHeaderDictionary headers)
    {
        if (headers["OData-MaxVersion"].ToString() is { Length: > 0 } version
            && !(decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) && most >= 4))
        {
            throw new QueryRefusedException(400, "version-not-supported", "OData-MaxVersion", "仅支持 OData 4.0 及以上版本。", "Only OData 4.0 and later is spoken.");
        }

        if (headers.ContainsKey("OData-Isolation") || headers.ContainsKey("Isolation"))
        {
            throw new QueryRefusedException(412, "isolation-not-supported", "OData-Isolation", "不支持快照隔离。", "Snapshot isolation is not offered.");
        }
    }

    // A preference that cannot be read is a preference not honoured: never an error, never in Preference-Applied.
    private static Preference? Preferred(HttpRequest request) =>
        request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(','))
            .Select(part => part.Split(';')[0].Split('='))
            .Where(part => part.Length == 2)
            .Select(part => (Name: part[0].Trim().ToLowerInvariant(), Value: part[1].Trim().Trim('"')))
            .Where(part => part.Name is "odata.maxpagesize" or "maxpagesize")
            .Select(part => int.TryParse(part.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? new Preference(part.Name, size) : null)
            .FirstOrDefault();

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static string Shown(string name) => name.Length <= 20 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '$') ? name : "?";
}

/// <summary>A preferred page size.</summary>
/// <param name="Name">The preference as the client spelt it, without or with its prefix.</param>
/// <param name="Size">Rows.</param>
internal sealed record Preference(string Name, int Size);
