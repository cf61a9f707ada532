using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>The district's own grades of credit.</summary>
public enum CreditGrade
{
    /// <summary>Best.</summary>
    A,

    /// <summary>Good.</summary>
    B,

    /// <summary>Fair.</summary>
    C,

    /// <summary>Poor.</summary>
    D,
}

/// <summary>What a grade of another city is worth here.</summary>
public sealed class AllianceGrade
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The city, one of the alliance's members.</summary>
    public string City { get; init; } = "";

    /// <summary>Its grade, in its own letters.</summary>
    public string Theirs { get; init; } = "";

    /// <summary>The district's.</summary>
    public CreditGrade Ours { get; init; }

    /// <summary>First day the mapping holds.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day it holds; null while it has no end.</summary>
    public DateOnly? To { get; private set; }

    internal void EndOn(DateOnly day) => To = day;
}

/// <summary>城市信用联盟: cities that share credit information and recognise each other's evaluations (R-3.5.2.d).</summary>
public sealed class CreditAlliance : Aggregate
{
    private readonly List<AllianceGrade> _grades = [];

    private CreditAlliance()
    {
    }

    /// <summary>Name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Document that founds it.</summary>
    public string Document { get; private init; } = "";

    /// <summary>Cities in it, besides the district's own.</summary>
    public string[] Members { get; private init; } = [];

    /// <summary>信用信息 shared, by catalogue title.</summary>
    public string[] SharedItems { get; private init; } = [];

    /// <summary>First day in force.</summary>
    public DateOnly From { get; private init; }

    /// <summary>Last day in force; null while it has no end.</summary>
    public DateOnly? To { get; private init; }

    /// <summary>信用评价结果互认: grades are recognised.</summary>
    public bool MutualRecognition { get; private set; }

    /// <summary>Account that registered it.</summary>
    public string RegisteredBy { get; private init; } = "";

    /// <summary>What grades are, and were, worth. A mapping that changes ends and another follows.</summary>
    public IReadOnlyList<AllianceGrade> Grades => _grades;

    internal static Outcome<CreditAlliance> Register(
        string name, string document, string[] members, string[] sharedItems, DateOnly from, DateOnly? to, string by)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(name) || name.Length > TextLength.Name)
        {
            refusals.Add(new("title-missing", "请填写名称。", "State a title.", Clause.R("3.5.2.d"), "name"));
        }

        if (string.IsNullOrWhiteSpace(document) || document.Length > TextLength.Name)
        {
            refusals.Add(new("alliance-without-document", "请填写联盟协议文号或名称。", "Name the document that founds the alliance.", Clause.R("3.5.2.d"), "document"));
        }

        if (members.Length is 0 or > 100 || sharedItems.Length > 100 || members.Concat(sharedItems).Any(text => string.IsNullOrWhiteSpace(text) || text.Length > TextLength.Name))
        {
            refusals.Add(new("alliance-members-missing", "请列出成员城市及共享事项。", "List the member cities and what is shared.", Clause.R("3.5.2.d"), "members"));
        }

        if (to < from)
        {
            refusals.Add(new("period-invalid", "起止日期应完整，且起始日不晚于截止日。", "Give both days, the first not after the last.", Clause.R("3.5.2.d"), "from"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<CreditAlliance>.Refused(refusals);
        }

        var alliance = new CreditAlliance
        {
            Name = name,
            Document = document,
            Members = members,
            SharedItems = sharedItems,
            From = from,
            To = to,
            RegisteredBy = by,
        };
        alliance.Announce(new AllianceRegistered(alliance.Id), Clause.R("3.5.2.d"));
        return alliance;
    }

    /// <summary>Switches recognition and maps grades from a day on. A grade mapped anew ends its former mapping the day before.</summary>
    internal Outcome<CreditAlliance> SetRecognition(bool recognise, IReadOnlyList<(string City, string Theirs, CreditGrade Ours)> grades, DateOnly from)
    {
        if (grades.FirstOrDefault(grade => !Members.Contains(grade.City, StringComparer.Ordinal) || string.IsNullOrWhiteSpace(grade.Theirs) || grade.Theirs.Length > 20)
            is { City: not null })
        {
            return new Refusal("grade-of-stranger", "等级须属于成员城市。", "A grade belongs to a member city.", Clause.R("3.5.2.d"), "grades");
        }

        if (grades.DistinctBy(grade => (grade.City, grade.Theirs)).Count() < grades.Count)
        {
            return new Refusal("grade-repeated", "同一城市的等级不得重复。", "A city's grade is mapped once.", Clause.R("3.5.2.d"), "grades");
        }

        foreach (var (city, theirs, ours) in grades)
        {
            var running = _grades.Where(grade => grade.City == city && grade.Theirs == theirs && (grade.To is null || grade.To >= from)).ToArray();
            if (running.Any(grade => grade.From > from))
            {
                return new Refusal("grade-in-past", "新的对应关系不得早于现有对应关系。", "A mapping does not begin before the one it follows.", Clause.R("3.5.2.d"), "from");
            }

            foreach (var former in running)
            {
                former.EndOn(from.AddDays(-1));
            }

            _grades.Add(new AllianceGrade { City = city, Theirs = theirs, Ours = ours, From = from });
        }

        MutualRecognition = recognise;
        Announce(new AllianceRecognitionSet(Id, recognise), Clause.R("3.5.2.d"));
        return this;
    }

    /// <summary>What a grade of a member is worth on a day: only where the alliance and the mapping are in force and recognition is on.</summary>
    public CreditGrade? Recognise(string city, string theirs, DateOnly day) => MutualRecognition && From <= day && (To is null || To >= day)
        ? _grades.SingleOrDefault(grade => grade.City == city && grade.Theirs == theirs && grade.From <= day && (grade.To is null || grade.To >= day))?.Ours
        : null;
}

/// <summary>An alliance was registered.</summary>
[WireName("alliance.registered.v1")]
public sealed record AllianceRegistered(Guid AllianceId);

/// <summary>Recognition of grades was switched, or grades were mapped.</summary>
[WireName("alliance.recognition-set.v1")]
public sealed record AllianceRecognitionSet(Guid AllianceId, bool Recognise);
