using System.Buffers;
using System.Text;

namespace Credit.Domain.Subjects;

/// <summary>How people write codes: full width, lower case, spaces, hyphens, invisible characters.</summary>
internal static class CodeText
{
    private static readonly SearchValues<char> AlreadyClean = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Half width, upper case, without spaces of any kind, hyphens, controls and invisible characters.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(AlreadyClean))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var half = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;
            var category = Rune.GetUnicodeCategory(half);
            var dropped = Rune.IsWhiteSpace(half)
                || category is System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.Control
                    or System.Globalization.UnicodeCategory.DashPunctuation
                || half.Value == 0x2212;
            if (!dropped)
            {
                clean.Append(Rune.ToUpperInvariant(half).ToString());
            }
        }

        return clean.ToString();
    }
}
