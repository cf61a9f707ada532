using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.Oversight;

/// <summary>A demo district whose listed subjects were licensed before, while and after they were listed, and whose rewards are overdue.</summary>
public sealed class GapHost : HostFixture
{
    private readonly Lazy<Task> _made;

    public GapHost() => _made = new(MakeOnceAsync);

    protected override IReadOnlyList<string> Settings => ["--Demo:Load", "true", "--Demo:Subjects", "300"];

    /// <summary>Adds the licences, once.</summary>
    public Task MakeAsync() => _made.Value;

    /// <summary>What no use case does at once: the owner of the database bends the register.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task MakeOnceAsync() => ExecuteAsync(
        """
            INSERT INTO core.licence SELECT (jsonb_populate_record(one, jsonb_build_object(
                'id', gen_random_uuid(), 'natural_key', gen_random_uuid(), 'subject_id', entry.subject_id, 'department', depts.key,
                'decided_on', entry.reported_on + days, 'row', 100000 + row_number() OVER ()))).*
            FROM core.licence one, core.list_entry entry,
              generate_series(-50, 400, 45) days, (VALUES ('administrative-approval'), ('transport')) depts (key)
            WHERE one.id = (SELECT id FROM core.licence WHERE current ORDER BY id LIMIT 1) AND entry.reported_on IS NOT NULL AND entry.reported_on + days <= DATE '2026-11-24';
            ALTER TABLE core.measure_task DISABLE TRIGGER USER;
            UPDATE core.measure_task SET due = DATE '2026-11-01' WHERE list = 'Red';
            UPDATE core.measure_task SET fed_back_on = NULL, state = 'Acknowledged', execution = 'Running' WHERE list = 'Red' AND hashtext(id::text) % 2 = 0;
            ALTER TABLE core.measure_task ENABLE TRIGGER USER;
        """);
}
