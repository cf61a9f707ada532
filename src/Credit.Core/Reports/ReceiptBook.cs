using System.Security.Cryptography;
using System.Text;

namespace Credit.Core.Reports;

/// <summary>
/// Receipts of reports: sixteen random digits, of which only a slow hash is kept (X38). The salt is secret and lies outside of
/// the database, one for all, so that a receipt can be looked up; whoever has the database alone cannot even guess.
/// </summary>
internal sealed class ReceiptBook(byte[] salt)
{
    private const int Digits = 16;
    private const int Iterations = 600_000;

    /// <summary>A new receipt.</summary>
    public static string New() => RandomNumberGenerator.GetString("0123456789", Digits);

    /// <summary>Its hash. What is no receipt at all costs as much as one that is (identical answer time).</summary>
    public byte[] HashOf(string? receipt)
    {
        var digits = string.Concat((receipt ?? "").Where(char.IsAsciiDigit).Take(Digits + 1));
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(digits), salt, Iterations, HashAlgorithmName.SHA256, 32);
    }
}

/// <summary>Which report a receipt is for.</summary>
internal sealed class ReportReceipt
{
    public required byte[] Hash { get; init; }

    public Guid ReportId { get; init; }
}
