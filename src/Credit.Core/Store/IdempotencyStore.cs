using System.Text;
using System.Text.Json;
using Credit.Core.Http;
using Npgsql;

namespace Credit.Core.Store;

/// <summary>
/// Keeps first answers in the register's database. The claim commits before the effect, and the effect marks the claim in
/// its own transaction: a request that failed after that, or whose host was killed, is never run again (I85).
/// </summary>
internal sealed class IdempotencyStore(NpgsqlDataSource source, TimeProvider clock) : IIdempotencyStore
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // Longer than any request may run: an older claim without an answer belongs to a host that is gone.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async ValueTask<(IdempotentClaim Claim, KeptAnswer? Answer)> ClaimAsync(IdempotentRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var claim = source.CreateCommand(
            """
            WITH outdated AS (
              DELETE FROM core.idempotency_record WHERE caller = $1 AND key = $2 AND created_at < $5)
            INSERT INTO core.idempotency_record (caller, key, request_hash, created_at, status) VALUES ($1, $2, $3, $4, 0)
            ON CONFLICT DO NOTHING
            """);
        claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Caller });
        claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Key });
        claim.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Encoding.UTF8.GetBytes(request.RequestHash) });
        claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Kept });
        if (await claim.ExecuteNonQueryAsync(cancel) == 1)
        {
            return (IdempotentClaim.Mine, null);
        }

        await using var read = source.CreateCommand(
            "SELECT request_hash, status, headers, body, created_at FROM core.idempotency_record WHERE caller = $1 AND key = $2");
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Caller });
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Key });
        await using var row = await read.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            // Released between the two statements: the other request had no effect.
            return (IdempotentClaim.InProgress, null);
        }

        if (Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)) != request.RequestHash)
        {
            return (IdempotentClaim.OtherRequest, null);
        }

        var status = row.GetInt32(1);
        if (status <= IdempotencyRecord.Running)
        {
            var lost = status == IdempotencyRecord.Lost || row.GetFieldValue<DateTimeOffset>(4) < now - LongestRun;
            return (lost ? IdempotentClaim.AnswerLost : IdempotentClaim.InProgress, null);
        }

        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(2))!;
        return (IdempotentClaim.Answered, new KeptAnswer(status, headers, row.GetFieldValue<byte[]>(3)));
    }

    /// <inheritdoc/>
    public async ValueTask AnswerAsync(IdempotentRequest request, KeptAnswer answer, CancellationToken cancel)
    {
        await using var keep = source.CreateCommand(
            "UPDATE core.idempotency_record SET status = $3, headers = $4, body = $5 WHERE caller = $1 AND key = $2");
        keep.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Caller });
        keep.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Key });
        keep.Parameters.Add(new NpgsqlParameter<int> { TypedValue = answer.Status });
        keep.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(answer.Headers) });
        keep.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = answer.Body });
        await keep.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(IdempotentRequest request, CancellationToken cancel)
    {
        await using var release = source.CreateCommand(
            $"""
            WITH without_effect AS (
              DELETE FROM core.idempotency_record WHERE caller = $1 AND key = $2 AND status = {IdempotencyRecord.Running})
            UPDATE core.idempotency_record SET status = {IdempotencyRecord.Lost} WHERE caller = $1 AND key = $2 AND status = {IdempotencyRecord.TookEffect}
            """);
        release.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Caller });
        release.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Key });
        await release.ExecuteNonQueryAsync(cancel);
    }
}
