using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Sharing;

namespace Credit.Core.Sharing;

/// <summary>Verification codes of credit reports: a keyed hash over number and document, so that neither can be made up or altered (R-3.1.5.c).</summary>
internal static class ReportSeal
{
    private const int Bytes = 8;

    /// <summary>A new report number.</summary>
    public static string NewNumber(DateOnly today) =>
        $"RC-{today:yyyyMMdd}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(5))}";

    /// <summary>The code printed on a report.</summary>
    public static string CodeOf(PersonVault vault, CreditReport report)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"credit-report\n{report.Number}\n"), .. report.Content];
        return Convert.ToHexString(vault.HashContent(content).AsSpan(0, Bytes));
    }

    /// <summary>True when this is the report's code; how long it takes says nothing about it.</summary>
    public static bool Matches(PersonVault vault, CreditReport report, string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(vault, report)), Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()));
}

/// <summary>A credit report as it is handed out.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Report number.</param>
/// <param name="VerificationCode">Code by which anybody verifies it.</param>
/// <param name="Document">The document as issued.</param>
internal sealed record CreditReportView(Guid Id, string Number, string VerificationCode, JsonElement Document)
{
    public static CreditReportView Of(CreditReport report, PersonVault vault) =>
        new(report.Id, report.Number, ReportSeal.CodeOf(vault, report), JsonSerializer.Deserialize<JsonElement>(report.Content));
}
