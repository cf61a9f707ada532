using System.Text.Json;

namespace Credit.Core.Exchange;

/// <summary>
/// Messages as files: each is written under another name and renamed, so that nobody reads half of one; receipts come back as
/// files in a second folder and are set aside once kept.
/// </summary>
internal sealed class FileTransport(string outbox, string receipts) : ICityTransport
{
    private const int LongestReceipt = 64 * 1024;
    private const int ReceiptsAtOnce = 1000;
    private const string Kept = "kept";

    public async Task<Delivery> SendAsync(CityMessage message, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(outbox);
            var path = Path.Combine(outbox, message.Key + ".json");
            var draft = path + ".part";
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(message.Body), cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            return new(Handover.Sent, "file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(Handover.Away, fault.GetType().Name);
        }
    }

    public async Task<IReadOnlyList<CityReceipt>> ReadReceiptsAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(receipts))
        {
            return [];
        }

        List<CityReceipt> read = [];
        foreach (var path in Directory.EnumerateFiles(receipts, "*.json").Order(StringComparer.Ordinal).Take(ReceiptsAtOnce))
        {
            if (await ReadAsync(path, cancel) is { } receipt)
            {
                read.Add(receipt);
            }
        }

        return read;
    }

    public Task KeptAsync(CityReceipt receipt, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(receipts, Kept)).FullName;
        if (File.Exists(receipt.Source))
        {
            File.Move(receipt.Source, Path.Combine(folder, Path.GetFileName(receipt.Source)), overwrite: true);
        }

        return Task.CompletedTask;
    }

    // A file still being written, or none of ours, is left for the next look.
    private static async Task<CityReceipt?> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            if (new FileInfo(path).Length > LongestReceipt)
            {
                return null;
            }

            var body = JsonSerializer.Deserialize<Body>(await File.ReadAllTextAsync(path, cancel), JsonSerializerOptions.Web);
            return body is null ? null : new CityReceipt(body.Position, body.Accepted, ReceiptNumber.Bounded(body.Number), path);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Body(long Position, bool Accepted, string? Number);
}

/// <summary>Numbers of receipts come from outside.</summary>
internal static class ReceiptNumber
{
    private const int Longest = 100;

    /// <summary>A number short and plain enough to keep.</summary>
    public static string Bounded(string? number)
    {
        var plain = string.Concat((number ?? "").Where(letter => !char.IsControl(letter)));
        return plain[..Math.Min(plain.Length, Longest)];
    }
}
