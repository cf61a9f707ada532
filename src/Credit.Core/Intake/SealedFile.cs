using Credit.Core.Store;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>
/// The bytes of a batch in the database, sealed part by part; read back as a seekable stream. A file of usual size stays in memory
/// once read, for it is read twice: to tell its encoding, and for its rows. A larger one is held part by part.
/// </summary>
internal sealed class SealedFile(NpgsqlDataSource source, PersonVault vault, Guid batchId, long length) : Stream
{
    /// <summary>Plain bytes of a part.</summary>
    public const int PartSize = 1 << 20;

    private const long KeptLength = 128L << 20;

    private readonly byte[]?[] _kept = length <= KeptLength ? new byte[]?[(length + PartSize - 1) / PartSize] : [];
    private byte[] _part = [];
    private int _loaded = -1;
    private (int Part, Task<byte[]> Content) _ahead = (-1, Task.FromResult<byte[]>([]));

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <summary>Stores a stream in the open transaction of a connection.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid batchId, Stream content, PersonVault vault, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY core.intake_file (batch_id, part, content) FROM STDIN (FORMAT binary)", cancel);
        var buffer = new byte[PartSize];
        for (var part = 0; ; part++)
        {
            var read = await content.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false, cancel);
            if (read == 0)
            {
                break;
            }

            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(batchId, cancel);
            await copy.WriteAsync(part, cancel);
            await copy.WriteAsync(vault.Seal(buffer.AsSpan(0, read)), cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        Load((int)(Position / PartSize));
        var offset = (int)(Position % PartSize);
        var count = Math.Min(buffer.Length, _part.Length - offset);
        _part.AsSpan(offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // The readers are synchronous, and a file is read part by part from front to back: the next part comes while this one is read.
    private void Load(int part)
    {
        if (part == _loaded)
        {
            return;
        }

        var known = _kept.Length > 0 ? _kept[part] : null;
        _part = known ?? (_ahead.Part == part ? _ahead.Content.GetAwaiter().GetResult() : Fetch(part));
        _loaded = part;
        if (_kept.Length > 0)
        {
            _kept[part] = _part;
        }

        var next = part + 1;
        if (known is null && (long)next * PartSize < length)
        {
            _ahead = (next, Task.Run(() => Fetch(next)));
        }
    }

    private byte[] Fetch(int part)
    {
        using var command = source.CreateCommand("SELECT content FROM core.intake_file WHERE batch_id = $1 AND part = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = part });
        return vault.Open((byte[])(command.ExecuteScalar() ?? throw new InvalidDataException("A part of the file is missing.")));
    }
}
