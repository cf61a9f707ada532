using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Core.Receipts;
using Credit.Domain.Checks;

namespace Credit.Core.Checks;

/// <summary>
/// That a department checked before it decided, and what it was told (R-3.1.6.a): written once with the answer, also when nothing was
/// found, and never changed. It holds no identifier: subjects by identity and keyed lookup only.
/// </summary>
internal sealed class CheckReceipt
{
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>查询编号, which the decision quotes: random, so that it tells nothing and cannot be guessed.</summary>
    public required string Number { get; init; }

    /// <summary>Department that asked.</summary>
    public required string Department { get; init; }

    /// <summary>Account that asked.</summary>
    public required string Account { get; init; }

    public QueryPurpose Purpose { get; init; }

    public MatterKind Kind { get; init; }

    /// <summary>Reference number of the matter.</summary>
    public required string Reference { get; init; }

    /// <summary>The department's procedure.</summary>
    public required string Procedure { get; init; }

    /// <summary>Instant of the answer, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Head of the log when the answer was read: it holds at least what had a position by then.</summary>
    public long Position { get; init; }

    /// <summary>Position as known at which the question was asked again; null for a check of the register as it is, which alone counts before a decision.</summary>
    public long? KnownAt { get; init; }

    /// <summary>Code by which anybody verifies it: random, and apart from the number, which stands in decisions that others read.</summary>
    public required string Code { get; init; }

    /// <summary>The receipt as signed, JSON: <see cref="SignedReceipt"/>. It stands in the answer.</summary>
    public string Signed => JsonElement.Parse(Verdict).GetProperty("receipt").GetRawText();

    /// <summary>Rows of a batch; null for a check whose answer is the verdict itself.</summary>
    public int? Rows { get; init; }

    /// <summary>Subjects asked about that the register knows.</summary>
    public Guid[] SubjectIds { get; init; } = [];

    /// <summary>Keyed lookups of all subjects asked about; of a batch those of subjects that the register did not know.</summary>
    public string[] Lookups { get; init; } = [];

    /// <summary>Entries found.</summary>
    public int Hits { get; init; }

    public bool Restricted { get; init; }

    /// <summary>Keys of the measures named in the answer, each once.</summary>
    public string[] MeasureKeys { get; init; } = [];

    /// <summary>The answer, byte for byte.</summary>
    public string Verdict { get; set; } = "";

    /// <summary>SHA-256 of the answer.</summary>
    public byte[] VerdictHash { get; set; } = [];

    /// <summary>True while the answer is the one that was given.</summary>
    public bool IsIntact => HashOf(Verdict).AsSpan().SequenceEqual(VerdictHash);

    /// <summary>Takes the answer, once its receipt is signed.</summary>
    /// <param name="answer">The answer as it is sent, UTF-8.</param>
    public void Take(ReadOnlySpan<byte> answer) => (Verdict, VerdictHash) = (Encoding.UTF8.GetString(answer), SHA256.HashData(answer));

    /// <summary>A number nobody has yet.</summary>
    public static string NewNumber(DateOnly today) => $"CX{today:yyyyMMdd}-{RandomNumberGenerator.GetString(Letters, 12)}";

    /// <summary>A code nobody has yet: 100 bits.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(Letters, 20);

    /// <summary>SHA-256 of an answer.</summary>
    public static byte[] HashOf(string verdict) => SHA256.HashData(Encoding.UTF8.GetBytes(verdict));
}
