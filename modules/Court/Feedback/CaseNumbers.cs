using System.Text.RegularExpressions;

namespace Credit.Modules.Court.Feedback;

/// <summary>执行案号: year in brackets, court, 执 with its kind, serial number.</summary>
internal static partial class CaseNumbers
{
    /// <summary>True when the text is the number of one case of enforcement.</summary>
    public static bool Holds(string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex(@"^[（(]\d{4}[）)]\p{IsCJKUnifiedIdeographs}{1,3}\d{0,4}执\p{IsCJKUnifiedIdeographs}{0,3}\d{1,6}号(之[一二三四五六七八九十]+)?$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
