using System.Data;
using Credit.Core.Checks.Index;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Checks;

/// <summary>
/// Keeps the receipts of answers that were made from memory, each if nothing was committed since: one statement says whether the state it was
/// read from is still the state of the register, on whichever host it changed, and writes the receipt if it is. Checks that come while a
/// statement is under way share the next one, its commit and one signature; nobody waits for company.
/// </summary>
/// <param name="sources">The register.</param>
/// <param name="scopes">For how receipts are mapped.</param>
/// <param name="seal">Signs those of a statement together.</param>
/// <param name="open">Opens the connection they are kept by; one of the application's when absent.</param>
internal sealed class KeptReceipts(StoreSources sources, IServiceScopeFactory scopes, ReceiptSeal seal, Func<ValueTask<NpgsqlConnection>>? open = null) : IAsyncDisposable
{
    /// <summary>Receipts in one statement.</summary>
    public const int Most = 256;

    private readonly Lock _turn = new();
    private readonly Queue<Waiting> _waiting = [];
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;
    private ReceiptGroup? _group;
    private TaskCompletionSource? _busy;
    private bool _closed;
    private long _statements;

    /// <summary>Statements sent since the start.</summary>
    public long Statements => Volatile.Read(ref _statements);

    /// <summary>False, and nothing is kept, when something was committed that the snapshot does not hold: the answer is not to be given.</summary>
    /// <param name="made">The answer; its text is there when its receipt is kept.</param>
    /// <param name="snapshot">What the state had seen that it was made from.</param>
    /// <param name="cancel">Stops waiting; the receipt is kept all the same, like that of an answer which got lost on its way.</param>
    /// <exception cref="ObjectDisposedException">It is closed: nothing more is kept.</exception>
    public Task<bool> KeepWhileFreshAsync(MadeAnswer made, string snapshot, CancellationToken cancel)
    {
        var waiting = new Waiting(made, snapshot);
        bool first;
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(waiting);
            first = _busy is null;
            _busy ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (first)
        {
            // It writes for others too: nothing of this request goes on with it.
            using var apart = ExecutionContext.SuppressFlow();
            _ = WriteAllAsync();
        }

        return waiting.Kept.Task.WaitAsync(cancel);
    }

    /// <summary>True when nothing was committed that the snapshot does not hold; on the connection, and in the transaction, that is open.</summary>
    public static async Task<bool> IsFreshAsync(CreditDbContext db, string snapshot, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT NOT EXISTS ({CommittedSince.Unseen("@snapshot")})", (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new NpgsqlParameter<string>("snapshot", snapshot) },
        };
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task busy;
        lock (_turn)
        {
            // Whoever came before is answered; nobody begins anew.
            _closed = true;
            busy = _busy?.Task ?? Task.CompletedTask;
        }

        await busy;
        await CloseAsync();
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Length: > 0 } group)
        {
            await WriteAsync(group);
        }
    }

    // What came while the last group was written.
    private Waiting[] Next()
    {
        lock (_turn)
        {
            var group = new Waiting[Math.Min(Most, _waiting.Count)];
            for (var place = 0; place < group.Length; place++)
            {
                group[place] = _waiting.Dequeue();
            }

            if (group.Length == 0)
            {
                _busy!.SetResult();
                _busy = null;
            }

            return group;
        }
    }

    private async Task WriteAsync(Waiting[] group)
    {
        try
        {
            string[] snapshots = [.. group.Select(each => each.Snapshot).Distinct(StringComparer.Ordinal)];
            var fresh = await SendAsync(group, snapshots);
            foreach (var each in group)
            {
                each.Kept.TrySetResult(fresh[Array.IndexOf(snapshots, each.Snapshot)]);
            }
        }
        catch (PostgresException fault) when (group.Length > 1 && IsOfOneReceipt(fault.SqlState))
        {
            // All of it was taken back. Whose receipt was refused shows when each is written alone.
            foreach (var each in group)
            {
                await WriteAsync([each]);
            }
        }
        catch (Exception fault)
        {
            // Nobody is answered whose receipt is not known to be kept.
            foreach (var each in group)
            {
                each.Kept.TrySetException(fault);
            }

            try
            {
                await CloseAsync();
            }
            catch (Exception)
            {
                // It is given up however it fails to close: the next group opens one of its own, and whoever waits for it is answered.
            }
        }
    }

    private async Task<bool[]> SendAsync(Waiting[] group, string[] snapshots)
    {
        var command = await CommandAsync();
        foreach (var (each, text) in group.Zip(seal.Sign([.. group.Select(each => each.Made.Unsigned)])))
        {
            each.Made.Take(text);
        }

        _group!.Fill(command, [.. group.Select(each => each.Made.Receipt)], snapshots, [.. group.Select(each => Array.IndexOf(snapshots, each.Snapshot) + 1)]);
        Interlocked.Increment(ref _statements);
        await using var rows = await command.ExecuteReaderAsync();
        var fresh = new bool[snapshots.Length];
        while (await rows.ReadAsync())
        {
            fresh[rows.GetInt64(0) - 1] = rows.GetBoolean(1);
        }

        // They are kept when the commit is confirmed, which comes after the last row and may still fail.
        while (await rows.NextResultAsync())
        {
        }

        return fresh;
    }

    // A connection of its own stays prepared, and waits for no other work.
    private async Task<NpgsqlCommand> CommandAsync()
    {
        if (_command is { } prepared && _connection?.State == ConnectionState.Open)
        {
            return prepared;
        }

        await CloseAsync();
        _connection = await (open is null ? sources.Application.OpenConnectionAsync() : open());

        // The length of arrays would have it planned anew each time, and the plan is the same.
        await using (var once = new NpgsqlCommand("SET plan_cache_mode = force_generic_plan", _connection))
        {
            await once.ExecuteNonQueryAsync();
        }

        _group ??= Mapped();
        _command = _group.On(_connection);
        await _command.PrepareAsync();
        return _command;
    }

    private ReceiptGroup Mapped()
    {
        using var scope = scopes.CreateScope();
        return ReceiptGroup.Of(scope.ServiceProvider.GetRequiredService<CreditDbContext>().Model.FindEntityType(typeof(CheckReceipt))!);
    }

    private async Task CloseAsync()
    {
        var (command, connection) = (_command, _connection);
        (_command, _connection) = (null, null);
        if (command is not null)
        {
            await command.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    // A value out of range, a number that is taken, a row too large.
    private static bool IsOfOneReceipt(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal);

    private sealed record Waiting(MadeAnswer Made, string Snapshot)
    {
        public TaskCompletionSource<bool> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
