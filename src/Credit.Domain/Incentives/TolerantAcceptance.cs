using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>Where an acceptance with missing papers stands.</summary>
public enum AcceptanceState
{
    /// <summary>Accepted; papers are owed.</summary>
    Accepted,

    /// <summary>Every paper was supplied in time.</summary>
    Completed,

    /// <summary>A paper was not: the acceptance is void.</summary>
    Revoked,
}

/// <summary>What moves an acceptance.</summary>
public enum AcceptanceTrigger
{
    /// <summary>The last owed paper was supplied.</summary>
    Complete,

    /// <summary>The time limit passed.</summary>
    Revoke,
}

/// <summary>The life of an acceptance with missing papers.</summary>
public static class AcceptanceLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<AcceptanceState, AcceptanceTrigger> Table = new("Acceptance with missing papers", AcceptanceState.Accepted,
        (AcceptanceState.Accepted, AcceptanceTrigger.Complete, AcceptanceState.Completed, "R-3.3.2.c"),
        (AcceptanceState.Accepted, AcceptanceTrigger.Revoke, AcceptanceState.Revoked, "R-3.3.2.c"));
}

/// <summary>One paper that the matter needs.</summary>
public sealed class RequiredPaper
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What paper.</summary>
    public string Title { get; init; } = "";

    /// <summary>Law, regulation or ministry document that requires it, with article; null when it can be supplied later.</summary>
    public string? RequiredBy { get; init; }

    /// <summary>It was not there when the matter was accepted.</summary>
    public bool Missing { get; init; }

    /// <summary>Day it was supplied; null while owed, and where it was never missing.</summary>
    public DateOnly? SuppliedOn { get; internal set; }

    /// <summary>Still to come.</summary>
    public bool Owed => Missing && SuppliedOn is null;
}

/// <summary>
/// 容缺受理: a matter accepted though papers are missing (R-3.3.2.c). What law, regulation or ministry document requires is never
/// missing; the rest is supplied against a written commitment within a time limit (I51).
/// </summary>
public sealed class TolerantAcceptance : Aggregate
{
    private readonly List<RequiredPaper> _papers = [];

    private TolerantAcceptance()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Key of the accepting department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>What was applied for.</summary>
    public string Matter { get; private init; } = "";

    /// <summary>The written commitment.</summary>
    public Guid CommitmentId { get; private init; }

    /// <summary>Exemplar or clean record: what opened the green channel.</summary>
    public ClassBasis Basis { get; private init; }

    /// <summary>Account that accepted.</summary>
    public string AcceptedBy { get; private init; } = "";

    /// <summary>Day of acceptance.</summary>
    public DateOnly AcceptedOn { get; private init; }

    /// <summary>Last day to supply what is missing.</summary>
    public DateOnly Due { get; private set; }

    /// <summary>Where it stands.</summary>
    public AcceptanceState State { get; private set; }

    /// <summary>Day it was completed or revoked.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Policy pack it was decided under.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>The papers that the matter needs.</summary>
    public IReadOnlyList<RequiredPaper> Papers => _papers;

    internal static Outcome<TolerantAcceptance> Accept(
        CreditStanding standing, string matter, IReadOnlyList<RequiredPaper> papers, Commitment? commitment, Guid subjectId, PolicyPack pack, string department,
        string by, DateOnly today, DateOnly due)
    {
        Refusal[] refusals = [.. AgainstStanding(standing, pack), .. AgainstPapers(matter, papers), .. AgainstCommitment(commitment, subjectId, department)];
        if (refusals.Length > 0)
        {
            return Outcome<TolerantAcceptance>.Refused(refusals);
        }

        var accepted = new TolerantAcceptance
        {
            SubjectId = subjectId,
            Department = department,
            Matter = matter,
            CommitmentId = commitment!.Id,
            Basis = standing.Exemplar ? ClassBasis.Exemplar : ClassBasis.CleanRecord,
            AcceptedBy = by,
            AcceptedOn = today,
            Due = due,
            PolicyPack = pack.Name,
        };
        accepted._papers.AddRange(papers);
        accepted.Announce(new TolerantlyAccepted(accepted.Id, subjectId, department, due), Clause.R("3.3.2.c"));
        return accepted;
    }

    /// <summary>Reasons against the time limit; it is never longer than the pack allows.</summary>
    internal static IEnumerable<Refusal> AgainstTerm(int days, IncentiveTerms terms)
    {
        if (days < 1 || days > terms.LongestSupplyPaperDays)
        {
            yield return new(
                "supply-term-invalid",
                $"补齐期限应为1至{terms.LongestSupplyPaperDays}个工作日。",
                $"The time limit is 1 to {terms.LongestSupplyPaperDays} working days.",
                Clause.R("3.3.2.c"),
                "withinWorkingDays");
        }
    }

