using Microsoft.AspNetCore.Http;

namespace Credit.Core.Http;

/// <summary>Passes a JSON body on while looking for NUL and for lone surrogates, raw or escaped, that PostgreSQL cannot store, and for null among the elements of a list.</summary>
internal sealed class JsonTextGuard(Stream body, HttpContext context) : Stream
{
    private int _digits;
    private int _value;
    private State _state;
    private Pair _pair;
    private NullElements _elements = new();

    // Where in an escape the scanner is. A backslash occurs in JSON only inside of strings, so strings need no tracking.
    private enum State
    {
        Text,
        Backslash,
        Hex,
    }

    // After \ud83d the next characters must be \ude00.
    private enum Pair
    {
        None,
        Open,
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => body.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => body.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => body.Position;
        set
        {
            body.Position = value;
            (_state, _pair, _digits, _value) = (State.Text, Pair.None, 0, 0);
            _elements = new();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        Scan(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = body.Read(buffer, offset, count);
        Scan(buffer.AsSpan(offset, read));
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => body.Position + offset,
        _ => body.Length + offset,
    };

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Scan(ReadOnlySpan<byte> bytes)
    {
        if (_elements.Find(bytes) is { } pointer)
        {
            context.Features.Set(new Refused("null-element", [new ProblemError("null-element", pointer, "RFC 8259", "列表中不得有空元素。", "A list may not hold null.")]));
            throw new BadHttpRequestException("A list of the body holds null.", StatusCodes.Status400BadRequest);
        }

        if (_state == State.Text && _pair == Pair.None && bytes.IndexOfAny((byte)'\\', (byte)0) < 0)
        {
            return;
        }

        foreach (var next in bytes)
        {
            switch (_state)
            {
                case State.Text:
                    if (next == 0 || (_pair == Pair.Open && next != '\\'))
                    {
                        Refuse();
                    }

                    _state = next == '\\' ? State.Backslash : State.Text;
                    break;
                case State.Backslash:
                    if (_pair == Pair.Open && next != 'u')
                    {
                        Refuse();
                    }

                    (_state, _digits, _value) = next == 'u' ? (State.Hex, 0, 0) : (State.Text, 0, 0);
                    break;
                default:
                    _value = (_value << 4) | HexOf(next);
                    if (++_digits == 4)
                    {
                        Judge((char)_value);
                        _state = State.Text;
                    }

                    break;
            }
        }
    }

    private void Judge(char unit)
    {
        if (unit == 0 || char.IsLowSurrogate(unit) != (_pair == Pair.Open))
        {
            Refuse();
        }

        _pair = char.IsHighSurrogate(unit) ? Pair.Open : Pair.None;
    }

    // A letter that is no hex digit is the JSON reader's to refuse.
    private static int HexOf(byte digit) => char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 1;

    private void Refuse()
    {
        context.Features.Set(new Refused("unprintable-text", [new ProblemError(
            "unprintable-text", null, "RFC 8259", "文本中含有空字符或不完整的字符。", "The text holds NUL or half a character.")]));
        throw new BadHttpRequestException("The body holds NUL or a lone surrogate.", StatusCodes.Status400BadRequest);
    }
}
