using System.Security.Cryptography;
using System.Text;

namespace Credit.Core.Store;

/// <summary>Keeps identifiers of natural persons: encrypted, found again only through a keyed hash (X13). Keys live outside the database.</summary>
internal sealed class PersonVault : IDisposable
{
    private const byte KeyVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Setting a key up costs more than sealing a number or hashing a row; each of these serves one thread at a time.
    private readonly ThreadLocal<AesGcm> _cipher;
    private readonly ThreadLocal<IncrementalHash> _lookup;
    private readonly ThreadLocal<IncrementalHash> _content;

    /// <param name="masterKey">32 random bytes; the two working keys are derived from it.</param>
    public PersonVault(byte[] masterKey)
    {
        var encryption = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "credit/person/aes-256-gcm"u8.ToArray());
        _cipher = new ThreadLocal<AesGcm>(() => new AesGcm(encryption, TagSize), trackAllValues: true);
        _lookup = Keyed(HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "credit/person/hmac-sha256"u8.ToArray()));
        _content = Keyed(HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "credit/content/hmac-sha256"u8.ToArray()));
    }

    /// <summary>Reads the key file, or makes one that only its owner can read.</summary>
    public static PersonVault FromFile(string path) => new(KeyFile.ReadOrMake(path));

    /// <summary>Keyed hash of an identifier, in hex: equal for equal identifiers, meaningless without the key.</summary>
    public string Lookup(string scheme, string identifier) =>
        Convert.ToHexStringLower(Hash(_lookup.Value!, Encoding.UTF8.GetBytes($"{scheme}\n{identifier}")));

    /// <summary>Keyed hash over a content that holds identifiers of persons, 32 bytes.</summary>
    public byte[] HashContent(ReadOnlySpan<byte> content) => Hash(_content.Value!, content);

    /// <summary>Encrypts text: version, nonce, tag, cipher text.</summary>
    public byte[] Seal(string text) => Seal(Encoding.UTF8.GetBytes(text));

    /// <summary>Encrypts bytes.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[1 + NonceSize + TagSize + plain.Length];
        sealedBytes[0] = KeyVersion;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Value!.Encrypt(nonce, plain, sealedBytes.AsSpan(1 + NonceSize + TagSize), sealedBytes.AsSpan(1 + NonceSize, TagSize));
        return sealedBytes;
    }

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="CryptographicException">Not sealed by this key, or altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < 1 + NonceSize + TagSize || sealedBytes[0] != KeyVersion)
        {
            throw new CryptographicException("Unknown key version.");
        }

        var plain = new byte[sealedBytes.Length - 1 - NonceSize - TagSize];
        _cipher.Value!.Decrypt(sealedBytes.Slice(1, NonceSize), sealedBytes[(1 + NonceSize + TagSize)..], sealedBytes.Slice(1 + NonceSize, TagSize), plain);
        return plain;
    }

    public void Dispose()
    {
        foreach (var tool in _cipher.Values.Concat<IDisposable>(_lookup.Values).Concat(_content.Values))
        {
            tool.Dispose();
        }

        _cipher.Dispose();
        _lookup.Dispose();
        _content.Dispose();
    }

    /// <summary>Decrypts text.</summary>
    public string OpenText(ReadOnlySpan<byte> sealedBytes) => Encoding.UTF8.GetString(Open(sealedBytes));

    private static ThreadLocal<IncrementalHash> Keyed(byte[] key) => new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key), trackAllValues: true);

    private static byte[] Hash(IncrementalHash hash, ReadOnlySpan<byte> content)
    {
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
