using Credit.Domain.Policy;

namespace Credit.Domain.Reports;

/// <summary>What a person reports.</summary>
/// <param name="Handler">Department that is to look at it.</param>
/// <param name="SubjectName">Name of whom it is about.</param>
/// <param name="SubjectCode">Unified code of an organisation; null when unknown.</param>
/// <param name="Conduct">The conduct in one line.</param>
/// <param name="Statement">What happened.</param>
public sealed record MisconductStatement(string Handler, string SubjectName, string? SubjectCode, string Conduct, string Statement)
{
    /// <summary>The texts, with the fields they came in.</summary>
    public IReadOnlyList<(string? Text, string Field)> Texts => [(SubjectName, "subjectName"), (SubjectCode, "subjectCode"), (Conduct, "conduct"), (Statement, "statement")];

    /// <summary>Every reason against the statement as made.</summary>
    public IEnumerable<Refusal> Check()
    {
        if (string.IsNullOrWhiteSpace(SubjectName) && string.IsNullOrWhiteSpace(SubjectCode))
        {
            yield return new("reported-subject-missing", "请写明被举报主体的名称或统一社会信用代码。", "Name whom the report is about, or its unified code.", Clause.R("3.4.5.a"), "subjectName");
        }

        if (string.IsNullOrWhiteSpace(Conduct))
        {
            yield return new("conduct-missing", "请写明失信行为。", "State the conduct.", Clause.R("3.4.5.a"), "conduct");
        }

        if (string.IsNullOrWhiteSpace(Statement))
        {
            yield return new("statement-missing", "请写明举报内容。", "State what happened.", Clause.R("3.4.5.a"), "statement");
        }

        foreach (var tooLong in new[]
        {
            TextLength.Against(SubjectName, TextLength.Name, "subjectName"), TextLength.Against(SubjectCode, TextLength.Name, "subjectCode"),
            TextLength.Against(Conduct, TextLength.Name, "conduct"), TextLength.Against(Statement, TextLength.Text, "statement"),
        }.OfType<Refusal>())
        {
            yield return tooLong;
        }
    }
}

/// <summary>
/// 失信举报: a report of misconduct as its handler sees it (R-3.4.5.a). It knows nothing of who made it, and its hour is kept
/// nowhere. It may become a lead for the handler; it is never an entry.
/// </summary>
public sealed class MisconductReport : Aggregate
{
    private readonly List<MisconductAnswer> _answers = [];

    private MisconductReport()
    {
    }

    /// <summary>Department that handles it.</summary>
    public string Handler { get; private init; } = "";

    /// <summary>Name of whom it is about.</summary>
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code of whom it is about; null when unknown.</summary>
    public string? SubjectCode { get; private init; }

    /// <summary>The conduct in one line.</summary>
    public string Conduct { get; private init; } = "";

    /// <summary>What happened.</summary>
    public string Statement { get; private init; } = "";

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public MisconductState State { get; private set; }

    /// <summary>What the handler answered, in order.</summary>
    public IReadOnlyList<MisconductAnswer> Answers => _answers;

    internal static Outcome<MisconductReport> Receive(MisconductStatement statement, DateOnly today)
    {
        if (statement.Check().ToArray() is { Length: > 0 } refusals)
        {
            return Outcome<MisconductReport>.Refused(refusals);
        }

        var report = new MisconductReport
        {
            // A key holds the instant it was made: this one holds the first of the day.
            Id = Guid.CreateVersion7(CivilClock.StartOf(today)),
            Handler = statement.Handler,
            SubjectName = statement.SubjectName?.Trim() ?? "",
            SubjectCode = string.IsNullOrWhiteSpace(statement.SubjectCode) ? null : statement.SubjectCode.Trim(),
            Conduct = statement.Conduct.Trim(),
            Statement = statement.Statement.Trim(),
            ReceivedOn = today,
            State = MisconductReportLifecycle.Table.Start,
        };
        report.Announce(new MisconductReported(report.Id, report.Handler), Clause.R("3.4.5.a"));
        return report;
    }

    /// <summary>Moves it on; the answer is for whoever reported to read.</summary>
    internal Outcome<MisconductReport> Answer(MisconductTrigger on, string answer, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new Refusal("answer-missing", "请写明答复。", "State the answer.", Clause.R("3.4.5.a"), "answer");
        }

        if (TextLength.Against(answer, TextLength.Text, "answer") is { } tooLong)
        {
            return tooLong;
        }

        return MisconductReportLifecycle.Table.Fire(State, on).Then<MisconductReport>(move =>
        {
            State = move.To;
            _answers.Add(new MisconductAnswer { State = move.To, Text = answer.Trim(), On = today });
            Announce(new MisconductReportMoved(Id, Handler, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
    }
}

/// <summary>What the handler answered with one move.</summary>
public sealed class MisconductAnswer
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>State the move led to.</summary>
    public MisconductState State { get; init; }

    /// <summary>The answer.</summary>
    public string Text { get; init; } = "";

    /// <summary>Day of the answer.</summary>
    public DateOnly On { get; init; }
}

/// <summary>A report of misconduct came in.</summary>
[WireName("misconduct-report.received.v1")]
public sealed record MisconductReported(Guid ReportId, string Handler) : IToldByDay;

/// <summary>A report of misconduct moved.</summary>
[WireName("misconduct-report.moved.v1")]
public sealed record MisconductReportMoved(Guid ReportId, string Handler, MisconductState To);

/// <summary>The custodian looked into the vault for a report, whether or not anything was there (I77).</summary>
[WireName("misconduct-report.vault-read.v1")]
public sealed record VaultRead(Guid ReportId, string Purpose, string CaseNumber);
