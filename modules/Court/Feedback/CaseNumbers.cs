using System.Text.RegularExpressions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>执行案号: year in brackets, court, 执 with its kind, serial number.</summary>
internal static partial class CaseNumbers
{
    /// <summary>True when the text is the number of one case of enforcement.</summary>
    public static bool Holds(string? text) => text is not null && Pattern().IsMatch(text);

    /// <summary>The text is the number of a case of enforcement.</summary>
    /// <param name="number">The text.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    public static IEnumerable<Refusal> Check(string? number, string field)
    {
        if (!Holds(number))
        {
            yield return new("case-number-invalid", "执行案号形如（2026）鲁0811执123号。", "A case number of enforcement looks like （2026）鲁0811执123号.", Clause.R("3.5.1.b"), field);
        }
    }

    [GeneratedRegex(@"^[（(]\d{4}[）)]\p{IsCJKUnifiedIdeographs}{1,3}\d{0,4}执\p{IsCJKUnifiedIdeographs}{0,3}\d{1,6}号(之[一二三四五六七八九十]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
