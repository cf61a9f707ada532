namespace Credit.Core.Modules;

/// <summary>A department as the register knows it; kept in step with the reference data at start.</summary>
internal sealed class DepartmentRow
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public string? Code { get; set; }

    public required string Kind { get; set; }

    public bool MayRecognise { get; set; }

    public bool LeadOffice { get; set; }

    public bool OutsideDistrict { get; set; }
}

/// <summary>An item of the catalogue of credit information as views know it; kept in step with the policy pack at start.</summary>
internal sealed class CatalogueItemRow
{
    public required string Key { get; init; }

    public required string Title { get; set; }

    /// <summary>Item of the national or provincial catalogue it is an instance of .</summary>
    public string UpstreamItem { get; set; } = "";

    /// <summary>Whether records of the item are in public sets (R-3.1.4.f).</summary>
    public bool Publish { get; set; }
}

/// <summary>A memorandum version as the register knows it; modules' files are the first versions.</summary>
internal sealed class MemorandumRow
{
    /// <summary>What stands for the module of a version approved at run time.</summary>
    public const string RunTime = "run-time";

    /// <summary>Code and version, for example <c>TAX-BLACK@1</c>.</summary>
    public required string Key { get; init; }

    public required string Code { get; init; }

    public int Version { get; init; }

    public required string Title { get; set; }

    public required string DocumentNumber { get; set; }

    public DateOnly? IssuedOn { get; set; }

    /// <summary>Who signed, as the source states it.</summary>
    public string Signers { get; set; } = "";

    /// <summary>The body in the lead, as printed.</summary>
    public string Lead { get; set; } = "";

    /// <summary>Whom it is aimed at, as printed.</summary>
    public string Targets { get; set; } = "";

    /// <summary>How often departments report back, as printed.</summary>
    public string? FeedbackCadence { get; set; }

    public DateOnly EffectiveFrom { get; set; }

    public DateOnly? EffectiveTo { get; set; }

    public required string List { get; set; }

    public string[] Domains { get; set; } = [];

    /// <summary>Key of the contributing module; <see cref="RunTime"/> for a version approved at run time.</summary>
    public required string Module { get; set; }
}

/// <summary>A measure of a memorandum version.</summary>
internal sealed class MeasureRow
{
    /// <summary>Memorandum key and measure ordinal.</summary>
    public required string Key { get; init; }

    public required string MemorandumKey { get; init; }

    public required string Ordinal { get; set; }

    public required string Wording { get; set; }

    public string[] Canonical { get; set; } = [];

    public required string Nature { get; set; }

    public required string Obligation { get; set; }

    /// <summary>Obligation as printed, where ours is weaker.</summary>
    public string? PrintedObligation { get; set; }

    /// <summary>Persons of a listed unit whom it reaches, as the memorandum says.</summary>
    public string[] Reaches { get; set; } = [];

    public string[] Departments { get; set; } = [];

    /// <summary>Laws and documents it rests on, as JSON.</summary>
    public required string LegalBases { get; set; }

    /// <summary>The same in one line.</summary>
    public string Basis { get; set; } = "";

    /// <summary>Whether the memorandum or the dictionary of measures names them.</summary>
    public string BasisFrom { get; set; } = "";

    public bool WatchApplicable { get; set; }

    public int WithinWorkingDays { get; set; }

    public required string Evidence { get; set; }

    /// <summary>Shown, never dispatched.</summary>
    public bool Draft { get; set; }
}
