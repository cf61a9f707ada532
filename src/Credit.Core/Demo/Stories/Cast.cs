using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo.Stories;

/// <summary>Chooses whom a story is about: on punish lists preferably somebody whom the same department has just fined. Nobody is in two stories by chance.</summary>
internal sealed class Cast
{
    private readonly SeededSource _chance;
    private readonly IReadOnlyList<DemoSubject> _subjects;
    private readonly ILookup<string, DemoPenalty> _penalties;
    private readonly HashSet<Guid> _taken = [DemoPlan.AccountSubject, DemoPlan.AccountPerson];

    public Cast(DemoDistrict district)
    {
        _chance = new SeededSource(district.Plan.Seed).For("cast");
        _subjects = district.Subjects;
        _penalties = district.Penalties.Where(penalty => penalty.Subject.Kind != SubjectKind.NaturalPerson).ToLookup(penalty => penalty.Department);
    }

    /// <summary>Somebody for a story under this standard.</summary>
    public (DemoSubject Subject, DemoPenalty? Penalty) Next(ListStandard standard, DateOnly day, bool person)
    {
        var cited = person || standard.List == ListKind.Red
            ? null
            : _penalties[standard.Department].LastOrDefault(penalty => penalty.ReceivedOn < day && IsFree(penalty.Subject));
        var subject = cited?.Subject ?? Anybody(person);
        _taken.Add(subject.Id);
        return (subject, cited);
    }

    /// <summary>Takes a subject by identity.</summary>
    public DemoSubject Claim(Guid id)
    {
        _taken.Add(id);
        return _subjects.First(subject => subject.Id == id);
    }

    private DemoSubject Anybody(bool person)
    {
        for (var tries = 0; tries < 100 * _subjects.Count; tries++)
        {
            var subject = _chance.Pick(_subjects);
            if (IsFree(subject) && subject.Kind == SubjectKind.NaturalPerson == person)
            {
                return subject;
            }
        }

        throw new InvalidOperationException($"{_subjects.Count} subjects are too few for the stories.");
    }

    private bool IsFree(DemoSubject subject) => subject.Status == SubjectStatus.Active && !_taken.Contains(subject.Id);
}
