using System.Buffers;
using System.Globalization;
using Credit.Domain.Receipts;

namespace Credit.Core.Checks;

/// <summary>
/// Writes canonical JSON (RFC 8785): no white space, members in the order of their names, only what must be is escaped. Whoever parses the
/// text and writes it canonically again gets the same bytes. The caller writes members in order.
/// </summary>
internal ref struct CanonicalText(IBufferWriter<byte> bytes)
{
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

    /// <summary>Opens an array that stands by itself.</summary>
    public void OpenList()
    {
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
        CanonicalForm.Number(bytes, value);
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

    /// <summary>A member whose text needs no escaping: letters, digits and the signs of names.</summary>
    public void Plain(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Name(name);
        bytes.Write("\""u8);
        bytes.Write(value);
        bytes.Write("\""u8);
        _first = false;
    }

    /// <summary>A member that is an instant, as the platform writes them everywhere; a zero at the end of its second is left out.</summary>
    public void Instant(ReadOnlySpan<byte> name, DateTimeOffset value) => Text(name, value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    /// <summary>A member that is a hash, in hex.</summary>
    public void Hash(ReadOnlySpan<byte> name, ReadOnlySpan<byte> hash)
    {
        Span<byte> hex = stackalloc byte[2 * hash.Length];
        Convert.TryToHexStringLower(hash, hex, out _);
        Plain(name, hex);
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
            CanonicalForm.Text(bytes, value);
        }

        _first = false;
    }
}
