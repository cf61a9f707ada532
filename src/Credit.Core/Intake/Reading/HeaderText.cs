using System.Text;

namespace Credit.Core.Intake.Reading;

/// <summary>Header cells compare without spaces, line breaks, the mark of compulsory columns, width of characters and case.</summary>
internal static class HeaderText
{
    /// <summary>The comparable form of a header cell.</summary>
    public static string Fold(string header)
    {
        var text = new StringBuilder(header.Length);
        foreach (var raw in header)
        {
            var letter = raw is >= '\uFF01' and <= '\uFF5E' ? (char)(raw - 0xFEE0) : raw;
            if (char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '*' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF')
            {
                continue;
            }

            text.Append(letter switch
            {
                '〔' or '【' or '[' => '(',
                '〕' or '】' or ']' => ')',
                _ => char.ToUpperInvariant(letter),
            });
        }

        return text.ToString();
    }

    /// <summary>A header as it is shown to people: on one line, without control characters and without spaces at its ends.</summary>
    public static string Show(string header) =>
        header.Any(char.IsControl) ? string.Concat(header.Where(letter => !char.IsControl(letter))).Trim() : header.Trim();
}
