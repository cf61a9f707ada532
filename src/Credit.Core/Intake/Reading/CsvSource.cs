using System.Buffers;
using System.Text;

namespace Credit.Core.Intake.Reading;

/// <summary>Comma-separated records (RFC 4180), read leniently: a quotation mark inside an unquoted cell is a character like any other.</summary>
internal sealed class CsvSource : TableSource
{
    private static readonly SearchValues<char> Unquoted = SearchValues.Create(",\r\n");

    private readonly StreamReader _reader;
    private readonly int _limit;
    private readonly List<(int Start, int Length)> _cells = new(64);
    private readonly string?[] _last = new string?[256];
    private char[] _buffer = ArrayPool<char>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private int _number;
    private int _recordStart;
    private bool _endOfFile;
    private bool _quoteNotClosed;

    /// <summary>Reads from the current position of <paramref name="stream"/>.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="encoding">Already proven to fit the bytes.</param>
    /// <param name="limits">Bounds the length of a record.</param>
    public CsvSource(Stream stream, Encoding encoding, SheetLimits limits)
    {
        _reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        _limit = limits.RecordCharacters;
    }

    /// <inheritdoc/>
    public override int Number => _number;

    /// <inheritdoc/>
    public override int Count => _cells.Count;

    /// <inheritdoc/>
    public override bool ExtraCellsShift => true;

    /// <inheritdoc/>
    public override bool Read()
    {
        _cells.Clear();
        _quoteNotClosed = false;
        if (_start == _end && !Fill())
        {
            return false;
        }

        _number++;
        var at = 0;
        while (true)
        {
            var quoted = Peek(at) == '"';
            var end = quoted ? ReadQuoted(ref at) : ReadPlain(ref at, at);
            if (end == ',')
            {
                at++;
                continue;
            }

            if (end == '\r')
            {
                end = Peek(++at);
            }

            if (end == '\n')
            {
                at++;
            }

            // Peek may have moved the record to the front of the buffer: only now is its place final.
            _recordStart = _start;
            _start += at;
            return true;
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Text(int column) => column < _cells.Count
        ? _buffer.AsSpan(_recordStart + _cells[column].Start, _cells[column].Length)
        : default;

    /// <inheritdoc/>
    public override string? Value(int column)
    {
        var text = Text(column);
        if (text.IsEmpty)
        {
            return null;
        }

        // Departments repeat themselves: the same organ and category row after row need no new string.
        if (column < _last.Length)
        {
            ref var last = ref _last[column];
            return text.SequenceEqual(last) ? last : last = text.ToString();
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override CellFault FaultOf(int column) =>
        _quoteNotClosed && column == _cells.Count - 1 ? CellFault.QuoteNotClosed : CellFault.None;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    /// <summary>The character at an offset into the record, or -1 at the end of the file.</summary>
    private int Peek(int at)
    {
        while (_start + at >= _end)
        {
            if (!Fill())
            {
                return -1;
            }
        }

        return _buffer[_start + at];
    }

    private int ReadPlain(ref int at, int cellStart)
    {
        while (true)
        {
            var hit = _buffer.AsSpan(_start + at, _end - _start - at).IndexOfAny(Unquoted);
            if (hit >= 0)
            {
                at += hit;
                _cells.Add((cellStart, at - cellStart));
                return _buffer[_start + at];
            }

            at = _end - _start;
            if (!Fill())
            {
                _cells.Add((cellStart, at - cellStart));
                return -1;
            }
        }
    }

    private int ReadQuoted(ref int at)
    {
        at++;
        var cellStart = at;
        var target = at;
        while (true)
        {
            var hit = _buffer.AsSpan(_start + at, _end - _start - at).IndexOf('"');
            var run = hit >= 0 ? hit : _end - _start - at;
            if (target != at)
            {
                _buffer.AsSpan(_start + at, run).CopyTo(_buffer.AsSpan(_start + target));
            }

            at += run;
            target += run;
            if (hit < 0)
            {
                if (Fill())
                {
                    continue;
                }

                _quoteNotClosed = true;
                _cells.Add((cellStart, target - cellStart));
                return -1;
            }

            at++;
            var next = Peek(at);
            if (next == '"')
            {
                _buffer[_start + target++] = '"';
                at++;
                continue;
            }

            // Whatever stands between the closing mark and the comma belongs to the cell.
            while (next is not (',' or '\r' or '\n' or -1))
            {
                _buffer[_start + target++] = (char)next;
                next = Peek(++at);
            }

            _cells.Add((cellStart, target - cellStart));
            return next;
        }
    }

    /// <summary>Reads on, keeping the record in progress; false at the end of the file.</summary>
    private bool Fill()
    {
        if (_endOfFile)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= _limit)
            {
                throw new SheetUnreadableException(FileCodes.RecordTooLong);
            }

            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        var read = _reader.Read(_buffer.AsSpan(_end));
        _end += read;
        _endOfFile = read == 0;
        return read > 0;
    }
}
