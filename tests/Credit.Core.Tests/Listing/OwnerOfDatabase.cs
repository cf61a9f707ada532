using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.Listing;

/// <summary>What somebody could do who gets at the database itself.</summary>
internal static class OwnerOfDatabase
{
    /// <summary>Runs statements as the owner. Returns the SQLSTATE and the constraint of the fault, or nulls when there was none.</summary>
    /// <param name="host">The host whose database it is.</param>
    /// <param name="statements">What to run.</param>
    /// <param name="role">Role to act in; null to stay the owner.</param>
    public static async Task<(string? State, string? Constraint)> TryAsync(this HostFixture host, string statements, string? role = null)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        try
        {
            await using var command = new NpgsqlCommand(role is null ? statements : $"SET ROLE {role}; {statements}", connection);
            await command.ExecuteNonQueryAsync();
            return (null, null);
        }
        catch (PostgresException fault)
        {
            return (fault.SqlState, fault.ConstraintName);
        }
    }

    public static async Task<T> ScalarAsync<T>(this HostFixture host, string query)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
