using System.Text.Json;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Checks.Index;

/// <summary>Reads what checks need, of all subjects or of some, in the snapshot of the open transaction.</summary>
/// <param name="connection">The connection, in a transaction.</param>
/// <param name="pack">Says which penalties are minor, and how many years count.</param>
/// <param name="loadedOn">Day the index is loaded for.</param>
/// <param name="some">The subjects; null for all.</param>
internal sealed class FactsReader(NpgsqlConnection connection, PolicyPack pack, DateOnly loadedOn, Guid[]? some)
{
    private readonly FactsDraft _draft = new(loadedOn);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<Given, GivenMeasure> _given = [];

    /// <summary>Reads everything.</summary>
    public async Task<FactsDraft> ReadAsync(CancellationToken cancel)
    {
        await EachAsync("SELECT subject_id, scheme, lookup FROM core.subject_identifier WHERE {0}", "subject_id", Identifier, cancel);
        await EachAsync(
            """
            SELECT id, subject_id, list, domain, recogniser, valid_from, valid_to, state, able_but_refuses, policy_pack FROM core.list_entry
            WHERE state IN ('Active', 'Verifying') AND valid_from IS NOT NULL AND valid_to >= $1 AND {0}
            """,
            "subject_id",
            Entry,
            cancel);
        await EachAsync(
            """
            SELECT t.entry_id, t.id, t.person_id, t.state, t.execution, t.reason IS NOT NULL, t.due, t.department,
              t.measure_key, t.memorandum, t.memorandum_version, t.wording, t.obligation, t.canonical, t.basis_from, t.legal_bases::text
            FROM core.measure_task t JOIN core.list_entry e ON e.id = t.entry_id
            WHERE e.state IN ('Active', 'Verifying') AND e.valid_from IS NOT NULL AND e.valid_to >= $1 AND {0}
            """,
            "e.subject_id",
            Task,
            cancel);
        await EachAsync(
            "SELECT person_id, entry_id, responsibility FROM core.accountability_item WHERE state = 'InForce' AND {0}",
            "person_id",
            row => _draft.Answer(new(row.GetGuid(0), row.GetGuid(1), Named<Responsibility>(row, 2))),
            cancel);
        await EachAsync(
            "SELECT subject_id FROM core.exemplar WHERE state IN ('Approved', 'Published') AND {0}", "subject_id", row => _draft.Exemplar(row.GetGuid(0)), cancel);
        await EachAsync("SELECT subject_id FROM core.commitment WHERE state <> 'Broken' AND {0}", "subject_id", row => _draft.Committed(row.GetGuid(0)), cancel);
        await EachAsync(
            "SELECT subject_id, department, class FROM core.supervision_rating WHERE {0}",
            "subject_id",
            row => _draft.Rating(row.GetGuid(0), Word(row, 1), Named<SupervisionClass>(row, 2)),
            cancel);
        await MarksAsync(cancel);
        return _draft;
    }

    // What lies before the window today lies before it on every later day.
    private async Task MarksAsync(CancellationToken cancel)
    {
        await EachAsync(
            "SELECT subject_id, decided_on, categories FROM core.penalty WHERE subject_id IS NOT NULL AND current AND decided_on >= $2 AND {0}",
            "subject_id",
            row =>
            {
                if (!pack.Incentives.IsMinor(Word(row, 2)))
                {
                    Mark(row);
                }
            },
            cancel);
        await EachAsync(
            "SELECT subject_id, formed_on FROM core.credit_record WHERE negative AND state <> 'Annulled' AND formed_on >= $2 AND {0}", "subject_id", Mark, cancel);
        await EachAsync(
            """
            SELECT subject_id, recognised_on FROM core.list_entry
            WHERE list <> 'Red' AND state <> 'Cancelled' AND recognised_on >= $2 AND exit_reason IS DISTINCT FROM 'Erroneous' AND {0}
            """,
            "subject_id",
            Mark,
            cancel);
    }

    private void Identifier(NpgsqlDataReader row) => _draft.Codes.Add((CodeTable.CodeOf(Word(row, 1), row.GetString(2)), row.GetGuid(0)));

    private void Entry(NpgsqlDataReader row) => _draft.Entry(new(
        row.GetGuid(0), row.GetGuid(1), Named<ListKind>(row, 2), Word(row, 3), Word(row, 4), row.GetFieldValue<DateOnly>(5), row.GetFieldValue<DateOnly>(6),
        Named<EntryState>(row, 7), row.GetBoolean(8), Word(row, 9), null, null));

    private void Task(NpgsqlDataReader row) => _draft.Task(
        row.GetGuid(0),
        new(
            row.GetGuid(1), GivenOf(row), row.GetFieldValue<DateOnly>(6).DayNumber, -1, (byte)Named<TaskState>(row, 3), (byte)Named<TaskExecution>(row, 4),
            row.GetBoolean(5)),
        row.IsDBNull(2) ? null : row.GetGuid(2));

    private void Mark(NpgsqlDataReader row) => _draft.Mark(row.GetGuid(0), row.GetFieldValue<DateOnly>(1));

    private GivenMeasure GivenOf(NpgsqlDataReader row)
    {
        var canonical = row.GetFieldValue<string[]>(13);
        var given = new Given(
            Word(row, 7), Word(row, 8), Word(row, 9), row.GetInt32(10), Word(row, 11), Word(row, 12), string.Join(' ', canonical), Word(row, 14), Word(row, 15));
        return _given.TryGetValue(given, out var known)
            ? known
            : _given[given] = new(given.Department, new TaskTerms(
                given.Measure, given.Memorandum, given.Version, given.Wording, Enum.Parse<MeasureObligation>(given.Obligation), canonical,
                Enum.Parse<BasisSource>(given.BasisFrom), JsonSerializer.Deserialize<CitedBasis[]>(given.Bases, JsonSerializerOptions.Web)!));
    }

    // Few words stand in many rows.
    private string Word(NpgsqlDataReader row, int column)
    {
        var read = row.GetString(column);
        if (_words.TryGetValue(read, out var known))
        {
            return known;
        }

        return _words[read] = read;
    }

    private static T Named<T>(NpgsqlDataReader row, int column)
        where T : struct, Enum => Enum.Parse<T>(row.GetString(column));

    private async Task EachAsync(string sql, string of, Action<NpgsqlDataReader> take, CancellationToken cancel)
    {
        var from = CleanRecord.Window(loadedOn, pack.Incentives.CleanYears).From;
        await using var command = new NpgsqlCommand(
            $"WITH asked AS (SELECT $1::date, $2::date) {string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, some is null ? "true" : $"{of} = ANY ($3)")}",
            connection)
        {
            Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = loadedOn }, new NpgsqlParameter<DateOnly> { TypedValue = from } },
            CommandTimeout = 0,
        };
        if (some is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = some });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            take(rows);
        }
    }

    private readonly record struct Given(
        string Department, string Measure, string Memorandum, int Version, string Wording, string Obligation, string Canonical, string BasisFrom, string Bases);
}
