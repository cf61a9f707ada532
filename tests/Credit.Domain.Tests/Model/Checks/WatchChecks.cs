using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>The warning list, rectifications and interviews (assurance §4.1, §4.4).</summary>
internal static class WatchChecks
{
    private const int Three = 3;

    public static readonly Invariant[] All =
    [
        new("I9", "A subject is warned while, and only while, it is watched in three key domains or more.", scene => Scene.First(
            scene.District.Subjects.Select(subject => subject.Id),
            subject => !scene.History.SteppedBack && Warned(scene, subject) is not null != (KeyDomains(scene, subject, _ => true) >= Three),
            subject => $"{subject} is watched in {KeyDomains(scene, subject, _ => true)} key domains, and is {(Warned(scene, subject) is null ? "not " : "")}warned")),
        new("I10", "A warning ends on the day the number drops below three.", scene => Scene.First(
            scene.Announced<WarningEnded>(),
            ended => !scene.History.SteppedBack && scene.Register.Warnings[ended.WarningId] is var warning
                && (warning.EndedOn > warning.LastDay.AddDays(1) || (warning.EndedOn <= warning.LastDay && warning.EndedOn != scene.DayBefore)),
            ended => $"warning {ended.WarningId} ended on {ended.EndedOn:yyyy-MM-dd}")),
        new("I11", "The public sees the warning of an organisation that is warned by entries that may be shown.", scene => Scene.First(
            scene.District.Subjects.Where(subject => subject.Kind != SubjectKind.NaturalPerson).Select(subject => subject.Id),
            subject => !scene.History.SteppedBack && (Warned(scene, subject)?.PublicLastDay >= scene.Today) != (KeyDomains(scene, subject, watch => watch.Publishable) >= Three),
            subject => $"the warning of {subject} is {(Warned(scene, subject)?.PublicLastDay >= scene.Today ? "shown" : "hidden")}")),
        new("I63", "One interview per entry, of the kind of its list, by the recogniser, and only after an overdue rectification.", scene => Scene.First(
            scene.Register.Rectifications.Rows.Where(each => each.Interview is not null),
            talk => scene.Register.Rectifications.Rows.Count(each => each.EntryId == talk.EntryId && each.Interview is not null) != 1
                || talk.Interview != (talk.List == ListKind.Watch ? InterviewKind.Reminder : InterviewKind.Warning)
                || talk.State == RectificationState.Accepted || talk.HeldOn <= talk.Due || Cast.DepartmentOf(talk.RecordedBy ?? talk.Recogniser + ".") != talk.Recogniser,
            talk => $"interview of {talk.EntryId}")
            ?? Scene.First(
                scene.Announced<InterviewOpened>(),
                opened => scene.DayBefore <= scene.Register.Rectifications[opened.RectificationId].Due,
                opened => $"an interview about {opened.EntryId} before the term was over")),
        new("I64", "Each interview, held or refused, adds one credit record.", scene => Scene.First(
            scene.Announced<InterviewRecorded>(),
            talk => scene.Register.Records.Rows.Count(record => record.SourceId == talk.RectificationId) != 1,
            talk => $"{talk.RectificationId} left {scene.Register.Records.Rows.Count(record => record.SourceId == talk.RectificationId)} records")),
    ];

    private static WarningEntry? Warned(Scene scene, Guid subject) => scene.Register.Warnings.Rows.SingleOrDefault(warning =>
        warning.SubjectId == subject && warning.EndedOn is null && warning.BegunOn <= scene.Today && scene.Today <= warning.LastDay);

    private static int KeyDomains(Scene scene, Guid subject, Func<ListEntry, bool> which) => scene.EntriesOf[subject]
        .Where(watch => watch.List == ListKind.Watch && scene.Act(watch) && scene.District.Pack.WarningDomains.Contains(watch.Domain) && which(watch))
        .Select(watch => watch.Domain).Distinct().Count();
}
