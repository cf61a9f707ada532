using System.Buffers;
using System.Globalization;
using System.Text;

namespace Credit.Core.Checks;

/// <summary>
/// Writes canonical JSON (RFC 8785): no white space, members in the order of their names, only what must be is escaped. Whoever parses the
/// text and writes it canonically again gets the same bytes. The caller writes members in order.
/// </summary>
internal ref struct CanonicalText(IBufferWriter<byte> bytes)
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '"', '\\']);

    private bool _first = true;

    /// <summary>Opens an object, as an element where it stands in an array.</summary>
    public void Open()
    {
        Separate();
        bytes.Write("{"u8);
        _first = true;
    }

    /// <summary>Closes it.</summary>
    public void Close()
    {
        bytes.Write("}"u8);
        _first = false;
    }

    /// <summary>Opens the array that is a member.</summary>
    public void OpenArray(ReadOnlySpan<byte> name)
    {
        Name(name);
        bytes.Write("["u8);
        _first = true;
    }

    /// <summary>Closes it.</summary>
    public void CloseArray()
    {
        bytes.Write("]"u8);
        _first = false;
    }

    /// <summary>Opens the object that is a member.</summary>
    public void OpenObject(ReadOnlySpan<byte> name)
    {
        Name(name);
        bytes.Write("{"u8);
        _first = true;
    }

    /// <summary>A member that is true or false.</summary>
    public void Flag(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        bytes.Write(value ? "true"u8 : "false"u8);
        _first = false;
    }

    /// <summary>A member that is a whole number.</summary>
    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        bytes.Write(digits[..written]);
        _first = false;
    }

    /// <summary>A member that is an identity; null where there is none.</summary>
    public void Id(ReadOnlySpan<byte> name, Guid? value)
    {
        Name(name);
        if (value is { } id)
        {
            Span<byte> text = stackalloc byte[38];
            text[0] = text[37] = (byte)'"';
            id.TryFormat(text[1..], out _, "D");
            bytes.Write(text);
        }
        else
        {
            bytes.Write("null"u8);
        }

        _first = false;
    }

    /// <summary>A member that is a day; null where there is none.</summary>
    public void Day(ReadOnlySpan<byte> name, DateOnly? value) => Text(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A member that is text; null where there is none.</summary>
    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        Name(name);
        Value(value);
    }

    /// <summary>A text that is an element.</summary>
    public void Element(string value)
    {
        Separate();
        Value(value);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        bytes.Write("\""u8);
        bytes.Write(name);
        bytes.Write("\":"u8);
        _first = true;
    }

    private void Separate()
    {
        if (!_first)
        {
            bytes.Write(","u8);
        }

        _first = false;
    }

    private void Value(string? value)
    {
        if (value is null)
        {
            bytes.Write("null"u8);
        }
        else
        {
            bytes.Write("\""u8);
            Escaped(value);
            bytes.Write("\""u8);
        }

        _first = false;
    }

    private readonly void Escaped(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(MustEscape) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], bytes);
            bytes.Write(text[at] switch
            {
                '"' => "\\\""u8,
                '\\' => "\\\\"u8,
                '\b' => "\\b"u8,
                '\t' => "\\t"u8,
                '\n' => "\\n"u8,
                '\f' => "\\f"u8,
                '\r' => "\\r"u8,
                var control => Encoding.UTF8.GetBytes($"\\u{(int)control:x4}"),
            });
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, bytes);
    }
}
