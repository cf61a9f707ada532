using System.Buffers;
using System.Text.Json;

namespace Credit.Core.Intake.Reading;

/// <summary>An array of objects, one object in memory at a time. Read twice: once to prove the whole text and to see which members occur, once for the rows.</summary>
internal sealed class JsonRows : IDisposable
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private readonly Stream _stream;
    private readonly int _limit;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _endOfFile;
    private bool _opened;

    /// <summary>Starts at the beginning of the stream.</summary>
    /// <param name="stream">Seekable UTF-8; stays open.</param>
    /// <param name="limits">Bounds one object.</param>
    public JsonRows(Stream stream, SheetLimits limits)
    {
        (_stream, _limit) = (stream, limits.RecordCharacters);
        stream.Position = 0;
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }
    }

    /// <summary>The next object; null at the end of the array. The caller disposes it before asking for the next.</summary>
    /// <exception cref="SheetUnreadableException">Not JSON, not an array of objects, or an object beyond the limit.</exception>
    public JsonDocument? Next()
    {
        try
        {
            // Between elements the array is walked by hand, so that each element can be parsed as a text of its own.
            var mark = SkipSpace();
            if (!_opened)
            {
                _opened = mark == '[' ? true : throw new SheetUnreadableException(mark is '{' or '"' ? FileCodes.JsonNotARowArray : FileCodes.JsonMalformed);
                _start++;
                mark = SkipSpace();
                if (mark != ']')
                {
                    return Parse(mark);
                }
            }
            else if (mark == ',')
            {
                _start++;
                return Parse(SkipSpace());
            }

            if (mark != ']')
            {
                throw new SheetUnreadableException(FileCodes.JsonMalformed);
            }

            _start++;
            return SkipSpace() < 0 ? null : throw new SheetUnreadableException(FileCodes.JsonMalformed);
        }
        catch (JsonException damage)
        {
            throw new SheetUnreadableException(FileCodes.JsonMalformed, damage);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private JsonDocument Parse(int mark)
    {
        if (mark != '{')
        {
            throw new SheetUnreadableException(mark is '[' or '"' or 't' or 'f' or 'n' or '-' or (>= '0' and <= '9') ? FileCodes.JsonNotARowArray : FileCodes.JsonMalformed);
        }

        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _endOfFile, new JsonReaderState(new JsonReaderOptions { MaxDepth = Options.MaxDepth }));
            if (JsonDocument.TryParseValue(ref reader, out var row))
            {
                _start += (int)reader.BytesConsumed;
                return row;
            }

            if (!Fill())
            {
                throw new SheetUnreadableException(FileCodes.JsonMalformed);
            }
        }
    }

    private int SkipSpace()
    {
        while (true)
        {
            while (_start < _end)
            {
                if (_buffer[_start] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                {
                    return _buffer[_start];
                }

                _start++;
            }

            if (!Fill())
            {
                return -1;
            }
        }
    }

    private bool Fill()
    {
        if (_endOfFile)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_end >= _limit)
            {
                throw new SheetUnreadableException(FileCodes.RecordTooLong);
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _endOfFile = read == 0;
        return true;
    }
}
