using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Receipts;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>
/// Signs receipts and heads of the log. The private key lies in a file that only its owner can read; the public one is kept in the
/// register before anything is signed with it, and stays there. To change the key, move its file away: the next start makes another.
/// </summary>
/// <param name="algorithm">Algorithm of this host's signatures.</param>
/// <param name="folder">Where keys are kept.</param>
/// <param name="sources">The register.</param>
/// <param name="clock">Dates keys.</param>
internal sealed class SigningDesk(ISignatureAlgorithm algorithm, string folder, StoreSources sources, TimeProvider clock)
{
    private readonly Lazy<(CurvePoint Public, Func<byte[], byte[]> Sign)> _key = new(() =>
    {
        var key = ReadOrMake(Path.Combine(folder, $"signing-{algorithm.Name.ToLowerInvariant()}.pem"), algorithm);
        return (algorithm.PublicOf(key), algorithm.SignerOf(key));
    });

    // Keys are never changed, so what was read once holds.
    private readonly ConcurrentDictionary<string, SigningKey> _known = new(StringComparer.Ordinal);

    private volatile string? _published;

    /// <summary>Name of the member that holds a signature.</summary>
    public const string SignatureMember = "signature";

    /// <summary>Thumbprint of the key, once it is published.</summary>
    /// <exception cref="InvalidOperationException">Nothing is signed with it before.</exception>
    public string KeyId => _published ?? throw new InvalidOperationException("The key is not published yet.");

    /// <summary>Algorithm of new signatures and hashes.</summary>
    public ISignatureAlgorithm Algorithm => algorithm;

    /// <summary>Reads the key, or makes it, and publishes its public half.</summary>
    /// <returns>Its thumbprint.</returns>
    public async Task<string> PublishAsync(CancellationToken cancel)
    {
        if (_published is { } done)
        {
            return done;
        }

        var key = SigningKey.Of(algorithm, _key.Value.Public, clock.GetUtcNow());
        await using var command = sources.Application.CreateCommand(
            "INSERT INTO core.signing_key (key_id, algorithm, x, y, since) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key_id) DO NOTHING");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<string> { TypedValue = key.KeyId }, new NpgsqlParameter<string> { TypedValue = key.Algorithm },
            new NpgsqlParameter<byte[]> { TypedValue = key.X }, new NpgsqlParameter<byte[]> { TypedValue = key.Y },
            new NpgsqlParameter<DateTime> { TypedValue = key.Since.UtcDateTime },
        });
        await command.ExecuteNonQueryAsync(cancel);
        return _published = key.KeyId;
    }

    /// <summary>Signs a content; the key is published by then.</summary>
    /// <returns>r and s, base64url.</returns>
    public string Sign(byte[] content) => _published is null
        ? throw new InvalidOperationException("The key is not published yet.")
        : Base64Url.EncodeToString(_key.Value.Sign(content));

    /// <summary>Signs the canonical JSON of a statement without its member <c>signature</c>.</summary>
    /// <param name="statement">The statement with what is known of its signature; asked first without the signature, then with it.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<T> SignAsync<T>(Func<Signed, T> statement, JsonSerializerOptions options, CancellationToken cancel) =>
        SignAsync(statement, options, AllButSignature, cancel);

    /// <summary>Signs the canonical JSON of some members of a statement.</summary>
    /// <param name="statement">As above.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="members">True for the names that are signed.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<T> SignAsync<T>(Func<Signed, T> statement, JsonSerializerOptions options, Func<string, bool> members, CancellationToken cancel)
    {
        var by = new Signed(await PublishAsync(cancel), algorithm.Name, "");
        var content = CanonicalJson.Bytes(JsonSerializer.SerializeToElement(statement(by), options), members);
        return statement(by with { Value = Sign(content) });
    }

    /// <summary>True when a key that the register knows signed these members.</summary>
    public Task<bool> VerifiesAsync(JsonElement signed, CancellationToken cancel) => VerifiesAsync(signed, AllButSignature, cancel);

    /// <summary>True when a key that the register knows signed some of these members.</summary>
    /// <param name="signed">The statement.</param>
    /// <param name="members">True for the names that are signed.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<bool> VerifiesAsync(JsonElement signed, Func<string, bool> members, CancellationToken cancel)
    {
        string? Text(string name) => signed.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        return Text(SignatureMember) is { } signature && Base64Url.IsValid(signature)
            && Text(Members.KeyId) is { } keyId
            && await FindAsync(keyId, cancel) is { } key
            && key.Algorithm == Text(Members.Algorithm)
            && SignatureAlgorithms.Find(key.Algorithm) is { } way
            && way.Verifies(key.Point, CanonicalJson.Bytes(signed, members), Base64Url.DecodeFromChars(signature));
    }

    private async Task<SigningKey?> FindAsync(string keyId, CancellationToken cancel)
    {
        if (_known.TryGetValue(keyId, out var known))
        {
            return known;
        }

        if (keyId.Contains('\0', StringComparison.Ordinal))
        {
            // The database has no such text, and would refuse the question.
            return null;
        }

        await using var command = sources.Application.CreateCommand("SELECT algorithm, x, y, since FROM core.signing_key WHERE key_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = keyId });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? _known.GetOrAdd(keyId, new SigningKey
            {
                KeyId = keyId,
                Algorithm = row.GetString(0),
                X = row.GetFieldValue<byte[]>(1),
                Y = row.GetFieldValue<byte[]>(2),
                Since = row.GetFieldValue<DateTimeOffset>(3),
            })
            : null;
    }

    private static bool AllButSignature(string name) => name != SignatureMember;

    private static byte[] ReadOrMake(string path, ISignatureAlgorithm algorithm)
    {
        if (!File.Exists(path))
        {
            KeyFile.Make(path, Encoding.ASCII.GetBytes(PemEncoding.WriteString("PRIVATE KEY", algorithm.NewKey()) + "\n"));
        }

        var text = File.ReadAllText(path);
        return Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
    }

    /// <summary>Names of the members that say how it was signed.</summary>
    private static class Members
    {
        public const string KeyId = "keyId";
        public const string Algorithm = "algorithm";
    }
}
