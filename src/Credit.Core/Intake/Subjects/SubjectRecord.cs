using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Subjects;

/// <summary>登记状态.</summary>
internal enum RegistryStatus
{
    /// <summary>存续.</summary>
    Active,

    /// <summary>歇业: dormant by its own report, still registered.</summary>
    Dormant,

    /// <summary>迁出: registered elsewhere now.</summary>
    MovedOut,

    /// <summary>吊销未注销.</summary>
    Revoked,

    /// <summary>注销.</summary>
    Cancelled,
}

/// <summary>变更类型: what the registrar reports (R-3.1.3.d).</summary>
internal enum RegistryChange
{
    /// <summary>新设.</summary>
    New,

    /// <summary>变更.</summary>
    Changed,

    /// <summary>注销.</summary>
    Cancelled,
}

/// <summary>How the registry tells subjects apart: by code, and before conversion by the number of their registrar (I18).</summary>
/// <param name="Scheme"><c>uscc</c>, <c>registration-number</c> or <c>organisation-code</c>.</param>
/// <param name="Value">Normalised.</param>
internal readonly record struct SubjectKey(string Scheme, string Value);

/// <summary>A row of the registry of subjects, normalised. Certificate numbers stay in memory and the vault.</summary>
internal sealed record SubjectRecord : IntakeRecord
{
    /// <summary>主体名称.</summary>
    public required string Name { get; init; }

    /// <summary>统一社会信用代码; null for subjects not yet converted.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong with the code; kept, because the rate of wrong codes is to be computed (R-3.1.3.c).</summary>
    public CodeFault CodeFault { get; init; }

    /// <summary>组织机构代码.</summary>
    public string? OrganisationCode { get; init; }

    /// <summary>工商注册号.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>主体类别; never a natural person.</summary>
    public required CounterpartKind Kind { get; init; }

    /// <summary>主体类型.</summary>
    public string? LegalForm { get; init; }

    /// <summary>法定代表人(负责人).</summary>
    public required string Representative { get; init; }

    /// <summary>Certificate of the legal representative; never public.</summary>
    public PersonIdentifierType? RepresentativeCertificate { get; init; }

    /// <summary>Number of that certificate; never public.</summary>
    public string? RepresentativeNumber { get; init; }

    /// <summary>登记机关.</summary>
    public required string Registrar { get; init; }

    /// <summary>Unified code of the 登记机关.</summary>
    public string? RegistrarCode { get; init; }

    /// <summary>Six-digit area code.</summary>
    public string? Area { get; init; }

    /// <summary>所属镇街.</summary>
    public string? Town { get; init; }

    /// <summary>住所; not public for individually-owned businesses, whose home it may be.</summary>
    public string? Address { get; init; }

    /// <summary>注册资本, in 元.</summary>
    public decimal? CapitalYuan { get; init; }

    /// <summary>成立日期.</summary>
    public required DateOnly EstablishedOn { get; init; }

    /// <summary>营业期限至, last day included; 2099-12-31 when unlimited.</summary>
    public DateOnly? TermTo { get; init; }

    /// <summary>Industry code (GB/T 4754).</summary>
    public string? Industry { get; init; }

    /// <summary>行业名称.</summary>
    public string? IndustryName { get; init; }

    /// <summary>经营范围.</summary>
    public string? Scope { get; init; }

    /// <summary>登记状态.</summary>
    public required RegistryStatus Status { get; init; }

    /// <summary>核准日期.</summary>
    public DateOnly? ApprovedOn { get; init; }

    /// <summary>注销日期.</summary>
    public DateOnly? CancelledOn { get; init; }

    /// <summary>变更类型; null when the registrar does not say.</summary>
    public RegistryChange? Change { get; init; }

    /// <summary>曾用名.</summary>
    public string? FormerName { get; init; }

    /// <summary>原统一社会信用代码: stays in the history and is not counted as a second code.</summary>
    public string? FormerCode { get; init; }

    /// <summary>备注.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc/>
    public override Layout Layout => SubjectLayout.Layout;

