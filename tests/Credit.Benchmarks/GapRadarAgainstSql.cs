using System.Diagnostics;
using System.Globalization;
using Credit.Core.Oversight.Gaps;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Benchmarks;

/// <summary>
/// A run of the gap radar that finds nothing new, and the table by department, against one statement by hand that only lists what was missed, in
/// turn over the same district. All three must come to the same gaps.
/// </summary>
internal static class GapRadarAgainstSql
{
    /// <summary>How many times the statement by hand a run may cost.</summary>
    private const double Promised = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = args.Select(each => int.Parse(each, CultureInfo.InvariantCulture)).ToArray();
        var (decisions, receipts, subjects, entries, rounds) = (Given(sizes, 0, 2_000_000), Given(sizes, 1, 1_000_000), Given(sizes, 2, 1_000_000), Given(sizes, 3, 150_000), Given(sizes, 4, 3));
        var host = new HostFixture();
        await host.InitializeAsync();
        try
        {
            await DistrictOfNumbers.FillAsync(host.ConnectionString, subjects, entries, 0);
            foreach (var text in Statements(decisions, receipts, subjects, entries, CivilClock.Day(host.Clock.GetUtcNow())))
            {
                await ExecuteAsync(host, text);
            }

            var (first, found) = await LookAsync(host);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first run: {first.TotalSeconds:F1} s, {found.Found:N0} gaps found"));
            await ExecuteAsync(host, "ANALYZE core.credit_gap");
            List<double> run = [], hand = [], table = [];
            for (var round = 0; round <= rounds; round++)
            {
                var (ours, again) = await LookAsync(host);
                var (theirs, missed) = await ByHandAsync(host);
                var (counted, listed) = await TableAsync(host);
                if (again is not { Found: 0, Closed: 0, Reopened: 0 } || missed != again.Standing || listed != missed)
                {
                    throw new InvalidOperationException($"The radar has {again.Standing} gaps, found {again.Found} and closed {again.Closed}; by hand there are {missed}, in the table {listed}.");
                }

                if (round > 0)
                {
                    run.Add(ours.TotalSeconds);
                    hand.Add(theirs.TotalSeconds);
                    table.Add(counted.TotalSeconds);
                }
            }

            var ratio = Median(run) / Median(hand);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{decisions:N0} decisions, {receipts:N0} receipts, {subjects:N0} subjects, {entries:N0} entries, {found.Standing:N0} gaps; medians of {rounds}: a run {Median(run):F1} s, by hand {Median(hand):F1} s, the table {Median(table):F1} s; run to hand {ratio:F2}, promised {Promised:F0}: {(ratio <= Promised ? "kept" : "BROKEN")}"));
            return ratio <= Promised ? 0 : 1;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<(TimeSpan Taken, GapRun Run)> LookAsync(HostFixture host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (db, finder) = (scope.ServiceProvider.GetRequiredService<CreditDbContext>(), scope.ServiceProvider.GetRequiredService<SubjectIdentities>());
        var clock = Stopwatch.StartNew();
        var run = await host.Services.GetRequiredService<GapRadar>().LookAsync(db, finder, onDemand: true, CancellationToken.None);
        return (clock.Elapsed, run!);
    }

    // What the table does, without the door before it.
    private static async Task<(TimeSpan Taken, int Missed)> TableAsync(HostFixture host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (db, finder) = (scope.ServiceProvider.GetRequiredService<CreditDbContext>(), scope.ServiceProvider.GetRequiredService<SubjectIdentities>());
        var today = CivilClock.Day(host.Clock.GetUtcNow());
        var terms = PolicyPack.Shipped("rencheng-2019").Gaps;
        var clock = Stopwatch.StartNew();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await OwedChecks.MakeRoomAsync(db, 128, CancellationToken.None);
        var period = (today.AddMonths(-terms.LookBackMonths), today, today);
        await OwedChecks.CountAsync(db, terms, period, department: null, CancellationToken.None);
        var missed = await OwedChecks.MissedAsync(db, finder, terms, period, department: null, CancellationToken.None);
        return (clock.Elapsed, missed.Count(each => !each.Done && each.Duty.Kind != GapKind.Reward));
    }

    private static async Task<(TimeSpan Taken, long Missed)> ByHandAsync(HostFixture host)
    {
        var today = CivilClock.Day(host.Clock.GetUtcNow());
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using (var room = new NpgsqlCommand("SET work_mem = '128MB'", connection))
        {
            await room.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(
            $"""
            WITH asked AS MATERIALIZED (
              SELECT r.department, r.kind, r.reference, (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date AS day, s.id FROM core.check_receipt r, unnest(r.subject_ids) s (id) WHERE r.known_at IS NULL),
            missed AS (
              SELECT l.id, e.id AS entry FROM core.licence l JOIN core.list_entry e ON e.subject_id = l.subject_id
              WHERE l.current AND l.decided_on BETWEEN DATE '{today.AddMonths(-24):yyyy-MM-dd}' AND DATE '{today:yyyy-MM-dd}' AND e.list <> 'Red' AND l.decided_on BETWEEN e.reported_on AND e.valid_to
                AND NOT EXISTS (SELECT FROM asked a WHERE a.department = l.department AND a.kind = 'Approval' AND a.id = l.subject_id AND a.day <= l.decided_on AND (a.reference = l.document_number OR a.day >= l.decided_on - 30))
              UNION ALL
              SELECT m.id, e.id FROM core.decided_matter m JOIN core.list_entry e ON e.subject_id = m.subject_id
              WHERE m.missed IS NOT NULL AND m.decided_on BETWEEN DATE '{today.AddMonths(-24):yyyy-MM-dd}' AND DATE '{today:yyyy-MM-dd}' AND e.list <> 'Red' AND m.decided_on BETWEEN e.reported_on AND e.valid_to
                AND NOT EXISTS (SELECT FROM asked a WHERE a.department = m.department AND a.kind = m.kind AND a.id = m.subject_id AND a.day <= m.decided_on AND a.reference = m.reference))
            SELECT count(*) FROM missed
            """,
            connection)
        { CommandTimeout = 0 };
        var clock = Stopwatch.StartNew();
        var missed = (long)(await command.ExecuteScalarAsync())!;
        return (clock.Elapsed, missed);
    }

    private static async Task ExecuteAsync(HostFixture host, string text)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    // Half licences, half awards and payments, of 40 departments over 700 days. Nine in ten of those about listed subjects were checked three days before, and others as far as the receipts go;
    // each hundredth receipt is a batch of a hundred.
    private static IEnumerable<string> Statements(int decisions, int receipts, int subjects, int entries, DateOnly today) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"""
        SET session_replication_role = replica;
        UPDATE core.list_entry SET reported_on = DATE '{today:yyyy-MM-dd}' - n, valid_from = DATE '{today:yyyy-MM-dd}' - n, valid_to = DATE '{today:yyyy-MM-dd}' + 30 + n
        FROM (SELECT id AS own, ('x' || substr(id::text, 1, 8))::bit(32)::int % 300 AS n FROM core.list_entry) days WHERE id = own
        """),
        string.Create(CultureInfo.InvariantCulture, $"""
        SET session_replication_role = replica;
        INSERT INTO core.licence (id, document_name, category, content, valid_to, status, subject_id, subject_name, subject_category, subject_code, document_number, decided_on, organ, organ_code, source,
          source_code, natural_key, content_hash, version, current, catalogue_item, department, batch_id, row, received_on, late, scope, public_until)
        SELECT ('00000000-0000-7000-8011-' || lpad(to_hex(n), 12, '0'))::uuid, '样本许可证', '普通', '样本许可内容' || n, DATE '{today:yyyy-MM-dd}' + 900, '1', {SubjectOf("n", subjects)}, '样本', '法人及非法人组织', NULL,
          '任许〔2026〕' || n || '号', DATE '{today:yyyy-MM-dd}' - n % 700, '样本机关', '11370811', '样本', '11370811', ('00000000-0000-7000-8012-' || lpad(to_hex(n), 12, '0'))::uuid, '\x00', 1, true, 'licences',
          'd' || 1 + n % 40, '00000000-0000-7000-8004-000000000002', n, DATE '{today:yyyy-MM-dd}', false, 'Public', DATE '{today:yyyy-MM-dd}' + 900
        FROM generate_series(1, {decisions / 2}) n
        """),
        string.Create(CultureInfo.InvariantCulture, $"""
        SET session_replication_role = replica;
        INSERT INTO core.decided_matter (id, department, kind, reference, procedure, subject_id, subject_lookup, decided_on, reported_on, reported_by, missed, version)
        SELECT ('00000000-0000-7000-8013-' || lpad(to_hex(n), 12, '0'))::uuid, 'd' || 1 + n % 40, CASE n % 2 WHEN 0 THEN 'Trading' ELSE 'Fiscal' END, '任采〔2026〕' || n || '号', '审核', {SubjectOf("n", subjects)},
          md5(n::text), DATE '{today:yyyy-MM-dd}' - n % 700, DATE '{today:yyyy-MM-dd}' - n % 700, 'x', 'NoNumber', 1
        FROM generate_series(1, {decisions / 2}) n
        """),
        string.Create(CultureInfo.InvariantCulture, $"""
        SET session_replication_role = replica;
        INSERT INTO core.check_receipt (id, number, department, account, purpose, kind, reference, procedure, asked_at, position, code, signed, rows, subject_ids, lookups, hits, restricted, measure_keys, verdict, verdict_hash)
        SELECT gen_random_uuid(), 'CX' || row_number() OVER (), 'd' || 1 + n % 40, 'x', 'Administration', kind, reference, '审核', (DATE '{today:yyyy-MM-dd}' - n % 700 - 3) + TIME '10:00', 1, 'C' || row_number() OVER (),
          repeat(md5(n::text), 20), CASE n % 100 WHEN 0 THEN 100 END,
          {SubjectOf("n", subjects)} || CASE WHEN n % 100 = 0 THEN ARRAY(SELECT {SubjectOf("(n + more)", subjects)} FROM generate_series(1, 99) more) ELSE ARRAY[]::uuid[] END,
          ARRAY[md5(n::text)], 0, false, ARRAY[]::text[], repeat(md5(n::text), 20), '\x00'
        FROM (
          SELECT n, 'Approval' AS kind, '任许〔2026〕' || n || '号' AS reference FROM generate_series(1, {decisions / 2}) n
          UNION ALL
          SELECT n, CASE n % 2 WHEN 0 THEN 'Trading' ELSE 'Fiscal' END, '任采〔2026〕' || n || '号' FROM generate_series(1, {decisions / 2}) n) decided
        WHERE n % 10 <> 3 ORDER BY n % {subjects} >= {entries}, n LIMIT {receipts}
        """),
        "VACUUM ANALYZE",
    ];

    private static string SubjectOf(string number, int subjects) => string.Create(
        CultureInfo.InvariantCulture, $"(lpad(to_hex(1 + {number} % {subjects}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(1 + {number} % {subjects}), 12, '0'))::uuid");

    private static int Given(int[] sizes, int place, int otherwise) => place < sizes.Length ? sizes[place] : otherwise;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
