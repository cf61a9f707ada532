using Credit.Domain.Policy;

namespace Credit.Domain.Subjects;

/// <summary>Where a subject stands in the registry.</summary>
public enum SubjectStatus
{
    /// <summary>存续.</summary>
    Active,

    /// <summary>吊销.</summary>
    Revoked,

    /// <summary>注销.</summary>
    Cancelled,
}

/// <summary>What the unified code of a subject is worth (R-3.1.3.b, R-3.1.3.c).</summary>
public enum CodeStanding
{
    /// <summary>No code: a natural person, or a subject not yet converted.</summary>
    None,

    /// <summary>Valid and held by this subject alone.</summary>
    Valid,

    /// <summary>Fails its check character, and the registrar confirmed it as a known exception.</summary>
    Confirmed,

    /// <summary>错码: not valid, and not confirmed.</summary>
    Wrong,

    /// <summary>重码: belongs to another subject.</summary>
    Shared,

    /// <summary>重码: valid, but the same name at the same registrar holds another code in force.</summary>
    Second,
}

/// <summary>A credit subject (信用主体). It is found by identifier only, never by name (I18).</summary>
public sealed class Subject : Aggregate
{
    private readonly List<SubjectIdentifier> _identifiers = [];

    private Subject()
    {
    }

    /// <summary>Kind of subject.</summary>
    public SubjectKind Kind { get; private set; }

    /// <summary>Name as registered.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Unified social credit code in force; null for natural persons and for subjects not yet converted.</summary>
    public string? Code { get; private set; }

    /// <summary>Masked identifier of a natural person; null for others.</summary>
    public string? Mask { get; private set; }

    /// <summary>Legal entity identifier (ISO 17442); optional.</summary>
    public string? Lei { get; private set; }

    /// <summary>法定代表人(负责人), name only.</summary>
    public string? LegalRepresentative { get; private set; }

    /// <summary>Registration authority, by name.</summary>
    public string? Registrar { get; private set; }

    /// <summary>Six-digit area code.</summary>
    public string? Area { get; private set; }

    /// <summary>Town or street.</summary>
    public string? Town { get; private set; }

    /// <summary>Industry code (GB/T 4754).</summary>
    public string? Industry { get; private set; }

    /// <summary>Day of establishment.</summary>
    public DateOnly? EstablishedOn { get; private set; }

    /// <summary>Standing in the registry.</summary>
    public SubjectStatus Status { get; private set; }

    /// <summary>What the code is worth.</summary>
    public CodeStanding CodeStanding { get; private set; }

    /// <summary>The code as the registrar reported it where it cannot be used (R-3.1.3.c); null when it can.</summary>
    public string? ClaimedCode { get; private set; }

    /// <summary>Names held before, separated by line ends, oldest first; null when none.</summary>
    public string? FormerNames { get; private set; }

    /// <summary>All codes ever held, the one in force included (R-3.1.3.d).</summary>
    public IReadOnlyList<SubjectIdentifier> Identifiers => _identifiers;

    internal static Subject Register(SubjectKind kind, string name, SubjectParticulars particulars, Clause clause, params SubjectIdentifier[] identifiers)
    {
        var subject = new Subject
        {
            Id = particulars.Id ?? Guid.CreateVersion7(),
            Kind = kind,
            Name = name,
            Lei = particulars.Lei,
            LegalRepresentative = particulars.LegalRepresentative,
            Registrar = particulars.Registrar,
            Area = particulars.Area,
            Town = particulars.Town,
            Industry = particulars.Industry,
            EstablishedOn = particulars.EstablishedOn,
            Status = particulars.Status,
            Code = identifiers.FirstOrDefault(identifier => identifier.Scheme == SubjectIdentifier.Uscc && identifier.Until is null)?.Lookup,
            Mask = kind == SubjectKind.NaturalPerson ? identifiers.FirstOrDefault()?.Mask : null,
            ClaimedCode = particulars.ClaimedCode,
        };
        subject.CodeStanding = particulars.CodeStanding ?? (subject.Code is null ? CodeStanding.None : CodeStanding.Valid);
        subject._identifiers.AddRange(identifiers);
        subject.Announce(new SubjectRegistered(subject.Id, kind.ToString(), name, subject.Code), clause);
        return subject;
    }

    /// <summary>Replaces the unified code; the old one stays in the history (R-3.1.3.d).</summary>
    internal Outcome<Subject> ChangeCode(string code, DateOnly on, bool confirmedException)
    {
        if (Code == code)
        {
            return new Refusal("code-unchanged", "代码与现行代码相同。", "The code is the one already in force.", Clause.R("3.1.3.d"));
        }

        var old = Code;
        foreach (var identifier in _identifiers.Where(identifier => identifier.Scheme == SubjectIdentifier.Uscc && identifier.Until is null))
        {
            identifier.End(on.AddDays(-1));
        }

        _identifiers.Add(SubjectIdentifier.Plain(SubjectIdentifier.Uscc, code, on));
        Code = code;
        ClaimedCode = null;
        CodeStanding = confirmedException ? CodeStanding.Confirmed : CodeStanding.Valid;
        Announce(new SubjectCodeChanged(Id, old, code), Clause.R("3.1.3.d"));
        return this;
    }

