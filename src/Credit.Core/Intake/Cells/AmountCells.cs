using System.Globalization;

namespace Credit.Core.Intake.Cells;

/// <summary>Amounts: given in 万元 with at most six decimals, kept in 元. The sixth decimal of 万元 is one fen.</summary>
internal static class AmountCells
{
    /// <summary>Above ten thousand 万元 an amount of this district was almost certainly typed in 元.</summary>
    private const decimal ImplausibleYuan = 100_000_000m;

    /// <summary>The amount in 元; null when empty or refused.</summary>
    public static decimal? Yuan(this RowScan row, int ordinal)
    {
        var raw = row.Raw(ordinal);
        if (raw is null)
        {
            return null;
        }

        Span<char> buffer = stackalloc char[64];
        var text = Fold(raw, buffer, out var changed);
        if (text.IsEmpty)
        {
            return null;
        }

        var negative = text[0] == '-';
        var number = negative ? text[1..] : text;
        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? default : number[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            row.Reject(CellCodes.AmountFormat, ordinal);
            return null;
        }

        whole = whole.TrimStart('0');
        fraction = fraction.TrimEnd('0');
        var refusal = negative && (whole.Length > 0 || fraction.Length > 0) ? CellCodes.AmountNegative
            : whole.Length > 12 ? CellCodes.AmountOutOfRange
            : fraction.Length > 6 ? CellCodes.AmountPrecision
            : null;
        if (refusal is not null)
        {
            row.Reject(refusal, ordinal);
            return null;
        }

        if (changed)
        {
            row.Warn(CellCodes.AmountNormalised, ordinal);
        }

        var fen = 0L;
        foreach (var digit in whole)
        {
            fen = (fen * 10) + digit - '0';
        }

        for (var place = 0; place < 6; place++)
        {
            fen = (fen * 10) + (place < fraction.Length ? fraction[place] - '0' : 0);
        }

        var yuan = new decimal((int)fen, (int)(fen >> 32), 0, isNegative: false, scale: 2);
        if (yuan > ImplausibleYuan)
        {
            row.Warn(CellCodes.AmountImplausible, ordinal);
        }

        return yuan;
    }

    /// <summary>Doubts an amount that the text of the decision gives as so many 元: then the cell was filled in 元 too.</summary>
    public static void DoubtUnit(this RowScan row, int ordinal, decimal? yuan, string? text)
    {
        // Below twenty 万元 as given, a text may well name the same small number for something else.
        if (yuan is not (>= 200_000m and <= ImplausibleYuan) || text is null || yuan.Value % 10_000m != 0)
        {
            return;
        }

        Span<char> digits = stackalloc char[16];
        ((long)(yuan.Value / 10_000m)).TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        digits[length++] = '元';
        var at = text.AsSpan().IndexOf(digits[..length]);
        if (at == 0 || (at > 0 && !char.IsAsciiDigit(text[at - 1]) && text[at - 1] is not ('.' or ',')))
        {
            row.Warn(CellCodes.AmountImplausible, ordinal);
        }
    }

    /// <summary>Half width, without spaces and without separators of thousands that stand where they belong.</summary>
    private static ReadOnlySpan<char> Fold(string raw, Span<char> buffer, out bool changed)
    {
        changed = false;
        if (raw.Length > buffer.Length)
        {
            return raw;
        }

        var length = 0;
        foreach (var letter in raw)
        {
            var half = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;
            if (!char.IsWhiteSpace(half) && !TextCells.IsInvisible(half))
            {
                buffer[length++] = half == '−' ? '-' : half;
            }
        }

        var text = buffer[..length];
        if (text.Contains(',') && ThousandsFit(text))
        {
            length = 0;
            foreach (var letter in text)
            {
                if (letter != ',')
                {
                    buffer[length++] = letter;
                }
            }

            text = buffer[..length];
        }

        changed = !text.SequenceEqual(raw);
        return text;
    }

    private static bool ThousandsFit(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        var whole = (point < 0 ? text : text[..point]).TrimStart('-');
        var first = whole.IndexOf(',');
        if (first is < 1 or > 3 || (point >= 0 && text[point..].Contains(',')))
        {
            return false;
        }

        for (var at = first; at < whole.Length; at += 4)
        {
            if (whole[at] != ',' || at + 4 > whole.Length || whole.Slice(at + 1, 3).ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }
}
