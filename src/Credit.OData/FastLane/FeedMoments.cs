using Credit.Core.Store;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>The state of everything feeds show, at one instant.</summary>
/// <param name="Marks">Which transactions had written by then: equal marks, equal data.</param>
/// <param name="Day">The civil day; null while the database and this host are not on the same one, and nothing may be kept.</param>
/// <param name="Position">Last position of the log.</param>
internal sealed record FeedMoment(string Marks, DateOnly? Day, long Position);

/// <summary>
/// Tells the version of the data as it is after the question was asked, never as it was before: a change that was committed is seen by
/// every question on every host from then on. Questions that wait while one is being answered share the next answer, which is read after all of them.
/// </summary>
internal sealed class FeedMoments(StoreSources sources, TimeProvider clock) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<FeedMoment>? _waiting;
    private bool _reading;
    private NpgsqlConnection? _connection;

    public Task<FeedMoment> ReadAsync()
    {
        lock (_gate)
        {
            var wanted = _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_reading)
            {
                _reading = true;
                _ = ReadWhileWantedAsync();
            }

            return wanted.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task ReadWhileWantedAsync()
    {
        while (true)
        {
            TaskCompletionSource<FeedMoment> wanted;
            lock (_gate)
            {
                if (_waiting is null)
                {
                    _reading = false;
                    return;
                }

                (wanted, _waiting) = (_waiting, null);
            }

            try
            {
                wanted.SetResult(await ReadOnceAsync());
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException or ObjectDisposedException)
            {
                wanted.SetException(fault);
                await DisposeAsync();
                _connection = null;
            }
        }
    }

    private async Task<FeedMoment> ReadOnceAsync()
    {
        _connection ??= await sources.Official.OpenConnectionAsync();
        var before = clock.Today();
        await using var command = new NpgsqlCommand(
            "SELECT (SELECT version FROM pub.data_version), (SELECT max(position) FROM core.register_position), (now() AT TIME ZONE 'Asia/Shanghai')::date", _connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var here = clock.Today();
        // A sandbox or test clock is told to the database with every statement: only the system clock can differ from it.
        var there = clock == TimeProvider.System ? row.GetFieldValue<DateOnly>(2) : here;
        return new(row.GetString(0), before == here && here == there ? here : null, row.IsDBNull(1) ? 0 : row.GetInt64(1));
    }
}