    /// <summary>The registrar confirms a code that fails its check character as a real one (architecture §13); it identifies the subject from now on.</summary>
    internal Outcome<Subject> ConfirmCode(DateOnly on)
    {
        if (CodeStanding != CodeStanding.Wrong || ClaimedCode is null || UnifiedCreditCode.Check(ClaimedCode) != CodeFault.CheckDigit)
        {
            return new Refusal(
                "code-not-confirmable",
                "只有校验位不符的存量代码可以确认。",
                "Only a code whose check character alone fails can be confirmed.",
                Clause.R("3.1.3.c"));
        }

        return ChangeCode(ClaimedCode, on, confirmedException: true);
    }

    /// <summary>Takes over what the registrar reports now; a former name stays in the history (R-3.1.3.d).</summary>
    /// <returns>True when anything changed.</returns>
    internal bool Update(string name, SubjectParticulars particulars)
    {
        var before = (Name, Lei, LegalRepresentative, Registrar, Area, Town, Industry, EstablishedOn, Status);
        var former = Name == name ? null : Name;
        Name = name;
        Lei = particulars.Lei ?? Lei;
        LegalRepresentative = particulars.LegalRepresentative ?? LegalRepresentative;
        Registrar = particulars.Registrar ?? Registrar;
        Area = particulars.Area ?? Area;
        Town = particulars.Town ?? Town;
        Industry = particulars.Industry ?? Industry;
        EstablishedOn = particulars.EstablishedOn ?? EstablishedOn;
        Status = particulars.Status;
        if (former is not null)
        {
            FormerNames = FormerNames is null ? former : $"{FormerNames}\n{former}";
        }

        if (before == (Name, Lei, LegalRepresentative, Registrar, Area, Town, Industry, EstablishedOn, Status))
        {
            return false;
        }

        Announce(new SubjectChanged(Id, name, former), Clause.R("3.1.3.d"));
        if (before.Status != SubjectStatus.Cancelled && Status == SubjectStatus.Cancelled)
        {
            Announce(new SubjectCancelled(Id, Code), Clause.R("3.1.3.d"));
        }

        return true;
    }

    /// <summary>Strikes the subject off the registry; entries and records stay.</summary>
    internal Outcome<Subject> Cancel()
    {
        if (Status == SubjectStatus.Cancelled)
        {
            return new Refusal("subject-cancelled", "主体已注销。", "The subject is already cancelled.", Clause.R("3.1.3.d"));
        }

        Status = SubjectStatus.Cancelled;
        Announce(new SubjectCancelled(Id, Code), Clause.R("3.1.3.d"));
        return this;
    }
}

/// <summary>Optional particulars of a subject.</summary>
public sealed record SubjectParticulars
{
    /// <summary>Identity, where it is given from outside; null makes a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>Legal entity identifier.</summary>
    public string? Lei { get; init; }

    /// <summary>Name of the legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Registration authority.</summary>
    public string? Registrar { get; init; }

    /// <summary>Area code.</summary>
    public string? Area { get; init; }

    /// <summary>Town or street.</summary>
    public string? Town { get; init; }

    /// <summary>Industry code.</summary>
    public string? Industry { get; init; }

    /// <summary>Day of establishment.</summary>
    public DateOnly? EstablishedOn { get; init; }

    /// <summary>Standing.</summary>
    public SubjectStatus Status { get; init; }

    /// <summary>A code that cannot be used.</summary>
    public string? ClaimedCode { get; init; }

    /// <summary>What the code is worth; null where it follows from the identifiers.</summary>
    public CodeStanding? CodeStanding { get; init; }
}

/// <summary>One code of a subject. One code belongs to one subject for ever (I18).</summary>
public sealed class SubjectIdentifier
{
    /// <summary>Scheme of the unified social credit code.</summary>
    public const string Uscc = "uscc";

    private SubjectIdentifier()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Kind of code: <c>uscc</c>, <c>organisation-code</c>, <c>registration-number</c>, <c>lei</c>, or a personal identifier type.</summary>
    public string Scheme { get; private init; } = "";

    /// <summary>What it is found by: the code itself, or for natural persons a keyed hash that says nothing without the key.</summary>
    public string Lookup { get; private init; } = "";

    /// <summary>Encrypted identifier of a natural person; null for codes of organisations.</summary>
    public byte[]? Cipher { get; private init; }

    /// <summary>What people may see of a natural person's identifier.</summary>
    public string? Mask { get; private init; }

    /// <summary>First day held.</summary>
    public DateOnly Since { get; private init; }

    /// <summary>Last day held; null while in force.</summary>
    public DateOnly? Until { get; private set; }

    internal static SubjectIdentifier Plain(string scheme, string code, DateOnly since) =>
        new() { Scheme = scheme, Lookup = code, Since = since };

    internal static SubjectIdentifier Former(string scheme, string code, DateOnly until) =>
        new() { Scheme = scheme, Lookup = code, Since = until, Until = until };

    internal static SubjectIdentifier Sealed(string scheme, string lookup, byte[] cipher, string mask, DateOnly since) =>
        new() { Scheme = scheme, Lookup = lookup, Cipher = cipher, Mask = mask, Since = since };

    internal void End(DateOnly last) => Until = last;
}
