using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Core.Register;
using Credit.Core.Store;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Intake.Merging;

/// <summary>The fate of a row that is known before the merge, or comes from the domain.</summary>
internal sealed record RowFate(int Row, RowVerdict Verdict, IReadOnlyList<RowIssue> Issues)
{
    public Guid? RecordId { get; init; }

    public int? RelatedRow { get; init; }

    public Guid? RelatedBatchId { get; init; }

    public DateOnly? Due { get; init; }

    public bool? OnTime { get; init; }

    /// <summary>Sealed cells; only where the row goes back to the sender.</summary>
    public byte[]? Cells { get; init; }

    /// <summary>True when the fate is worth a row of its own: everything but a clean row in time.</summary>
    public bool IsListed => Verdict != RowVerdict.Accepted || Issues.Count > 0 || OnTime == false;
}

/// <summary>Writes and reads what is kept of single rows.</summary>
internal static class RowFates
{
    /// <summary>Code of a row that repeats a stored one.</summary>
    public const string DuplicateIdentical = "DUPLICATE_IDENTICAL";

    /// <summary>Code of a row that contradicts a stored one.</summary>
    public const string DuplicateDiffers = "DUPLICATE_DIFFERS";

    private static readonly JsonSerializerOptions Json = new(RegisterInterceptor.Json) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Findings as they are kept: code, field and column.</summary>
    public static string Write(IReadOnlyList<RowIssue> issues) => issues.Count == 0
        ? "[]"
        : JsonSerializer.Serialize(issues.Select(issue => new KeptIssue(
            issue.Code, issue.Field.Length == 0 ? null : issue.Field, issue.Column, issue.Reason?.Chinese, issue.Reason?.English)), Json);

    /// <summary>Kept findings.</summary>
    public static IReadOnlyList<KeptIssue> Read(string issues) => JsonSerializer.Deserialize<KeptIssue[]>(issues, RegisterInterceptor.Json)!;

    /// <summary>The cells of a row, sealed.</summary>
    public static byte[] Seal(RawRow row, PersonVault vault) => vault.Seal(JsonSerializer.SerializeToUtf8Bytes(row.Cells.ToDictionary(), RegisterInterceptor.Json));

    /// <summary>The row that was sealed.</summary>
    public static RawRow Open(int number, byte[] cells, PersonVault vault) =>
        new(number, JsonSerializer.Deserialize<Dictionary<string, string?>>(vault.Open(cells), RegisterInterceptor.Json)!, []);

    /// <summary>Stores fates in the open transaction.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid batchId, IReadOnlyList<RowFate> fates, CancellationToken cancel)
    {
        if (fates.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY core.intake_row (batch_id, row, verdict, issues, record_id, related_row, related_batch_id, due, on_time, cells) FROM STDIN (FORMAT binary)", cancel);
        foreach (var fate in fates)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(batchId, cancel);
            await copy.WriteAsync(fate.Row, cancel);
            await copy.WriteAsync(fate.Verdict.ToString(), cancel);
            await copy.WriteAsync(Write(fate.Issues), NpgsqlDbType.Jsonb, cancel);
            await copy.WriteNullableAsync(fate.RecordId, cancel);
            await copy.WriteNullableAsync(fate.RelatedRow, cancel);
            await copy.WriteNullableAsync(fate.RelatedBatchId, cancel);
            await copy.WriteNullableAsync(fate.Due, cancel);
            await copy.WriteNullableAsync(fate.OnTime, cancel);
            await (fate.Cells is { } cells ? copy.WriteAsync(cells, cancel) : copy.WriteNullAsync(cancel));
        }

        await copy.CompleteAsync(cancel);
    }

    private static Task WriteNullableAsync<T>(this NpgsqlBinaryImporter copy, T? value, CancellationToken cancel)
        where T : struct => value is { } given ? copy.WriteAsync(given, cancel) : copy.WriteNullAsync(cancel);
}

/// <summary>A finding as it is kept.</summary>
/// <param name="Code">Intake code.</param>
/// <param name="Field">Field code; null when the finding is about the whole row.</param>
/// <param name="Column">Header as the file had it; null when the column is absent.</param>
/// <param name="Zh">The rule that refuses, in Chinese, where the code alone does not say which.</param>
/// <param name="En">The same in English.</param>
internal sealed record KeptIssue(string Code, string? Field = null, string? Column = null, string? Zh = null, string? En = null);
