using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Credit.Domain.Receipts;

/// <summary>
/// The one form of a JSON value that is hashed and signed (RFC 8785): members in the order of their UTF-16 code units, no white space,
/// numbers and strings as ECMAScript writes them. Whoever has the value in any form arrives at the same bytes.
/// </summary>
internal static class CanonicalJson
{
    // Control characters, what is escaped, and halves of surrogate pairs, which are looked at one by one.
    private static readonly SearchValues<char> Unusual = SearchValues.Create([.. Enumerable.Range(0, ' ').Concat(['"', '\\']).Concat(Enumerable.Range(0xD800, 0x800)).Select(code => (char)code)]);

    /// <summary>The canonical bytes of a value.</summary>
    /// <exception cref="FormatException">A number beyond the range of IEEE 754, half a surrogate pair, or a name that comes twice.</exception>
    public static byte[] Bytes(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical bytes of an object with only some of its members.</summary>
    /// <param name="value">The object.</param>
    /// <param name="members">True for the names that count.</param>
    /// <exception cref="FormatException">As above.</exception>
    public static byte[] Bytes(JsonElement value, Func<string, bool> members)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteObject(value.EnumerateObject().Where(member => members(member.Name)), output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical bytes of what an object serialises to.</summary>
    public static byte[] Bytes<T>(T value, JsonSerializerOptions options) => Bytes(JsonSerializer.SerializeToElement(value, options));

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value.EnumerateObject(), output);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    output.Write(index == 0 ? ""u8 : ","u8);
                    Write(item, output);
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(Number(value.GetDouble())));
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(value.GetRawText()));
                break;
        }
    }

    private static void WriteObject(IEnumerable<JsonProperty> members, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        string? previous = null;
        foreach (var member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (string.Equals(previous, member.Name, StringComparison.Ordinal))
            {
                throw new FormatException("A name comes twice in one object.");
            }

            output.Write(previous is null ? ""u8 : ","u8);
            WriteText(member.Name, output);
            output.Write(":"u8);
            Write(member.Value, output);
            previous = member.Name;
        }

        output.Write("}"u8);
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        if (!text.AsSpan().ContainsAny(Unusual))
        {
            output.Write("\""u8);
            Encoding.UTF8.GetBytes(text, output);
            output.Write("\""u8);
            return;
        }

        var written = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, char.IsLowSurrogate(text[i]) && i > 0 ? i - 1 : i))
            {
                throw new FormatException("A text holds half a surrogate pair.");
            }

            _ = text[i] switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append(@"\\"),
                '\b' => written.Append("\\b"),
                '\t' => written.Append("\\t"),
                '\n' => written.Append("\\n"),
                '\f' => written.Append("\\f"),
                '\r' => written.Append("\\r"),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}"),
                var letter => written.Append(letter),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(written.Append('"').ToString()));
    }

    /// <summary>A number as ECMAScript writes it (ECMA-262, Number::toString): the shortest digits that read back as the same number.</summary>
    internal static string Number(double value)
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
}
