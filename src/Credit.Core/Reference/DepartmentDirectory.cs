using System.Collections.Frozen;

namespace Credit.Core.Reference;

/// <summary>What a body is in law. It decides whether the body may recognise at all (I12).</summary>
internal enum BodyKind
{
    /// <summary>国家机关.</summary>
    StateOrgan,

    /// <summary>司法机关.</summary>
    JudicialOrgan,

    /// <summary>党的机关.</summary>
    PartyOrgan,

    /// <summary>法律法规授权的组织.</summary>
    AuthorisedOrganisation,

    /// <summary>事业单位.</summary>
    PublicInstitution,

    /// <summary>群团组织.</summary>
    MassOrganisation,

    /// <summary>行业协会商会: supplies leads only.</summary>
    Association,

    /// <summary>金融机构: supplies leads only.</summary>
    FinancialInstitution,
}

/// <summary>A department or body the platform deals with.</summary>
/// <param name="Key">Key in tokens, routes and data; never changes.</param>
/// <param name="Name">Short name as the policy prints it.</param>
/// <param name="RegisteredName">Registered name; null where no register at hand shows it.</param>
/// <param name="Code">Unified social credit code; null where no register at hand shows it.</param>
/// <param name="Kind">What it is in law.</param>
/// <param name="MayRecognise">May recognise subjects on a list.</param>
/// <param name="OutsideDistrict">Not under the district: it gets no tasks here.</param>
/// <param name="LeadOffice">The office of the joint conference.</param>
/// <param name="Aliases">Other names files use for it.</param>
internal sealed record Department(
    string Key,
    string Name,
    string? RegisteredName,
    string? Code,
    BodyKind Kind,
    bool MayRecognise,
    bool OutsideDistrict,
    bool LeadOffice,
    IReadOnlyList<string> Aliases);

/// <summary>The departments and bodies of the district, immutable.</summary>
internal sealed class DepartmentDirectory
{
    private readonly FrozenDictionary<string, Department> _byKey;
    private readonly FrozenDictionary<string, Department> _byCode;
    private readonly FrozenDictionary<string, Department> _byName;

    public DepartmentDirectory(IReadOnlyList<Department> departments)
    {
        All = departments;
        _byKey = departments.ToFrozenDictionary(department => department.Key);
        _byCode = departments.Where(department => department.Code is not null).ToFrozenDictionary(department => department.Code!);
        _byName = departments
            .SelectMany(department => NamesOf(department).Distinct().Select(name => (name, department)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.department);
    }

    /// <summary>All, in the order of the table.</summary>
    public IReadOnlyList<Department> All { get; }

    /// <summary>The office of the joint conference (区社会信用体系建设联席会议办公室).</summary>
    public Department LeadOffice => All.Single(department => department.LeadOffice);

    /// <summary>The table that ships with the core.</summary>
    public static DepartmentDirectory Load() => new(ReferenceFile.Read<Department[]>("departments.json"));

    /// <summary>The department with this key, or null.</summary>
    public Department? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The department with this unified social credit code, or null.</summary>
    public Department? FindByCode(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The department with this short name, registered name or alias, or null. Exact, never fuzzy.</summary>
    public Department? FindByName(string name) => _byName.GetValueOrDefault(name);

    private static IEnumerable<string> NamesOf(Department department) =>
        department.RegisteredName is null ? [department.Name, .. department.Aliases] : [department.Name, department.RegisteredName, .. department.Aliases];
}
