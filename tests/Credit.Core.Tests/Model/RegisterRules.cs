using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.Model;

/// <summary>Invariants as one query each over the whole database: whoever breaks one is a row of the answer.</summary>
internal static class RegisterRules
{
    private static readonly (string Id, string Breaks)[] All =
    [
        ("I1, I2", """
            SELECT r.id FROM core.list_entry r JOIN core.list_entry b ON b.subject_id = r.subject_id AND b.list <> 'Red'
            WHERE r.list = 'Red' AND r.state IN ('Active', 'Verifying') AND b.state IN ('Active', 'Verifying') AND r.valid && b.valid
            """),
        ("I4", """
            SELECT a.id FROM core.list_entry a JOIN core.list_entry b ON b.subject_id = a.subject_id AND b.list = a.list AND b.domain = a.domain AND b.id > a.id
            WHERE a.state IN ('Active', 'Verifying') AND b.state IN ('Active', 'Verifying') AND a.valid && b.valid
            """),
        ("I6", """
            SELECT b.id FROM core.list_entry b WHERE b.list = 'Black' AND b.state = 'Exited' AND b.exit_reason <> 'Erroneous' AND NOT EXISTS (
              SELECT FROM core.list_entry w WHERE w.predecessor_id = b.id AND w.list = 'Watch' AND w.subject_id = b.subject_id AND w.domain = b.domain
                AND w.recogniser = b.recogniser AND w.valid_from = b.exited_on AND w.watch_reason = 'AfterBlack')
            """),
        ("I7", """
            SELECT w.id FROM core.list_entry w JOIN core.list_entry b ON b.id = w.predecessor_id AND w.watch_reason = 'AfterBlack'
            WHERE b.exit_reason = 'Erroneous' AND w.state <> 'Exited'
            """),
        ("I8", """
            SELECT w.id FROM core.list_entry w JOIN core.list_entry b ON b.subject_id = w.subject_id AND b.domain = w.domain AND b.list = 'Black' AND b.state = 'Recognised'
            WHERE w.list = 'Watch' AND w.state IN ('Active', 'Verifying') AND w.waits_until IS NOT NULL AND w.valid_to < b.valid_to
            """),
        ("I24", "SELECT id FROM core.list_entry WHERE list = 'Black' AND exit_reason IN ('Upgraded', 'Blacklisted', 'Watchlisted', 'Misuse')"),
        ("I34", "SELECT predecessor_id FROM core.list_entry WHERE watch_reason = 'AfterBlack' GROUP BY 1 HAVING count(*) > 1"),
        ("I40", """
            SELECT t.id FROM core.measure_task t JOIN core.list_entry e ON e.id = t.entry_id
            WHERE (e.state = 'Active' AND t.execution <> 'Running') OR (e.state = 'Verifying' AND t.execution <> 'Suspended') OR (e.state = 'Exited' AND t.execution <> 'Ended')
            """),
        ("I43", "SELECT id FROM core.measure_task WHERE state = 'Declined' AND (obligation = 'Mandatory' OR reason IS NULL)"),
        ("I45", "SELECT t.id FROM core.measure_task t JOIN core.list_entry e ON e.id = t.entry_id WHERE e.state = 'Exited' AND t.stop_due IS NULL"),
        ("I56", "SELECT id FROM core.objection WHERE (state IN ('Upheld', 'Corrected', 'Revoked', 'Dismissed')) <> (concluded_by IS NOT NULL)"),
        ("I61", "SELECT r.id FROM core.repair r JOIN core.list_entry e ON e.id = r.entry_id WHERE r.state IN ('Approved', 'ExitRequested', 'ExitGranted') AND NOT e.repairable"),
        ("I26", """
            SELECT e.id FROM core.list_entry e WHERE e.list = 'Watch' AND e.state IN ('Active', 'Verifying')
              AND NOT EXISTS (SELECT FROM core.notice n WHERE n.about_id = e.id AND n.kind = 'Warning' AND n.text LIKE '%' || to_char(coalesce(e.own_term_to, e.valid_to), 'YYYY') || '%')
            """),
        ("I63", "SELECT entry_id FROM core.rectification WHERE interview IS NOT NULL GROUP BY 1 HAVING count(*) > 1"),
        ("I64", """
            SELECT r.id FROM core.rectification r WHERE r.outcome IS NOT NULL
              AND (SELECT count(*) FROM core.credit_record c WHERE c.source_id = r.id AND c.kind = 'Interview') <> 1
            """),
        ("I67", "SELECT e.id FROM core.list_entry e JOIN core.publication p ON p.entry_id = e.id WHERE NOT e.publishable"),
        ("I68", "SELECT p.id FROM core.publication p JOIN core.list_entry e ON e.id = p.entry_id WHERE p.exit_announced_on IS NOT NULL AND e.state <> 'Exited'"),
        ("I74", "SELECT v.id FROM pub.list_entry v JOIN core.list_entry e ON e.id = v.id WHERE e.recognised_on IS NULL"),
        ("I84", "SELECT id FROM core.list_entry WHERE recognised_by = proposed_by OR (reviewed_by = proposed_by)"),
        ("I81", "SELECT gap FROM (SELECT position - lag(position) OVER (ORDER BY position) AS gap FROM core.register_position) AS gaps WHERE gap <> 1"),
    ];

    public static async Task HoldAsync(HostFixture host)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        foreach (var (id, breaks) in All)
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM ({breaks}) AS broken", connection);
            (await command.ExecuteScalarAsync()).ShouldBe(0L, $"{id} does not hold in the database");
        }
    }
}