    /// <summary>What tells this subject from all others.</summary>
    public SubjectKey Key => Code is not null ? new("uscc", Code)
        : RegistrationNumber is not null ? new("registration-number", RegistrationNumber)
        : new("organisation-code", OrganisationCode!);

    /// <summary>Name and registrar: a code bound to two of these, or one of these bound to two codes in force, is a 重码 (R-3.1.3.c).</summary>
    public (string Name, string Registrar) Holder => (Name, Registrar);

    /// <summary>Standing in the terms of the register of the platform.</summary>
    public SubjectStatus Standing => Status switch
    {
        RegistryStatus.Revoked => SubjectStatus.Revoked,
        RegistryStatus.Cancelled => SubjectStatus.Cancelled,
        _ => SubjectStatus.Active,
    };

    /// <inheritdoc/>
    public override void Visit<TVisitor>(ref TVisitor visitor)
    {
        visitor.Text(SubjectLayout.Name, Name);
        visitor.Text(SubjectLayout.Code, Code);
        visitor.Text(SubjectLayout.OrganisationCode, OrganisationCode);
        visitor.Text(SubjectLayout.RegistrationNumber, RegistrationNumber);
        visitor.Text(SubjectLayout.Kind, CommonWords.Kinds.TitleOf(Kind));
        visitor.Text(SubjectLayout.LegalForm, LegalForm);
        visitor.Text(SubjectLayout.Representative, Representative);
        visitor.Text(SubjectLayout.RepresentativeType, RepresentativeCertificate?.Title);
        visitor.Text(SubjectLayout.RepresentativeNumber, RepresentativeNumber);
        visitor.Text(SubjectLayout.Registrar, Registrar);
        visitor.Text(SubjectLayout.RegistrarCode, RegistrarCode);
        visitor.Text(SubjectLayout.Area, Area);
        visitor.Text(SubjectLayout.Town, Town);
        visitor.Text(SubjectLayout.Address, Address);
        visitor.Yuan(SubjectLayout.Capital, CapitalYuan);
        visitor.Day(SubjectLayout.EstablishedOn, EstablishedOn);
        visitor.Day(SubjectLayout.TermTo, TermTo);
        visitor.Text(SubjectLayout.Industry, Industry);
        visitor.Text(SubjectLayout.IndustryName, IndustryName);
        visitor.Text(SubjectLayout.Scope, Scope);
        visitor.Text(SubjectLayout.Status, SubjectWords.Statuses.TitleOf(Status));
        visitor.Day(SubjectLayout.ApprovedOn, ApprovedOn);
        visitor.Day(SubjectLayout.CancelledOn, CancelledOn);
        visitor.Text(SubjectLayout.Change, Change is { } change ? SubjectWords.Changes.TitleOf(change) : null);
        visitor.Text(SubjectLayout.FormerName, FormerName);
        visitor.Text(SubjectLayout.FormerCode, FormerCode);
        visitor.Text(SubjectLayout.Remark, Remark);
    }
}

/// <summary>The code lists of the registry.</summary>
internal static class SubjectWords
{
    /// <summary>登记状态; registrars of market supervision write the long forms.</summary>
    public static readonly WordList<RegistryStatus> Statuses = new(
        (RegistryStatus.Active, "存续", ["存续(在营、开业、在册)", "存续（在营、开业、在册）", "开业", "在营"]),
        (RegistryStatus.Dormant, "歇业", []),
        (RegistryStatus.MovedOut, "迁出", []),
        (RegistryStatus.Revoked, "吊销未注销", ["吊销", "吊销,未注销", "吊销，未注销"]),
        (RegistryStatus.Cancelled, "注销", ["已注销", "吊销,已注销", "吊销，已注销"]));

    /// <summary>变更类型.</summary>
    public static readonly WordList<RegistryChange> Changes = new(
        (RegistryChange.New, "新设", ["设立"]),
        (RegistryChange.Changed, "变更", []),
        (RegistryChange.Cancelled, "注销", []));
}
