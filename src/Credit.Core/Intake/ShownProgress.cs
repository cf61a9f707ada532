using Npgsql;

namespace Credit.Core.Intake;

/// <summary>Shows how many rows of a batch were read, outside its transaction, a few times a second at most.</summary>
/// <param name="connection">Connection of its own.</param>
/// <param name="batchId">The batch.</param>
/// <param name="clock">Measures the time between.</param>
internal sealed class ShownProgress(NpgsqlConnection connection, Guid batchId, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    private long? _shown;

    /// <summary>Shows the number of rows.</summary>
    public void Show(int rows)
    {
        if (_shown is { } last && clock.GetElapsedTime(last) < Between)
        {
            return;
        }

        _shown = clock.GetTimestamp();
        using var show = new NpgsqlCommand("UPDATE core.intake_batch SET rows_read = $2 WHERE id = $1", connection);
        show.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        show.Parameters.Add(new NpgsqlParameter<int> { TypedValue = rows });
        show.ExecuteNonQuery();
    }
}
