using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Core.Receipts;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Host.Embedded;

namespace Credit.Host.Startup;

/// <summary>
/// <c>verify-log --head FILE [--signed-heads FILE]</c>: recomputes the chain of the log and compares it with the heads kept outside the
/// database (I81, X4), and the tree over it with its signed heads (I75).
/// </summary>
internal static class LogVerification
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Name of the command.</summary>
    public const string Command = "verify-log";

    /// <summary>The log is whole and continues every kept head.</summary>
    public const int Whole = 0;

    /// <summary>The log was altered.</summary>
    public const int Altered = 2;

    /// <summary>There is no readable file of heads.</summary>
    public const int NoHead = 3;

    private const string HeadSetting = "head";

    private const string SignedHeadsSetting = "signed-heads";

    /// <summary>Verifies, writes what was found, and serves nothing. Nothing is migrated or written.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> VerifyLogAsync(this WebApplication app, TextWriter output, CancellationToken cancel = default)
    {
        if (await ReadAsync(app.Configuration[HeadSetting], output, cancel) is not { } heads)
        {
            return NoHead;
        }

        await using var cluster = await ConnectAsync(app, cancel);
        var (broken, contradicted, last) = await app.Services.GetRequiredService<Sequencer>().RecomputeAsync(heads, cancel);
        if (broken is { } position)
        {
            await output.WriteLineAsync($"ALTERED at position {position}: the entry does not fit the chain. 第 {position} 条与链不符。");
        }

        if (contradicted is { } head)
        {
            await output.WriteLineAsync(
                head.Position > last
                    ? $"ALTERED: the log ends at {last}, and the head kept outside is at {head.Position}. 日志止于第 {last} 条，而外部留存的链头在第 {head.Position} 条。"
                    : $"ALTERED at or before position {head.Position}: the chain fits in itself and is not the one whose head was kept. 第 {head.Position} 条及以前被改写并重算。");
        }

        if (broken is not null || contradicted is not null)
        {
            return Altered;
        }

        if (app.Configuration[SignedHeadsSetting] is { Length: > 0 } file && await FindForgedAsync(app.Services, file, cancel) is { } size)
        {
            await output.WriteLineAsync(
                $"ALTERED: the signed head of {size} positions is not that of the log, or not signed by the platform. 签名链头（{size} 条）与日志不符，或签名无效。");
            return Altered;
        }

        await output.WriteLineAsync($"The log is whole: {last} positions, {heads.Count} kept heads. 日志完整：{last} 条，核对链头 {heads.Count} 个。");
        return Whole;
    }

    // The size of the first head that is not, or no longer, one of this log; null when all are.
    private static async Task<long?> FindForgedAsync(IServiceProvider services, string file, CancellationToken cancel)
    {
        var heads = await new HeadsFile(file).ReadAsync(cancel);
        foreach (var (size, _, line) in heads)
        {
            if (!await services.GetRequiredService<SigningDesk>().VerifiesAsync(JsonElement.Parse(line), cancel))
            {
                return size;
            }
        }

        return await services.GetRequiredService<PublicationLog>().FindContradictionAsync(heads.Select(head => (head.Size, head.Root)), cancel);
    }

    /// <summary>Heads, one JSON object a line, as <c>GET /api/register/head</c> answers; null when there are none.</summary>
    private static async Task<IReadOnlyList<RegisterHead>?> ReadAsync(string? file, TextWriter output, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(file) || !File.Exists(file))
        {
            await output.WriteLineAsync($"Name the file of kept heads: {Command} --{HeadSetting} FILE. 请以 --{HeadSetting} 指明外部留存链头的文件。");
            return null;
        }

        try
        {
            var heads = (await File.ReadAllLinesAsync(file, cancel)).Where(line => !string.IsNullOrWhiteSpace(line))
                .Select(line => JsonSerializer.Deserialize<RegisterHead>(line, Strict)).ToArray();

            // A head of position 0 was taken before anything was written: it binds nobody.
            if (Array.Exists(heads, head => head is { Position: > 0 }) && Array.TrueForAll(heads, head => head is { Position: 0 } or { Position: > 0, Hash.Length: 64 }))
            {
                return [.. heads.OfType<RegisterHead>()];
            }
        }
        catch (JsonException)
        {
            // Told below, as an empty file is.
        }

        await output.WriteLineAsync("The file holds no heads of this log: one {\"position\":…,\"hash\":…} a line. 文件中没有可用的链头。");
        return null;
    }

    private static async Task<EmbeddedCluster?> ConnectAsync(WebApplication app, CancellationToken cancel)
    {
        var address = app.Services.GetRequiredService<StoreAddress>();
        if (app.Configuration.GetConnectionString(Storage.ConnectionName) is { Length: > 0 } given)
        {
            address.ConnectionString = given;
            return null;
        }

        var cluster = await EmbeddedCluster.StartAsync(
            CreditHost.DataDirectoryOf(app.Configuration), new EmbeddedOptions(), app.Services.GetRequiredService<ILogger<EmbeddedCluster>>(), cancel);
        address.ConnectionString = cluster.ConnectionString(Storage.Database);
        return cluster;
    }
}
