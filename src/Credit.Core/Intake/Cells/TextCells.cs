using System.Buffers;
using System.Text;

namespace Credit.Core.Intake.Cells;

/// <summary>Free texts and names: what is invisible is removed and said, what is visible is kept.</summary>
internal static class TextCells
{
    // Control characters count as invisible too: NUL and its neighbours reach us through escapes in JSON and workbooks.
    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        "\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\uFEFF\u00AD"
        + "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F");

    private static readonly SearchValues<char> NameMarks = SearchValues.Create(" \u00A0\u3000\u2002\u2003\u2009\t•．・‧∙⋅●.·‑\u0387");

    /// <summary>True for a character that shows nothing.</summary>
    public static bool IsInvisible(char letter) => Invisible.Contains(letter);

    /// <summary>A free text: ends trimmed, invisible characters removed, length checked; null when nothing is left.</summary>
    public static string? Text(this RowScan row, int ordinal)
    {
        var text = row.Raw(ordinal);
        if (text is null)
        {
            return null;
        }

        var clean = text.AsSpan();
        if (clean.ContainsAny(Invisible))
        {
            text = Without(clean, Invisible);
            clean = text;
            if (!clean.IsWhiteSpace())
            {
                row.Warn(CellCodes.ZeroWidthRemoved, ordinal);
            }
        }

        if (clean.Length == 0)
        {
            return null;
        }

        if (char.IsWhiteSpace(clean[0]) || char.IsWhiteSpace(clean[^1]))
        {
            text = text.Trim();
            if (text.Length == 0)
            {
                return null;
            }

            row.Warn(CellCodes.WhitespaceTrimmed, ordinal);
        }

        CheckText(row, ordinal, text);
        return text;
    }

    /// <summary>A name. In names of natural persons alignment spaces go and every dot becomes the middle dot U+00B7.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="ofPerson">True for natural persons: organisations may well have spaces and dots in their names.</param>
    public static string? Name(this RowScan row, int ordinal, bool ofPerson)
    {
        var name = row.Text(ordinal);
        if (name is null)
        {
            return null;
        }

        // Surrogates and private-use characters lie side by side: one look decides the common case.
        if (name.AsSpan().ContainsAnyInRange('\uD800', '\uF8FF') || name.AsSpan().ContainsAnyInRange('\u2600', '\u27BF'))
        {
            CheckCharacters(row, ordinal, name);
        }

        return ofPerson && name.AsSpan().ContainsAny(NameMarks) ? PersonName(row, ordinal, name) : name;
    }

    /// <summary>A document number, with the year in 〔〕 and digits in half width, as GB/T 9704 writes it.</summary>
    public static string? DocumentNumber(this RowScan row, int ordinal)
    {
        var number = row.Text(ordinal);
        if (number is null)
        {
            return null;
        }

        var wide = number.AsSpan().ContainsAnyInRange('\uFF10', '\uFF5A') || number.Contains('\uFF0D', StringComparison.Ordinal);
        if (!wide && number.Contains('〔', StringComparison.Ordinal))
        {
            return number;
        }

        var text = number.ToCharArray();
        if (wide)
        {
            for (var at = 0; at < text.Length; at++)
            {
                text[at] = text[at] is (>= '\uFF10' and <= '\uFF19') or (>= '\uFF21' and <= '\uFF3A') or (>= '\uFF41' and <= '\uFF5A') or '\uFF0D'
                    ? (char)(text[at] - 0xFEE0)
                    : text[at];
            }
        }

        for (var at = 0; at + 5 < text.Length; at++)
        {
            var open = text[at] is '(' or '[' or '【' or '（' or '［' or '﹝' or '{';
            var close = text[at + 5] is ')' or ']' or '】' or '）' or '］' or '﹞' or '}';
            if (open && close && text[at + 1] is ('1' or '2') && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && char.IsAsciiDigit(text[at + 4]))
            {
                (text[at], text[at + 5]) = ('〔', '〕');
                break;
            }
        }

        var clean = new string(text);
        if (clean != number)
        {
            row.Warn(CellCodes.DocumentNumberNormalised, ordinal);
        }

        return clean;
    }

    private static void CheckText(RowScan row, int ordinal, string text)
    {
        var limit = row.Layout.Fields[ordinal].MaxLength;
        // Characters are counted as people count them, so that a rare character outside the basic plane is one.
        if (limit > 0 && text.Length > limit && text.EnumerateRunes().Count() > limit)
        {
            row.Reject(CellCodes.TextTooLong, ordinal);
        }
        else if (text.Length > 1 && text[0] is ('=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'))
        {
            row.Warn(CellCodes.FormulaLikeText, ordinal);
        }
    }

    private static void CheckCharacters(RowScan row, int ordinal, string name)
    {
        var (privateUse, unusual) = (false, false);
        foreach (var rune in name.EnumerateRunes())
        {
            privateUse |= rune.Value is (>= 0xE000 and <= 0xF8FF) or >= 0xF0000;
            unusual |= rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF);
        }

        if (privateUse)
        {
            row.Warn(CellCodes.PrivateUseCharacter, ordinal);
        }

        if (unusual)
        {
            row.Warn(CellCodes.UnusualCharacters, ordinal);
        }
    }

    private static string PersonName(RowScan row, int ordinal, string name)
    {
        var clean = new StringBuilder(name.Length);
        var (spaces, dots) = (false, false);
        for (var at = 0; at < name.Length; at++)
        {
            var letter = name[at];
            if (char.IsWhiteSpace(letter))
            {
                // Between Chinese characters a space aligns columns; between Latin words it belongs to the name.
                var next = at + 1;
                while (next < name.Length && char.IsWhiteSpace(name[next]))
                {
                    next++;
                }

                if (IsHan(name[at - 1]) || IsHan(name[next]))
                {
                    spaces = true;
                    at = next - 1;
                    continue;
                }
            }
            else if (letter is '•' or '．' or '・' or '‧' or '∙' or '⋅' or '●' or '\u0387' || (letter == '.' && clean.Length > 0 && IsHan(clean[^1])))
            {
                dots = true;
                letter = '·';
            }

            clean.Append(letter);
        }

        if (spaces)
        {
            row.Warn(CellCodes.NameSpaceRemoved, ordinal);
        }

        if (dots)
        {
            row.Warn(CellCodes.MiddleDotNormalised, ordinal);
        }

        return spaces || dots ? clean.ToString() : name;
    }

    /// <summary>Chinese characters, those outside the basic plane included by their surrogates.</summary>
    private static bool IsHan(char letter) => letter is (>= '\u3400' and <= '\u9FFF') or (>= '\uD840' and <= '\uD8BF') or (>= '\uDC00' and <= '\uDFFF') or (>= '\uE000' and <= '\uFAFF');

    private static string Without(ReadOnlySpan<char> text, SearchValues<char> removed)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!removed.Contains(letter))
            {
                clean.Append(letter);
            }
        }

        return clean.ToString();
    }
}
