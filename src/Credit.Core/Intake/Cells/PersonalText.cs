using System.Text.RegularExpressions;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Cells;

/// <summary>
/// Finds and masks identity numbers, bank cards and telephone numbers inside free texts (R-3.1.4.i, I71).
/// In doubt a number is taken for personal: a mask too many costs less than one too few.
/// </summary>
internal static partial class PersonalText
{
    /// <summary>Longest number with its separators that is looked at.</summary>
    private const int Longest = 24;

    // Area, day of birth, sequence and check, in either width, grouped or not.
    private const string IdentityLayout =
        @"(?<![0-9０-９])[1-9１-９](?:[ 　.·－-]?[0-9０-９]){5}[ 　.·－-]?(?:[1１][89８９]|[2２][0０])(?:[ 　.·－-]?[0-9０-９]){2}"
        + @"[ 　.·－-]?(?:[0０][1-9１-９]|[1１][0-2０-２])[ 　.·－-]?(?:[0０][1-9１-９]|[12１２][0-9０-９]|[3３][01０１])"
        + @"(?:[ 　.·－-]?[0-9０-９]){3}[ 　.·－-]?[0-9０-９XxＸｘ](?![0-9０-９])";

    /// <summary>True when the text holds something that must not become public.</summary>
    public static bool IsIn(string? text)
    {
        if (text is null)
        {
            return false;
        }

        for (var at = 0; Next(text, at, out var start, out var length); at = start + length)
        {
            if (Judge(text.AsSpan(start, length)) is not null)
            {
                return true;
            }
        }

        return Shapes().IsMatch(text);
    }

    /// <summary>True when a document number holds what is laid out as an identity number; other long runs of digits may be a number of a document.</summary>
    public static bool IsInNumber(string? number) => number is not null && Identity().IsMatch(number);

    /// <summary>The text with every such number masked: of an identity number the first three and the last two digits stay, of others nothing.</summary>
    public static string? Mask(string? text)
    {
        if (!IsIn(text))
        {
            return text;
        }

        var masked = text!.ToCharArray();
        for (var at = 0; Next(text, at, out var start, out var length); at = start + length)
        {
            if (Judge(text.AsSpan(start, length)) is { } kept)
            {
                masked.AsSpan(start + kept.Front, length - kept.Front - kept.Back).Fill('*');
            }
        }

        return Shapes().Replace(new string(masked), found => new string('*', found.Length));
    }

    /// <summary>The next run of digits with an X at its end, in either width, that stands alone; single spaces or hyphens may group it.</summary>
    private static bool Next(string text, int from, out int start, out int length)
    {
        for (start = from; start < text.Length; start++)
        {
            if (!IsDigit(text[start]))
            {
                continue;
            }

            var end = start + 1;
            while (end < text.Length)
            {
                if (IsDigit(text[end]) || (IsSeparator(text[end]) && end + 1 < text.Length && IsDigit(text[end + 1])))
                {
                    end++;
                    continue;
                }

                break;
            }

            if (end < text.Length && text[end] is 'X' or 'x' or 'Ｘ' or 'ｘ')
            {
                end++;
            }

            // Digits inside a code of letters are not a number of their own.
            var alone = (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end]));
            if (alone && end - start >= 11)
            {
                length = end - start;
                return true;
            }

            start = end - 1;
        }

        length = 0;
        return false;
    }

    /// <summary>How much of a run may stay visible; null when it is not personal.</summary>
    private static (int Front, int Back)? Judge(ReadOnlySpan<char> run)
    {
        if (run.Length > Longest)
        {
            // Several numbers in one breath: none of them is shown.
            return (0, 0);
        }

        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        foreach (var letter in run)
        {
            if (!IsSeparator(letter))
            {
                digits[count++] = letter >= '\uFF10' ? (char)(letter - 0xFEE0) : char.ToUpperInvariant(letter);
            }
        }

        digits = digits[..count];
        var grouped = count != run.Length;
        if (count == 18 && BirthFits(digits[6..14], wide: true))
        {
            return grouped ? (0, 0) : (3, 2);
        }

        if (digits[^1] == 'X')
        {
            return null;
        }

        var personal = count switch
        {
            11 when digits[0] == '1' => digits[1] >= '3',
            11 or 12 => digits[0] == '0' && run.IndexOfAny("-－") is 3 or 4,
            15 => !grouped && BirthFits(digits[6..12], wide: false) && AreaCodes.EverExisted(digits[..6].ToString()),
            16 or 17 or 18 or 19 => Luhn(digits),
            _ => false,
        };
        return personal ? (0, 0) : null;
    }

    // What the runs miss and the public views hide: telephone numbers with a code of the country, grouped by dots or by wide spaces, a code of
    // the area before a space; identity numbers grouped by dots or with letters around them. An amount has one dot and is none of these.
    [GeneratedRegex(
        @"(?<![0-9０-９A-Za-z])(?:(?:00)?86[ 　－-]?)?1[ 　－-]?[3-9](?:[ 　－-]?[0-9０-９]){9}(?![0-9０-９A-Za-z])"
        + @"|(?<![0-9０-９A-Za-z])1[3-9][0-9][.·][0-9]{4}[.·][0-9]{4}(?![0-9A-Za-z])"
        + @"|(?<![0-9０-９A-Za-z])0[1-9][0-9]{1,2}[ 　－-][2-8][0-9]{6,7}(?![0-9０-９A-Za-z])"
        + "|" + IdentityLayout,
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Shapes();

    [GeneratedRegex(IdentityLayout, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identity();

    private static bool IsDigit(char letter) => letter is (>= '0' and <= '9') or (>= '\uFF10' and <= '\uFF19');

    private static bool IsSeparator(char letter) => letter is ' ' or '-' or '－';

    private static bool BirthFits(ReadOnlySpan<char> date, bool wide)
    {
        var (year, month, day) = wide
            ? (Pair(date) * 100 + Pair(date[2..]), Pair(date[4..]), Pair(date[6..]))
            : (1900 + Pair(date), Pair(date[2..]), Pair(date[4..]));
        return year is >= 1900 and < 2100 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }

    private static int Pair(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    /// <summary>The check of bank cards (ISO/IEC 7812-1).</summary>
    private static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var value = digits[digits.Length - 1 - at] - '0';
            value = at % 2 == 0 ? value : value * 2;
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}
