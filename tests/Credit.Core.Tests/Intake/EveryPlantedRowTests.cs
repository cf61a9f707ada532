using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Licences;
using Credit.Core.Intake.Penalties;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Intake;

/// <summary>Every row of every double-publicity file comes out as it was planted.</summary>
public class EveryPlantedRowTests
{
    public static TheoryData<string> DoublePublicityFiles =>
        [.. Expectations.Files.Values.Where(file => file.RecordKind is "penalty" or "licence").Select(file => file.File)];

    [Theory]
    [MemberData(nameof(DoublePublicityFiles))]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Requirement", "R-3.1.1.c")]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Invariant", "I27")]
    [Trait("Invariant", "I28")]
    [Trait("Invariant", "I69")]
    [Trait("Invariant", "I71")]
    [Trait("Invariant", "I88")]
    public void Every_row_comes_out_as_planted(string name)
    {
        var expected = Expectations.Files[name];
        var register = new Dictionary<RecordKey, (string Hash, PublicityRecord Record, int Row)>();
        if (expected.Requires is { } before)
        {
            Read(before, register);
        }

        var outcomes = Read(name, register);
        var faults = new List<string>();
        outcomes.Keys.ShouldBe(expected.Rows.Select(row => row.Row), ignoreOrder: true);
        foreach (var row in expected.Rows)
        {
            Compare(row, outcomes[row.Row], faults);
        }

        faults.ShouldBeEmpty();
    }

    private static void Compare(ExpectedRow expected, Outcome outcome, List<string> faults)
    {
        var where = $"row {expected.Row} ({expected.Planted})";
        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add($"{where}: {fault}; found {outcome.Verdict}: {string.Join(", ", outcome.Issues.Select(issue => $"{issue.Field} {issue.Code}"))}");
            }
        }

        Check(expected.Allows(outcome.Verdict), $"expected {expected.Verdict}");
        if (expected.Verdict == "duplicate-noop")
        {
            Check(outcome.RelatedRow == expected.RelatedRow, $"related row {outcome.RelatedRow}, expected {expected.RelatedRow}");
        }
        else if (expected.Verdict == "conflict")
        {
            Check(outcome.RelatedRow == expected.RelatedRow, $"related row {outcome.RelatedRow}, expected {expected.RelatedRow}");
            Check(expected.Issues!.All(issue => outcome.Differences.Contains(issue.Field!, StringComparer.Ordinal)), $"differences {string.Join(", ", outcome.Differences)}");
        }
        else
        {
            var fields = outcome.Issues.Where(issue => outcome.Verdict != "accept" || issue.Verdict != RowVerdict.Accepted).Select(issue => issue.Field).Distinct(StringComparer.Ordinal);
            var planted = (expected.Issues ?? []).Select(issue => issue.Field!);
            Check(fields.Order(StringComparer.Ordinal).SequenceEqual(planted.Order(StringComparer.Ordinal)) || (expected.Issues is null && expected.Acceptable is not null), "other fields");
            Check((expected.Issues ?? []).All(issue => outcome.Issues.Any(found => found.Field == issue.Field && found.Column == issue.Column && found.Code == issue.Code)), $"code or column, expected {string.Join(", ", expected.Issues?.Select(issue => issue.Code + " in " + issue.Column) ?? [])}");
        }

        if (outcome.Record is { } record)
        {
            Check(record.Timing.Due == expected.Due, $"due {record.Timing.Due}");
            Check(record.Timing.OnTime == (expected.OnTime switch { "yes" => true, "no" => false, _ => null }), "on time");
            Check(record.Publication == (expected.Publish switch { "no" => Publication.Withheld, "mask" => Publication.Masked, _ => Publication.Public }), $"publication {record.Publication}");
            var texts = record.Normalised();
            foreach (var (field, value) in expected.Normalised ?? new Dictionary<string, string>())
            {
                Check(texts[record.Layout.Ordinal(field)] == value, $"{field} stored as {texts[record.Layout.Ordinal(field)]}");
            }
        }
    }

    private static Dictionary<int, Outcome> Read(string name, Dictionary<RecordKey, (string Hash, PublicityRecord Record, int Row)> register)
    {
        var isPenalty = Expectations.Files[name].RecordKind == "penalty";
        var run = new IntakeRun(Expectations.Received, WorkingCalendar.BuiltIn, new WorkingDays(7));
        using var stream = File.OpenRead(Expectations.PathOf(name));
        using var sheet = SheetReader.Open(stream, name, isPenalty ? PenaltyLayout.Layout : LicenceLayout.Layout);
        var outcomes = new Dictionary<int, Outcome>();
        foreach (var raw in sheet.Rows())
        {
            var outcome = isPenalty ? OutcomeOf(ReadPenalty.Read(raw, run)) : OutcomeOf(ReadLicence.Read(raw, run));
            outcomes.Add(raw.Number, Resolve(outcome, raw.Number, register));
        }

        return outcomes;
    }

    private static Outcome OutcomeOf<TRecord>(ReadRow<TRecord> row)
        where TRecord : PublicityRecord =>
        new(row.Verdict, row.Record, row.Issues);

    /// <summary>Stands in for the register: the first stored wins, the same content changes nothing, other content is a conflict.</summary>
    private static Outcome Resolve(Outcome outcome, int number, Dictionary<RecordKey, (string Hash, PublicityRecord Record, int Row)> register)
    {
        if (outcome.Record is not { } record || outcome.Kind == RowVerdict.Quarantined)
        {
            return outcome;
        }

        var hash = Convert.ToHexString(record.ContentHash);
        if (register.TryAdd(record.Key, (hash, record, number)))
        {
            return outcome;
        }

        var stored = register[record.Key];
        return stored.Hash == hash
            ? outcome with { Kind = RowVerdict.Unchanged, RelatedRow = stored.Row }
            : outcome with { Kind = RowVerdict.Conflict, RelatedRow = stored.Row, Differences = record.DifferencesTo(stored.Record) };
    }

    private sealed record Outcome(RowVerdict Kind, PublicityRecord? Record, IReadOnlyList<RowIssue> Issues)
    {
        public int? RelatedRow { get; init; }

        public IReadOnlyList<string> Differences { get; init; } = [];

        // A code kept aside for the registrar counts as not stored.
        public string Verdict => Kind switch
        {
            RowVerdict.Accepted => "accept",
            RowVerdict.AcceptedWithWarning => "accept-with-warning",
            RowVerdict.Unchanged => "duplicate-noop",
            RowVerdict.Conflict => "conflict",
            _ => "reject",
        };
    }
}
