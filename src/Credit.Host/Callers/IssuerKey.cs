using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Credit.Host.Callers;

/// <summary>The key that signs tokens of the embedded issuer: made at the first start, kept in the data directory, readable by its owner only.</summary>
internal sealed class IssuerKey(string file) : IDisposable
{
    private readonly RSA _rsa = LoadOrMake(file);

    /// <summary>The key with its id, the hash of its public half.</summary>
    public RsaSecurityKey Key => field ??= new RsaSecurityKey(_rsa)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()))[..16],
    };

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();

    private static RSA LoadOrMake(string file)
    {
        var rsa = RSA.Create();
        if (File.Exists(file))
        {
            rsa.ImportFromPem(File.ReadAllText(file));
            return rsa;
        }

        rsa.KeySize = 2048;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var written = new StreamWriter(new FileStream(file, options));
        written.Write(rsa.ExportPkcs8PrivateKeyPem());
        return rsa;
    }
}
