using System.Globalization;
using Npgsql;

namespace Credit.Testing;

/// <summary>A district as large as wanted, made by the database itself: subjects, entries in force, penalties, in the order of their ids as a register grows.</summary>
public static class DistrictOfNumbers
{
    /// <param name="owner">Connection string of the owner.</param>
    /// <param name="subjects">Subjects; every second one has an entry at most.</param>
    /// <param name="entries">Entries in force.</param>
    /// <param name="penalties">Penalties.</param>
    public static async Task FillAsync(string owner, int subjects, int entries, int penalties)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        var indexes = await IndexesAsync(connection);
        foreach (var text in (string[])
        [
            "SET maintenance_work_mem = '256MB'", .. indexes.Select(index => $"DROP INDEX {index.Name}"), .. Statements(subjects, entries, penalties),
            .. indexes.Select(index => index.Definition), "VACUUM ANALYZE",
        ])
        {
            await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    // Made anew once the rows are there: row by row they would be most of the work of a large district.
    private static async Task<IReadOnlyList<(string Name, string Definition)>> IndexesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid IN ('core.subject'::regclass, 'core.list_entry'::regclass, 'core.penalty'::regclass) AND NOT i.indisprimary
              AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<(string, string)> indexes = [];
        while (await rows.ReadAsync())
        {
            indexes.Add((rows.GetString(0), rows.GetString(1)));
        }

        return indexes;
    }

    // Rules and marks of single rows are for what people enter.
    private static IEnumerable<string> Statements(int subjects, int entries, int penalties) =>
    [
        "SET session_replication_role = replica",
        """
        INSERT INTO core.department (key, name, kind, may_recognise, lead_office, outside_district)
        SELECT 'd' || n, '第' || n || '部门', 'Department', true, false, false FROM generate_series(1, 40) n ON CONFLICT DO NOTHING
        """,
        """
        INSERT INTO core.catalogue_item (key, title, upstream_item, publish) SELECT key, key, key, true FROM unnest(ARRAY['list-entries', 'penalties']) key
        ON CONFLICT (key) DO UPDATE SET publish = true
        """,
        string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO core.subject (id, kind, name, code, area, town, industry, status, code_standing, version)
        SELECT (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'LegalPerson', '任城' || md5(n::text) || '有限公司',
          '91370811' || lpad(n::text, 10, '0'), '370811', '镇' || n % 20, chr(65 + n % 20) || '', 'Active', 'Confirmed', 1
        FROM generate_series(1, {subjects}) n
        """),
        string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO core.list_entry (id, list, domain, category, state, subject_id, subject_kind, subject_name, subject_code, legal_representative, facts, standard, standard_level,
          recogniser, proposed_by, proposed_on, valid_from, valid_to, recognised_on, recognised_by, reported_late, publishable, chosen_for_publication, reviewed_by, repairable,
          able_but_refuses, policy_pack, version)
        SELECT (lpad(to_hex(n), 8, '0') || '-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, CASE n % 3 WHEN 0 THEN 'Red' WHEN 1 THEN 'Black' ELSE 'Watch' END, '领域' || n % 30,
          CASE WHEN n % 3 = 0 THEN NULL ELSE 'Market' END, 'Active', (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'LegalPerson',
          '任城' || md5(n::text) || '有限公司', '91370811' || lpad(n::text, 10, '0'), '张某', '经查，该单位在第' || n || '号案件中存在样本行为，事实清楚，证据充分。', '样本认定标准', 'National',
          'd' || 1 + n % 40, 'x', current_date - 10 - n % 300, current_date - n % 300, current_date + 30 + n % 700, current_date - n % 300, 'y', false, true, true, 'z', true,
          false, 'rencheng-2019', 1
        FROM generate_series(1, {entries}) n
        """),
        string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO core.penalty (id, violation, facts, legal_basis, categories, content, fine_yuan, valid_to, subject_id, subject_name, subject_category, subject_code, document_number, decided_on,
          organ, organ_code, source, source_code, natural_key, content_hash, version, current, catalogue_item, department, batch_id, row, received_on, late, scope, public_until)
        SELECT (lpad(to_hex(n), 8, '0') || '-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, '样本违法行为', '样本事实' || n, '样本法第' || n % 90 || '条', '罚款', '罚款' || n % 900 || '元', n % 900,
          current_date + n % 900, (lpad(to_hex(1 + n % {subjects}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(1 + n % {subjects}), 12, '0'))::uuid, '任城' || md5((1 + n % {subjects})::text) || '有限公司',
          '法人及非法人组织', '91370811' || lpad((1 + n % {subjects})::text, 10, '0'), '任罚〔2026〕' || n || '号', current_date - n % 900, '样本机关', '11370811', '样本', '11370811',
          (lpad(to_hex(n), 8, '0') || '-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, '\x00', 1, true, 'penalties', 'd' || 1 + n % 40,
          '00000000-0000-7000-8004-000000000001', n, current_date, false, 'Public', current_date + 1 + n % 900
        FROM generate_series(1, {penalties}) n
        """),
        "SET session_replication_role = DEFAULT",
    ];
}
