using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Domain.Tests.Model;

/// <content>Commitments, and what is accepted with missing papers against one.</content>
internal sealed partial class Desk
{
    private IReadOnlyList<Refusal> MakeCommitment()
    {
        var kind = request.Yes ? CommitmentKind.MissingPapers : CommitmentKind.Comprehensive;
        var made = Commitment.Make(district.Subjects[request.Subject], kind, request.Text, _department!, request.User, bySubject: false, _today);
        if (made.Accepted)
        {
            session.Add(made.Value);
        }

        return made.Refusals;
    }

    private IReadOnlyList<Refusal> FindCommitment()
    {
        var commitment = session.Commitment(request.Target);
        if (commitment.Department != _department)
        {
            return [NotFound];
        }

        // What an acceptance rests on is decided by the papers alone.
        if (district.Register.Acceptances.Rows.Any(each => each.CommitmentId == commitment.Id))
        {
            return [Missing("commitment-of-acceptance")];
        }

        var found = request.Yes ? commitment.Keep(request.Text, request.User, _today) : commitment.Break(request.Text, request.User, _today, _today.AddMonths(district.Pack.PublicMonths));
        if (found.Accepted && !request.Yes)
        {
            session.Add(BreachOf(commitment));
        }

        return found.Refusals;
    }

    private IReadOnlyList<Refusal> AcceptTolerantly()
    {
        var commitment = session.Commitment(request.Target);
        var used = district.Register.Acceptances.Rows.Any(each => each.CommitmentId == commitment.Id);
        var days = district.Pack.Incentives.SupplyPaperDays;
        var accepted = TolerantAcceptance.Accept(
            StandingOf(commitment.SubjectId),
            "食品经营许可",
            [
                new RequiredPaper { Title = "营业执照", RequiredBy = "食品经营许可管理办法", Missing = request.Also },
                new RequiredPaper { Title = "场所平面图", Missing = true },
            ],
            used ? null : commitment,
            commitment.SubjectId,
            district.Pack,
            _department!,
            request.User,
            _today,
            In(days));
        if (accepted.Accepted)
        {
            session.Add(accepted.Value);
            _terms.Open(TermKind.SupplyPapers, accepted.Value.Id, _today, days);
        }

        return accepted.Refusals;
    }

    private IReadOnlyList<Refusal> SupplyPaper()
    {
        var acceptance = session.Acceptance(request.Target);
        if (acceptance.Department != _department)
        {
            return [NotFound];
        }

        var supplied = acceptance.Supply(acceptance.Papers[^1].Id, _today);
        if (supplied.Accepted && acceptance.State == AcceptanceState.Completed)
        {
            _ = session.Commitment(acceptance.CommitmentId).Keep($"材料已于{_today:yyyy-MM-dd}补齐", request.User, _today).Value;
            _terms.Meet(TermKind.SupplyPapers, acceptance.Id);
        }

        return supplied.Refusals;
    }

    private void RevokeAcceptance(Guid id)
    {
        var acceptance = session.Acceptance(id);
        if (AcceptanceLifecycle.Table.Allows(acceptance.State, AcceptanceTrigger.Revoke))
        {
            _ = acceptance.Revoke(_today).Value;
            var commitment = session.Commitment(acceptance.CommitmentId);
            _ = commitment.Break($"容缺材料截至{acceptance.Due:yyyy-MM-dd}未补齐", "", _today, _today.AddMonths(district.Pack.PublicMonths)).Value;
            session.Add(BreachOf(commitment));
        }
    }

    private CreditRecord BreachOf(Commitment broken) => CreditRecord.FromStep(
        broken.SubjectId, RecordKind.Commitment, negative: true, "commitments", broken.Department, "违反承诺", _today, broken.Id, Clause.R("3.3.1.d"));

    private CreditStanding StandingOf(Guid subject)
    {
        ListEntry[] own = [.. district.Register.Entries.Rows.Where(entry => entry.SubjectId == subject && entry.InForce(_today))];
        ListEntry[] punishing = [.. own.Where(entry => entry.List != ListKind.Red)];
        return new CreditStanding
        {
            Red = own.Any(entry => entry.List == ListKind.Red),
            Black = own.Any(entry => entry.List == ListKind.Black),
            Watch = own.Any(entry => entry.List == ListKind.Watch),
            Resting = punishing.Length > 0 && punishing.All(entry => entry.State == EntryState.Verifying),
            Clean = CleanRecord.Holds(MarksOf(district, subject), _today, district.Pack.Incentives.CleanYears),
        };
    }

    /// <summary>What the platform has against a subject.</summary>
    internal static IEnumerable<NegativeMark> MarksOf(District district, Guid subject) =>
    [
        .. district.Register.Records.Rows.Where(record => record.SubjectId == subject && record.Negative)
            .Select(record => new NegativeMark(NegativeKind.Record, record.FormedOn, record.State == RecordState.Annulled)),
        .. district.Register.Entries.Rows.Where(entry => entry.SubjectId == subject && entry.List != ListKind.Red && entry.State != EntryState.Cancelled && entry.RecognisedOn is not null)
            .Select(entry => new NegativeMark(
                entry.List == ListKind.Black ? NegativeKind.BlackEntry : NegativeKind.WatchEntry, entry.RecognisedOn!.Value, entry.ExitReason == ExitReason.Erroneous)),
    ];
}
