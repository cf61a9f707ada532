using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Credit.Core.Store;

namespace Credit.Core.Intake.Records;

/// <summary>Takes the normalised content of a record field by field; one walk serves hash, comparison and export.</summary>
internal interface IFieldVisitor
{
    /// <summary>A text or code.</summary>
    void Text(int ordinal, string? value);

    /// <summary>A day.</summary>
    void Day(int ordinal, DateOnly? value);

    /// <summary>An amount in 元.</summary>
    void Yuan(int ordinal, decimal? value);
}

/// <summary>SHA-256 over the normalised content: two rows with the same hash say the same, however they were typed.</summary>
internal struct ContentHasher : IFieldVisitor, IDisposable
{
    private const char FieldEnd = '\u001F';

    private char[] _buffer;
    private int _length;

    /// <summary>An empty content.</summary>
    public ContentHasher() => _buffer = ArrayPool<char>.Shared.Rent(2048);

    /// <inheritdoc/>
    public void Text(int ordinal, string? value)
    {
        value?.CopyTo(Room(value.Length + 1));
        _length += value?.Length ?? 0;
        Room(1)[0] = FieldEnd;
        _length++;
    }

    /// <inheritdoc/>
    public void Day(int ordinal, DateOnly? value)
    {
        if (value is { } day)
        {
            day.DayNumber.TryFormat(Room(16), out var length, provider: CultureInfo.InvariantCulture);
            _length += length;
        }

        Room(1)[0] = FieldEnd;
        _length++;
    }

    /// <inheritdoc/>
    public void Yuan(int ordinal, decimal? value)
    {
        if (value is { } yuan)
        {
            yuan.TryFormat(Room(40), out var length, "0.##", CultureInfo.InvariantCulture);
            _length += length;
        }

        Room(1)[0] = FieldEnd;
        _length++;
    }

    /// <summary>The hash of everything taken so far.</summary>
    /// <param name="vault">Keys the hash (HMAC-SHA-256); plain SHA-256 when null.</param>
    public readonly byte[] Finish(PersonVault? vault)
    {
        var bytes = MemoryMarshal.AsBytes(_buffer.AsSpan(0, _length));
        return vault is null ? SHA256.HashData(bytes) : vault.HashContent(bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer, clearArray: true);

    private Span<char> Room(int characters)
    {
        if (_length + characters > _buffer.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + characters));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}

/// <summary>The normalised content as texts by ordinal, in the units and spellings of the layout: amounts in 万元, days as yyyy-MM-dd.</summary>
internal readonly struct NormalisedTexts : IFieldVisitor
{
    /// <summary>All fields empty.</summary>
    /// <param name="fields">Number of fields of the layout.</param>
    public NormalisedTexts(int fields) => Values = new string?[fields];

    /// <summary>By ordinal; null where empty.</summary>
    public string?[] Values { get; }

    /// <inheritdoc/>
    public void Text(int ordinal, string? value) => Values[ordinal] = value;

    /// <inheritdoc/>
    public void Day(int ordinal, DateOnly? value) => Values[ordinal] = value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Yuan(int ordinal, decimal? value) => Values[ordinal] = (value / 10_000m)?.ToString("0.######", CultureInfo.InvariantCulture);
}
