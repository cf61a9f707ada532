using Credit.Core.Reference;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo;

/// <summary>A subject of the demo district.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">Kind of subject.</param>
/// <param name="Name">Name.</param>
/// <param name="Code">Unified code; null for natural persons.</param>
/// <param name="IdentityNumber">Identity number; natural persons only. In memory and the vault only.</param>
/// <param name="Registrar">Department that sent it in.</param>
/// <param name="LegalRepresentative">Name; null for natural persons.</param>
/// <param name="Town">Town or street.</param>
/// <param name="Trade">Line of business; null for natural persons.</param>
/// <param name="EstablishedOn">Day of establishment; null for natural persons.</param>
/// <param name="Status">Standing.</param>
internal sealed record DemoSubject(
    Guid Id, SubjectKind Kind, string Name, string? Code, string? IdentityNumber, string Registrar, string? LegalRepresentative, string Town, Trade? Trade,
    DateOnly? EstablishedOn, SubjectStatus Status);

/// <summary>Makes the registry: who lives and does business in the 15 towns and streets that report to the district.</summary>
internal sealed class DemoSubjects(DemoPlan plan, DemoTables tables)
{
    private readonly SeededSource _chance = new SeededSource(plan.Seed).For("subjects");
    private readonly string[] _towns = [.. Area.LoadAll().Where(area => area is { ManagedByDistrict: true, Kind: "Town" or "Street" }).Select(area => area.Name)];
    private readonly HashSet<string> _names = [];

    /// <summary>All, in order of registration; the demo accounts' own are the first two.</summary>
    public IReadOnlyList<DemoSubject> Make()
    {
        var subjects = new List<DemoSubject>(plan.Subjects);
        for (var number = 0; number < plan.Subjects; number++)
        {
            subjects.Add((number, _chance.Next(100)) switch
            {
                (0, _) => Company(number) with { Id = DemoPlan.AccountSubject, Status = SubjectStatus.Active },
                (1, _) => Person(number) with { Id = DemoPlan.AccountPerson },
                (_, < 42) => Company(number),
                (_, < 74) => Shop(number),
                (_, < 96) => Person(number),
                (_, < 98) => Organisation(number, "31", "justice", "律师事务所", SubjectKind.UnincorporatedOrganization),
                (_, < 99) => Organisation(number, "51", "civil-affairs", "行业协会", SubjectKind.LegalPerson),
                _ => Organisation(number, "12", "organisation-office", "服务中心", SubjectKind.LegalPerson),
            });
        }

        return subjects;
    }

    private DemoSubject Company(int number)
    {
        var trade = _chance.Pick(tables.Names.Trades);
        return Registered(number, "91", "administrative-approval", SubjectKind.LegalPerson, trade, "济宁市任城区", trade.Company);
    }

    private DemoSubject Shop(int number)
    {
        var trade = _chance.Pick(tables.Names.Trades);
        return Registered(number, "92", "administrative-approval", SubjectKind.IndividualBusiness, trade, "任城区", trade.Shop);
    }

    private DemoSubject Organisation(int number, string head, string registrar, string ending, SubjectKind kind) =>
        Registered(number, head, registrar, kind, trade: null, "济宁市任城区", ending);

    private DemoSubject Registered(int number, string head, string registrar, SubjectKind kind, Trade? trade, string place, string ending) => new(
        NextId(),
        kind,
        UnusedName(place, ending),
        MadeUpIdentifiers.UnifiedCode(head, number),
        IdentityNumber: null,
        registrar,
        PersonName(),
        _chance.Pick(_towns),
        trade,
        plan.Start.AddDays(-_chance.Between(30, 6000)),
        _chance.Next(100) switch { < 3 => SubjectStatus.Cancelled, < 5 => SubjectStatus.Revoked, _ => SubjectStatus.Active });

    private DemoSubject Person(int number) => new(
        NextId(),
        SubjectKind.NaturalPerson,
        PersonName(),
        Code: null,
        MadeUpIdentifiers.IdentityNumber(number),
        "development-reform",
        LegalRepresentative: null,
        _chance.Pick(_towns),
        Trade: null,
        EstablishedOn: null,
        SubjectStatus.Active);

    private Guid NextId() => _chance.NextId(CivilClock.StartOf(plan.Start));

    private string PersonName()
    {
        var surname = _chance.Pick(tables.Names.Surnames).ToString();
        var given = _chance.Pick(tables.Names.Given).ToString();
        return _chance.Chance(70) ? surname + given + _chance.Pick(tables.Names.Given) : surname + given;
    }

    private string UnusedName(string place, string ending)
    {
        while (true)
        {
            var name = $"{place}{_chance.Pick(tables.Names.Brands)}{_chance.Pick(tables.Names.Brands)}{_chance.Pick(tables.Names.Brands)}{ending}";
            if (_names.Add(name))
            {
                return name;
            }
        }
    }
}
