using Credit.Domain.Accountability;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Records;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>Who answers for an entry, and what a clean record is worth (assurance §4.3).</summary>
internal static class PersonChecks
{
    private const int Years = 3;

    public static readonly Invariant[] All =
    [
        new("I50", "Clean is who has nothing formed in the three years that end today; what was wrong counts as never made.", scene => Scene.First(
            scene.District.Subjects.Select(subject => subject.Id),
            subject => CleanRecord.Holds(Desk.MarksOf(scene.District, subject), scene.Today, Years) != IsClean(scene, subject),
            subject => $"{subject} is {(IsClean(scene, subject) ? "" : "not ")}clean")),
        new("I51", "Papers are missing only against a signed commitment and a time limit, never those a law wants; a missed limit is one breach.", scene => Scene.First(
            scene.Announced<TolerantlyAccepted>().Select(accepted => scene.Register.Acceptances[accepted.AcceptanceId]),
            accepted => scene.Register.Commitments.Find(accepted.CommitmentId) is not { Kind: CommitmentKind.MissingPapers } commitment || commitment.SubjectId != accepted.SubjectId
                || accepted.Due <= scene.DayBefore || accepted.Papers.Any(paper => paper.Missing && paper.RequiredBy is not null) || !IsClean(scene, accepted.SubjectId),
            accepted => $"{accepted.Id} was accepted")
            ?? Scene.First(
                scene.Register.Acceptances.Rows.Where(each => each.State == AcceptanceState.Revoked),
                missed => scene.Register.Records.Rows.Count(record => record.SourceId == missed.CommitmentId && record.Negative) != 1 || missed.EndedOn <= missed.Due,
                missed => $"the missed limit of {missed.Id} left {scene.Register.Records.Rows.Count(record => record.SourceId == missed.CommitmentId)} records")),
        new("I52", "For an organisation on black or watch those answer who were in office when it acted; with the exit their part ends, and is deleted when it was wrong.", scene =>
            Scene.First(
                scene.Announced<EntryPublished>().Select(published => scene.Register.Entries[published.EntryId])
                    .Where(entry => entry.List != ListKind.Red && entry.SubjectKind != SubjectKind.NaturalPerson && scene.Act(entry)),
                entry => !InOffice(scene, entry).All(person => scene.Register.Items.Rows.Count(item => item.EntryId == entry.Id && item.PersonId == person && item.State == AccountabilityState.InForce) == 1)
                    || scene.Register.Items.Rows.Any(item => item.EntryId == entry.Id && item.NamedFor is null && item.State == AccountabilityState.InForce && !InOffice(scene, entry).Contains(item.PersonId)),
                entry => $"others than those in office answer for {entry.Id}")
            ?? Scene.First(
                scene.Register.Items.Rows,
                item => scene.History.Of(item.EntryId).Exited is { } exited
                    && (item.State is AccountabilityState.Named or AccountabilityState.InForce || (exited.Reason == ExitReason.Erroneous && item.State != AccountabilityState.Deleted)),
                item => $"item {item.Id} of an entry that left is {item.State}")),
    ];

    private static HashSet<Guid> InOffice(Scene scene, ListEntry entry)
    {
        var acted = entry.ActOn ?? entry.DecidedOn ?? entry.RecognisedOn!.Value;
        return [.. scene.District.Officeholders.Where(holder => holder.OrganisationId == entry.SubjectId && holder.Since <= acted && (holder.Until is null || acted <= holder.Until)).Select(holder => holder.PersonId)];
    }

    // By history and rows: nothing recognised or recorded on a day of the three years, what was wrong left out.
    private static bool IsClean(Scene scene, Guid subject)
    {
        var after = scene.Today.AddYears(-Years);
        return !scene.EntriesOf[subject].Any(entry => entry.List != ListKind.Red && entry.State != EntryState.Cancelled && entry.RecognisedOn > after && entry.RecognisedOn <= scene.Today
                && scene.History.Of(entry.Id).Exited?.Reason != ExitReason.Erroneous)
            && !scene.Register.Records.Rows.Any(record => record.SubjectId == subject && record.Negative && record.State == RecordState.Current && record.FormedOn > after && record.FormedOn <= scene.Today);
    }
}
