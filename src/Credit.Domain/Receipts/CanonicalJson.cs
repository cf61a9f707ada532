using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Credit.Domain.Receipts;

/// <summary>
/// The one form of a JSON value that is hashed and signed (RFC 8785): members in the order of their UTF-16 code units, no white space,
/// numbers and strings as ECMAScript writes them. Whoever has the value in any form arrives at the same bytes.
/// </summary>
internal static class CanonicalJson
{
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
                CanonicalForm.Text(output, value.GetString());
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(CanonicalForm.Number(value.GetDouble())));
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
            CanonicalForm.Text(output, member.Name);
            output.Write(":"u8);
            Write(member.Value, output);
            previous = member.Name;
        }

        output.Write("}"u8);
    }
}
