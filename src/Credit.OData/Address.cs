using System.Text.RegularExpressions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>The path of an address, read segment by segment against the model.</summary>
internal static partial class Address
{
    private const string Filter = "$filter(";

    private static readonly Uri Root = new("http://host/");

    private static readonly string[] Elsewhere = ["$all", "$crossjoin"];

    /// <summary>Reads a path.</summary>
    /// <param name="model">The model of the surface.</param>
    /// <param name="path">The path from the root of the surface, as it came over the wire.</param>
    /// <param name="aliases">Values of parameter aliases.</param>
    /// <returns>The segments; and the conditions of those that filter, in their order, for the parser of options: it reads what that of paths does not.</returns>
    /// <exception cref="QueryRefusedException">The path leads nowhere, a key is not of the right form, or it is not supported.</exception>
    public static (IReadOnlyList<ODataPathSegment> Segments, Queue<string> Conditions) Read(IEdmModel model, string path, IReadOnlyDictionary<string, string> aliases)
    {
        Queue<string> conditions = [];
        // What is asked all day is a list by its name alone.
        if (path.All(char.IsAsciiLetterOrDigit) && model.EntityContainer.FindEntitySet(path) is { } list)
        {
            return ([new EntitySetSegment(list)], conditions);
        }

        var segments = path.Split('/');
        if (Elsewhere.Any(name => segments[0] == name || segments[0].StartsWith(name + "(", StringComparison.Ordinal)) || segments.Contains("$each"))
        {
            throw new QueryRefusedException(501, "path-not-supported", "path", "不支持该路径。", "This path is not supported.");
        }

        for (var i = 0; i < segments.Length; i++)
        {
            var written = Uri.UnescapeDataString(segments[i]);
            var segment = QueryText.WithAliases("path", QueryText.WithQuotedSearches(written), aliases);
            if (segment.StartsWith(Filter, StringComparison.Ordinal))
            {
                conditions.Enqueue(Condition(written, segment, aliases));
                segment = Filter + "true)";
            }

            segments[i] = Uri.EscapeDataString(segment);
        }

        // The first stretch that cannot be read says whose fault it is: an unknown name is not found, a bad key is a bad key.
        IReadOnlyList<ODataPathSegment> read = [];
        for (var length = 1; length <= segments.Length; length++)
        {
            try
            {
                read = [.. new ODataUriParser(model, Root, new Uri(Root, string.Join('/', segments.Take(length))))
                {
                    UrlKeyDelimiter = ODataUrlKeyDelimiter.Parentheses,
                }.ParsePath()];
            }
            catch (Exception fault) when (fault is ODataException or ArgumentException or FormatException or OverflowException or InvalidCastException or UriFormatException)
            {
                throw read is [.., KeySegment] && Uri.UnescapeDataString(segments[length - 1]) == "$value" ? QueryRefusedException.Invalid("path")
                    : Fault(model, Uri.UnescapeDataString(segments[length - 1]), first: length == 1);
            }

            if (segments[length - 1].EndsWith("%28%29", StringComparison.Ordinal))
            {
                throw Fault(model, Uri.UnescapeDataString(segments[length - 1]), first: length == 1);
            }
        }

        return (read, conditions);
    }

    private static string Condition(string written, string segment, IReadOnlyDictionary<string, string> aliases)
    {
        if (QueryText.Pieces(written[Filter.Length..]).ToArray() is [{ Text: ['@', ..] alias }, { Text: ")" }] && !aliases.ContainsKey(alias))
        {
            // Elsewhere an alias without a value is null; what stands for a condition must be given one.
            throw new QueryRefusedException(400, "option-missing", "$filter", "路径中 $filter 引用的参数别名没有值。", "The alias that $filter names in the path has no value.");
        }

        var depth = 0;
        var pieces = QueryText.Pieces(segment[(Filter.Length - 1)..]).Select(piece => piece.Text).ToArray();
        var end = Array.FindIndex(pieces, piece => (depth += piece switch { "(" => 1, ")" => -1, _ => 0 }) == 0);
        if (end > 1 && end + 1 < pieces.Length && pieces[end + 1] == "(")
        {
            // A key of what is left.
            throw QueryRefusedException.Unsupported("$filter");
        }

        return end > 1 && end == pieces.Length - 1 ? QueryText.Expression("$filter", string.Concat(pieces[1..end])) : throw QueryRefusedException.Invalid("$filter");
    }

    /// <summary>A path escaped as the addresses of rows are.</summary>
    public static string Canonical(string path) => string.Join('/', path.Split('/').Select(segment => Punctuation().Replace(
        Uri.EscapeDataString(Uri.UnescapeDataString(segment)), mark => Uri.UnescapeDataString(mark.Value))));

    [GeneratedRegex("%(27|28|29|2C|3D|24)")]
    private static partial Regex Punctuation();

    private static QueryRefusedException Fault(IEdmModel model, string segment, bool first)
    {
        var open = segment.IndexOf('(', StringComparison.Ordinal);
        // Which names a type has is not told by it: only a misspelt $filter is known to be none (I78).
        var known = open > 0 && (first
            ? model.EntityContainer.FindEntitySet(segment[..open]) is not null
            : !segment[..open].TrimStart('$').Equals("filter", StringComparison.OrdinalIgnoreCase));
        return known ? new(400, "key-invalid", "key", "主键格式无效。", "The key is not of the right form.")
            : NotFound(first);
    }

    public static QueryRefusedException NotFound(bool set) => set
        ? new(404, "set-not-found", "path", "没有这个数据集。", "There is no such set.")
        : new(404, "path-not-found", "path", "该路径不存在。", "The path leads nowhere.");
}
