using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Credit.Domain.Receipts;

/// <summary>How RFC 8785 writes a text and a number: whoever writes canonical JSON, from a document or member by member, writes them here.</summary>
internal static class CanonicalForm
{
    // Control characters, what is escaped, and halves of surrogate pairs, which are looked at one by one.
    private static readonly SearchValues<char> Unusual = SearchValues.Create([.. Enumerable.Range(0, ' ').Concat(['"', '\\']).Concat(Enumerable.Range(0xD800, 0x800)).Select(code => (char)code)]);

    /// <summary>Writes a text with its quotation marks; only what must be is escaped.</summary>
    /// <exception cref="FormatException">Half a surrogate pair.</exception>
    public static void Text(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(Unusual) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            if (!char.IsSurrogate(text[at]))
            {
                Escaped(output, text[at]);
                text = text[(at + 1)..];
            }
            else if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                Encoding.UTF8.GetBytes(text.Slice(at, 2), output);
                text = text[(at + 2)..];
            }
            else
            {
                throw new FormatException("A text holds half a surrogate pair.");
            }
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }

    /// <summary>Writes a whole number.</summary>
    public static void Number(IBufferWriter<byte> output, long value)
    {
        const int Longest = 20;
        Utf8Formatter.TryFormat(value, output.GetSpan(Longest), out var written);
        output.Advance(written);
    }

    /// <summary>A number as ECMAScript writes it (ECMA-262, Number::toString): the shortest digits that read back as the same number.</summary>
    /// <exception cref="FormatException">It is beyond the range of IEEE 754.</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("A number is beyond the range of IEEE 754.");
        }

        if (value == 0)
        {
            return "0";
        }

        // .NET has the same shortest digits; where the point and the exponent go differs.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0];
        var point = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.IndexOf('.', StringComparison.Ordinal) : mantissa.Length;
        var exponent = shortest.Contains('E', StringComparison.Ordinal) ? int.Parse(shortest.Split('E')[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var n = point + exponent - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        var k = digits.Length;
        var text = n switch
        {
            > 0 and <= 21 when k <= n => digits + new string('0', n - k),
            > 0 and <= 21 => $"{digits[..n]}.{digits[n..]}",
            > -6 and <= 0 => $"0.{new string('0', -n)}{digits}",
            _ => $"{digits[0]}{(k == 1 ? "" : "." + digits[1..])}e{(n > 0 ? '+' : '-')}{Math.Abs(n - 1)}",
        };
        return value < 0 ? "-" + text : text;
    }

    private static void Escaped(IBufferWriter<byte> output, char letter) => output.Write(letter switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => Encoding.UTF8.GetBytes($"\\u{(int)letter:x4}"),
    });
}
