using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Credit.Core.Http;

/// <summary>Tells what is wrong with a JSON body, by code and pointer, without repeating what was sent.</summary>
internal static partial class JsonFault
{
    /// <summary>The refusal for an exception of the JSON reader.</summary>
    public static Refused Of(JsonException exception)
    {
        var message = exception.Message;
        var pointer = PointerOf(exception.Path);
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return One("unknown-member", pointer, "请求中有未定义的字段。", "The body has a member that is not defined.");
        }

        if (message.Contains("uplicate property", StringComparison.Ordinal))
        {
            return One("duplicate-member", pointer, "同一字段出现了两次。", "A member occurs twice.");
        }

        if (message.Contains("missing required propert", StringComparison.Ordinal))
        {
            return new Refused("member-required", [.. Quoted().Matches(message[message.IndexOf("including", StringComparison.Ordinal)..])
                .Select(name => new ProblemError("member-required", $"{pointer}/{name.Groups["name"].Value}", "RFC 8259", "缺少必填字段。", "A required member is missing."))]);
        }

        if (message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase))
        {
            return One("too-deep", pointer, $"嵌套层数超过 {JsonRules.MaxDepth}。", $"Nested deeper than {JsonRules.MaxDepth}.");
        }

        // The reader's own exception is internal to the framework: it marks text that is no JSON at all.
        return exception.InnerException is JsonException || message.Contains("invalid JSON", StringComparison.OrdinalIgnoreCase) || exception.Path is null
            ? One("malformed-json", pointer, "请求体不是合法的 JSON。", "The body is not valid JSON.")
            : One("wrong-type", pointer, "字段的类型或取值不正确。", "A member has the wrong type or a value that is not one of those defined.");
    }

    private static Refused One(string code, string? pointer, string chinese, string english) =>
        new(code, [new ProblemError(code, pointer is null or "" ? null : pointer, "RFC 8259", chinese, english)]);

    /// <summary>JSON pointer of a JSON path such as <c>$.rows[0].name</c>; long names and runs of digits are not repeated.</summary>
    private static string? PointerOf(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var pointer = new StringBuilder();
        foreach (Match step in Step().Matches(path))
        {
            var name = step.Groups["quoted"] is { Success: true } quoted ? quoted.Value : step.Groups["plain"].Success ? step.Groups["plain"].Value : step.Groups["index"].Value;
            pointer.Append('/').Append(Shown(name));
        }

        return pointer.ToString();
    }

    /// <summary>A member's name as a step of a pointer.</summary>
    public static string Shown(string name) =>
        name.Length > 60 ? "…" : LongDigits().Replace(name, "…").Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(@"\['(?<quoted>[^']*)'\]|\[(?<index>\d+)\]|\.(?<plain>[^.\[]+)", RegexOptions.None, 1000)]
    private static partial Regex Step();

    [GeneratedRegex(@"'(?<name>[^']+)'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\d{6,}[Xx]?", RegexOptions.None, 1000)]
    private static partial Regex LongDigits();
}
