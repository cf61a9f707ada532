using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>What a credit bonus rests on.</summary>
public enum BonusBasis
{
    /// <summary>A red entry in force.</summary>
    RedEntry,

    /// <summary>An honest exemplar.</summary>
    Exemplar,
}

/// <summary>信用加分 of a bidder: only where the tender documents provide for it (R-3.3.3.b).</summary>
public sealed class BidBonus : Aggregate
{
    private BidBonus()
    {
    }

    /// <summary>The bidder.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Department that gave it.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Number of the tender.</summary>
    public string Tender { get; private init; } = "";

    /// <summary>Where the tender documents provide for it.</summary>
    public string TenderClause { get; private init; } = "";

    /// <summary>Points given.</summary>
    public decimal Points { get; private init; }

    /// <summary>Most points that the tender documents allow.</summary>
    public decimal MostPoints { get; private init; }

    /// <summary>What it rests on.</summary>
    public BonusBasis Basis { get; private init; }

    /// <summary>Account that recorded it.</summary>
    public string GivenBy { get; private init; } = "";

    /// <summary>Day it was given.</summary>
    public DateOnly GivenOn { get; private init; }

    internal static Outcome<BidBonus> Give(
        Guid subjectId, CreditStanding standing, string tender, string? tenderClause, decimal points, decimal mostPoints, string department, string by, DateOnly today)
    {
        Refusal[] refusals = [.. Against(standing, tender, tenderClause, points, mostPoints)];
        if (refusals.Length > 0)
        {
            return Outcome<BidBonus>.Refused(refusals);
        }

        var given = new BidBonus
        {
            SubjectId = subjectId,
            Department = department,
            Tender = tender,
            TenderClause = tenderClause!,
            Points = points,
            MostPoints = mostPoints,
            Basis = standing.Exemplar ? BonusBasis.Exemplar : BonusBasis.RedEntry,
            GivenBy = by,
            GivenOn = today,
        };
        given.Announce(new BidBonusGiven(given.Id, subjectId, department, points, given.Basis), Clause.R("3.3.3.b"));
        return given;
    }

    private static IEnumerable<Refusal> Against(CreditStanding standing, string tender, string? tenderClause, decimal points, decimal mostPoints)
    {
        if (string.IsNullOrWhiteSpace(tender))
        {
            yield return new("tender-missing", "请写明招标项目编号。", "Name the tender.", Clause.R("3.3.3.b"), "tender");
        }

        if (string.IsNullOrWhiteSpace(tenderClause))
        {
            yield return new(
                "tender-without-bonus", "招标文件未约定信用加分，不得加分。", "The tender documents provide for no bonus: none is given.", Clause.R("3.3.3.b"), "tenderClause");
        }

        if (points <= 0 || points > mostPoints)
        {
            yield return new(
                "bonus-out-of-range", $"加分应大于0且不超过招标文件约定的{mostPoints}分。", $"The bonus is above 0 and {mostPoints} at most.", Clause.R("3.3.3.b"), "points");
        }

        if (!standing.Rewardable)
        {
            yield return new(
                "bonus-not-earned", "该主体不是诚信典型，也不在红名单内。", "The bidder is neither an exemplar nor on a red list.", Clause.Standard("I49"));
        }

        foreach (var tooLong in new[] { TextLength.Against(tender, TextLength.Name, "tender"), TextLength.Against(tenderClause, TextLength.Text, "tenderClause") })
        {
            if (tooLong is not null)
            {
                yield return tooLong;
            }
        }
    }
}