    /// <summary>The subject supplies an owed paper; with the last one the acceptance is complete.</summary>
    internal Outcome<TolerantAcceptance> Supply(Guid paperId, DateOnly today)
    {
        if (State == AcceptanceState.Accepted && today > Due)
        {
            return new Refusal(
                "supply-too-late",
                $"补齐期限已于{Due:yyyy-MM-dd}届满。",
                $"The time to supply papers ended on {Due:yyyy-MM-dd}.",
                Clause.R("3.3.2.c"));
        }

        if (!AcceptanceLifecycle.Table.Allows(State, AcceptanceTrigger.Complete))
        {
            return Outcome<TolerantAcceptance>.Refused(AcceptanceLifecycle.Table.Fire(State, AcceptanceTrigger.Complete).Refusals);
        }

        if (_papers.SingleOrDefault(paper => paper.Id == paperId && paper.Owed) is not { } owed)
        {
            return new Refusal("paper-not-owed", "该材料不在待补齐之列。", "This paper is not owed.", Clause.R("3.3.2.c"), "paperId");
        }

        owed.SuppliedOn = today;
        if (_papers.TrueForAll(paper => !paper.Owed))
        {
            (State, EndedOn) = (AcceptanceLifecycle.Table.Fire(State, AcceptanceTrigger.Complete).Value.To, today);
        }

        Announce(new PaperSupplied(Id, SubjectId, State), Clause.R("3.3.2.c"));
        return this;
    }

    /// <summary>The time limit passed: the acceptance is void. The caller breaks the commitment in the same transaction.</summary>
    internal Outcome<TolerantAcceptance> Revoke(DateOnly today) => today <= Due
        ? new Refusal("supply-term-runs", $"补齐期限至{Due:yyyy-MM-dd}。", $"The time limit runs until {Due:yyyy-MM-dd}.", Clause.R("3.3.2.c"))
        : AcceptanceLifecycle.Table.Fire(State, AcceptanceTrigger.Revoke).Then<TolerantAcceptance>(move =>
        {
            (State, EndedOn) = (move.To, today);
            Announce(new AcceptanceRevoked(Id, SubjectId, CommitmentId), Clause.R("3.3.2.c"));
            return this;
        });

    /// <summary>Moves the last day after the calendar changed (I32).</summary>
    internal void MoveDue(DateOnly due)
    {
        Due = due;
        Announce(new AcceptanceDueMoved(Id, SubjectId, due), Clause.Standard("I32"));
    }

    private static IEnumerable<Refusal> AgainstStanding(CreditStanding standing, PolicyPack pack)
    {
        var answer = Convenience.Of(standing, pack.Incentives.CleanYears);
        if (!answer.Eligible)
        {
            yield return new(
                "green-channel-closed",
                "该主体不适用容缺受理: " + string.Concat(answer.Reasons.Where(reason => !reason.For).Select(reason => reason.Chinese)),
                "Not for this subject: " + string.Join(' ', answer.Reasons.Where(reason => !reason.For).Select(reason => reason.English)),
                Clause.R("3.3.2.b"));
        }
    }

    private static IEnumerable<Refusal> AgainstPapers(string matter, IReadOnlyList<RequiredPaper> papers)
    {
        if (string.IsNullOrWhiteSpace(matter))
        {
            yield return new("matter-missing", "请写明受理事项。", "State what was applied for.", Clause.R("3.3.2.c"), "matter");
        }
        else if (TextLength.Against(matter, TextLength.Name, "matter") is { } tooLong)
        {
            yield return tooLong;
        }

        // What one line requires by law another line of the same paper does not defer.
        var byLaw = papers.Where(paper => paper.RequiredBy is not null).ToLookup(paper => paper.Title.Trim(), paper => paper.RequiredBy, StringComparer.Ordinal);
        foreach (var never in papers.Where(paper => paper.Missing && byLaw.Contains(paper.Title.Trim())).Select(paper => new { paper.Title, RequiredBy = byLaw[paper.Title.Trim()].First() }))
        {
            yield return new(
                "paper-never-deferrable",
                $"“{never.Title}”为{never.RequiredBy}规定的材料，不得容缺。",
                $"'{never.Title}' is required by {never.RequiredBy} and can never be missing.",
                Clause.R("3.3.2.c"),
                "papers");
        }

        if (!papers.Any(paper => paper.Missing))
        {
            yield return new("nothing-missing", "材料齐全，请按一般程序受理。", "No paper is missing: accept it in the ordinary way.", Clause.R("3.3.2.c"), "papers");
        }

        foreach (var paper in papers)
        {
            if (string.IsNullOrWhiteSpace(paper.Title) || paper.RequiredBy is { Length: 0 })
            {
                yield return new(
                    "paper-untitled", "请写明材料名称；法定材料须写明依据。", "Name each paper, and the law where one requires it.", Clause.R("3.3.2.c"), "papers");
            }

            if ((TextLength.Against(paper.Title, TextLength.Name, "papers") ?? TextLength.Against(paper.RequiredBy, TextLength.Name, "papers")) is { } tooLong)
            {
                yield return tooLong;
            }
        }
    }

    private static IEnumerable<Refusal> AgainstCommitment(Commitment? commitment, Guid subjectId, string department)
    {
        var fits = commitment is { Kind: CommitmentKind.MissingPapers, State: CommitmentState.Made } && commitment.SubjectId == subjectId && commitment.Department == department;
        if (!fits)
        {
            yield return new(
                "commitment-not-fit",
                "容缺受理须有该主体向本部门作出的、尚未使用的容缺承诺。",
                "Acceptance with missing papers needs a commitment of the subject before this department, of that kind and not yet used.",
                Clause.Standard("I51"),
                "commitmentId");
        }
    }
}
