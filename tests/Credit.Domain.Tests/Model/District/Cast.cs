using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>Who and what the model is about: few of each, so that they meet often.</summary>
internal static class Cast
{
    /// <summary>Number of subjects; the last one is a natural person.</summary>
    public const int Subjects = 3;

    /// <summary>Documents a proposal may cite; few enough that one is cited twice now and then.</summary>
    public const int Documents = 40;

    public static readonly string[] Domains = ["税收征管", "市场监管", "食品药品", "公共资源交易"];

    /// <summary>Those of a watchful district: all four are key domains, so that a warning can grow.</summary>
    public static readonly string[] KeyDomains = ["税收征管", "市场监管", "食品药品", "政府采购"];

    public static readonly string[] Departments = ["tax", "market-supervision", "human-resources"];

    public static readonly string LeadOfficer = "development-reform.officer";

    /// <summary>Persons who hold office with the organisations: one until a day in 2022, the next from then on, one beside them.</summary>
    public static Officeholder[] Officeholders(Subject[] subjects)
    {
        var change = new DateOnly(2022, 6, 30);
        return
        [
            .. subjects.Where(subject => subject.Kind == SubjectKind.LegalPerson).SelectMany(subject => new[]
            {
                Record(subject, "李某", Responsibility.LegalRepresentative, new(2018, 1, 1), change),
                Record(subject, "王某", Responsibility.LegalRepresentative, change.AddDays(1), null),
                Record(subject, "赵某", Responsibility.MainResponsiblePerson, new(2018, 1, 1), null),
            }),
        ];
    }

    private static Officeholder Record(Subject subject, string name, Responsibility office, DateOnly since, DateOnly? until) => Officeholder.Record(
        subject.Id, new PersonHeld(Guid.CreateVersion7(), name, "3708***********14"), new(office, since, until, "登记档案", "tax", "tax.officer"), null, new(2026, 12, 31), [])
        .Then(recorded => recorded.Decide(confirmed: true, "tax.approver")).Value;

    /// <summary>Registers the subjects anew.</summary>
    public static Subject[] Register() =>
    [
        .. Enumerable.Range(0, Subjects).Select(each => Subject.Register(
            each == Subjects - 1 ? SubjectKind.NaturalPerson : SubjectKind.LegalPerson,
            each == Subjects - 1 ? "张某某" : $"任城第{each + 1}公司",
            new SubjectParticulars { LegalRepresentative = each == Subjects - 1 ? null : "李某" },
            Clause.R("3.1.1.a"))),
    ];

    /// <summary>Why a proposal wants the subject watched; null unless it does.</summary>
    public static WatchReason? ReasonOf(Request request) =>
        request.List != ListKind.Watch ? null : request.Number % 3 == 0 ? WatchReason.RepeatedMinor : WatchReason.Heavier;

    /// <summary>Minor offences it states; now and then too few, or where none are counted.</summary>
    public static int? OffencesOf(Request request) => ReasonOf(request) switch
    {
        WatchReason.RepeatedMinor => request.Number % 11 == 0 ? 1 : 3,
        WatchReason.Heavier => request.Number % 11 == 1 ? 1 : null,
        _ => null,
    };

    /// <summary>The department of an account; null for subjects and the platform itself.</summary>
    public static string? DepartmentOf(string user) => user.Contains('.') ? user[..user.LastIndexOf('.')] : null;

    /// <summary>Number of the subject an account stands for; null for officers.</summary>
    public static int? SubjectOf(string user) => user.StartsWith("subject:", StringComparison.Ordinal) ? user[^1] - '0' : null;
}
