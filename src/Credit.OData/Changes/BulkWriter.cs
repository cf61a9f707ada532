using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Credit.OData.Changes;

/// <summary>Writes a packed file line by line, and knows in the end what it wrote.</summary>
internal sealed class BulkWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _address;
    private readonly FileStream _file;
    private readonly StreamWriter _lines;
    private long _rows;
    private bool _ended;

    public BulkWriter(string home, string set, string name)
    {
        (_path, _address) = (Path.Combine(home, name), $"/bulk/{set}/{name}");
        _file = new FileStream(_path + ".new", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, useAsync: true);
        _lines = new StreamWriter(new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
    }

    public async Task WriteAsync(string line, CancellationToken cancel, bool counted = true)
    {
        await _lines.WriteLineAsync(line.AsMemory(), cancel);
        _rows += counted ? 1 : 0;
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public async Task<BulkFile> EndAsync()
    {
        await _lines.DisposeAsync();
        _file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(_file));
        var length = _file.Length;
        await _file.DisposeAsync();
        File.Move(_path + ".new", _path, overwrite: true);
        _ended = true;
        return new(_address, _rows, length, hash);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _lines.DisposeAsync();
            await _file.DisposeAsync();
            File.Delete(_path + ".new");
        }
    }
}
