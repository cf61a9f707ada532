using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.ListEntries;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Core.Intake.Subjects;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Intake;

/// <summary>Every row of the registry and of the proposals comes out as it was planted, as far as the row alone can tell.</summary>
public class EveryPlantedSubjectAndEntryTests
{
    /// <summary>Verdicts that only the register of subjects and entries can give: the row alone is good.</summary>
    private static readonly string[] LeftToTheRegister = ["CODE_DUPLICATE", "RED_BUT_BLACK", "RED_BUT_WATCH"];

    public static TheoryData<string> ListFiles =>
        [.. Expectations.Files.Values.Where(file => file.RecordKind == "listEntry").Select(file => file.File)];

    [Theory]
    [MemberData(nameof(ListFiles))]
    [Trait("Requirement", "R-3.2.1.a")]
    [Trait("Requirement", "R-3.2.1.b")]
    [Trait("Requirement", "R-3.2.2.a")]
    [Trait("Requirement", "R-3.2.2.d")]
    [Trait("Requirement", "R-3.2.3.a")]
    [Trait("Requirement", "R-3.2.3.b")]
    [Trait("Requirement", "R-3.2.4.a")]
    [Trait("Requirement", "R-3.4.1")]
    [Trait("Invariant", "I29")]
    [Trait("Invariant", "I88")]
    public void Every_proposal_comes_out_as_planted_but_for_RED_BUT_BLACK_and_RED_BUT_WATCH(string name) =>
        Compare(name, ListEntryLayout.Layout, (raw, run) => Outcome.Of(ReadListEntry.Read(raw, run)), record => ((ListEntryRecord)record).Key);

    [Fact]
    [Trait("Requirement", "R-3.1.3.a")]
    [Trait("Requirement", "R-3.1.3.b")]
    [Trait("Requirement", "R-3.1.3.c")]
    [Trait("Requirement", "R-3.1.3.d")]
    [Trait("Invariant", "I18")]
    [Trait("Invariant", "I88")]
    public void Every_subject_comes_out_as_planted_but_for_CODE_DUPLICATE() =>
        Compare("subjects.csv", SubjectLayout.Layout, (raw, run) => Outcome.Of(ReadSubject.Read(raw, run)), record =>
        {
            // The name tells a shared code and a new name from a repeated row; what to do about them is the register's.
            var subject = (SubjectRecord)record;
            return (subject.Key, subject.Name);
        });

    [Fact]
    public void The_reader_finds_every_column_of_both_files()
    {
        foreach (var (name, layout) in new[] { ("subjects.csv", SubjectLayout.Layout), ("list-entries.csv", ListEntryLayout.Layout) })
        {
            using var stream = File.OpenRead(Expectations.PathOf(name));
            using var sheet = SheetReader.Open(stream, name, layout);

            sheet.Rows().Count().ShouldBe(Expectations.Files[name].Rows.Count);
            sheet.Findings.ShouldBeEmpty();
        }
    }

    private static void Compare(string name, Layout layout, Func<RawRow, IntakeRun, Outcome> read, Func<IntakeRecord, object> keyOf)
    {
        var expected = Expectations.Files[name];
        var run = new IntakeRun(Expectations.Received, WorkingCalendar.BuiltIn, new WorkingDays(7));
        var stored = new Dictionary<object, (int Row, IntakeRecord Record)>();
        var outcomes = new Dictionary<int, Outcome>();
        using var stream = File.OpenRead(Expectations.PathOf(name));
        using var sheet = SheetReader.Open(stream, name, layout);
        foreach (var raw in sheet.Rows())
        {
            outcomes.Add(raw.Number, Resolve(read(raw, run), raw.Number, stored, keyOf));
        }

        outcomes.Keys.ShouldBe(expected.Rows.Select(row => row.Row), ignoreOrder: true);
        expected.Rows.SelectMany(row => FaultsOf(row, outcomes[row.Row])).ShouldBeEmpty();
    }

    private static IEnumerable<string> FaultsOf(ExpectedRow expected, Outcome outcome)
    {
        var issues = expected.Issues ?? [];
        var isLeft = issues.Any(issue => LeftToTheRegister.Contains(issue.Code, StringComparer.Ordinal));
        var where = $"row {expected.Row} ({expected.Planted}), found {outcome.Verdict} {string.Join(", ", outcome.Issues.Select(issue => $"{issue.Field} {issue.Code}"))}";
        if (isLeft ? outcome.Verdict != "accept" : !expected.Allows(outcome.Verdict))
        {
            yield return $"{where}: expected {(isLeft ? "accept" : expected.Verdict)}";
        }

        if (expected.Verdict is "duplicate-noop" or "conflict")
        {
            if (outcome.RelatedRow != expected.RelatedRow || (expected.Verdict == "conflict" && !outcome.Differences.SequenceEqual(issues.Select(issue => issue.Field!))))
            {
                yield return $"{where}: related to {outcome.RelatedRow}, differing in {string.Join(", ", outcome.Differences)}";
            }
        }
        else if (!isLeft)
        {
            var planted = issues.Select(issue => (issue.Field, issue.Column, issue.Code));
            var found = outcome.Issues.Select(issue => ((string?)issue.Field, issue.Column, issue.Code));
            if (!found.Order().SequenceEqual(planted.Order()))
            {
                yield return $"{where}: expected {string.Join(", ", issues.Select(issue => $"{issue.Field} {issue.Code}"))}";
            }
        }

        if (outcome.Record is { } record)
        {
            if (record is ListEntryRecord && (record.Timing.Due != expected.Due || record.Timing.OnTime != (expected.OnTime == "yes")))
            {
                yield return $"{where}: due {record.Timing.Due}, on time {record.Timing.OnTime}";
            }

            if (record is ListEntryRecord { Publishable: true } && (record.Publication == Publication.Masked) != (expected.Publish == "mask"))
            {
                yield return $"{where}: publication {record.Publication}";
            }

            var texts = record.Normalised();
            foreach (var (field, value) in expected.Normalised ?? new Dictionary<string, string>())
            {
                if (texts[record.Layout.Ordinal(field)] != value)
                {
                    yield return $"{where}: {field} stored as {texts[record.Layout.Ordinal(field)]}";
                }
            }
        }
    }

    /// <summary>Stands in for the register: the first stored wins, the same content changes nothing, other content is a conflict.</summary>
    private static Outcome Resolve(Outcome outcome, int number, Dictionary<object, (int Row, IntakeRecord Record)> stored, Func<IntakeRecord, object> keyOf)
    {
        if (outcome.Record is not { } record || outcome.Kind == RowVerdict.Quarantined || stored.TryAdd(keyOf(record), (number, record)))
        {
            return outcome;
        }

        var earlier = stored[keyOf(record)];
        return earlier.Record.ContentHash.SequenceEqual(record.ContentHash)
            ? outcome with { Kind = RowVerdict.Unchanged, RelatedRow = earlier.Row }
            : outcome with { Kind = RowVerdict.Conflict, RelatedRow = earlier.Row, Differences = record.DifferencesTo(earlier.Record) };
    }

    private sealed record Outcome(RowVerdict Kind, IntakeRecord? Record, IReadOnlyList<RowIssue> Issues)
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

        public static Outcome Of<TRecord>(ReadRow<TRecord> row)
            where TRecord : IntakeRecord =>
            new(row.Verdict, row.Record, row.Issues);
    }
}
