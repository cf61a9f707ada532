using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Administrative penalties as received.</summary>
public sealed record OfficialPenaltyRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>行政相对人类别.</summary>
    public string SubjectCategory { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Name of the legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Type of violation.</summary>
    public string Violation { get; init; } = "";

    /// <summary>Facts, personal data masked.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Legal basis.</summary>
    public string LegalBasis { get; init; } = "";

    /// <summary>Kinds of penalty.</summary>
    public string Categories { get; init; } = "";

    /// <summary>Content.</summary>
    public string Content { get; init; } = "";

    /// <summary>Fine, yuan.</summary>
    public decimal? FineYuan { get; init; }

    /// <summary>Confiscated, yuan.</summary>
    public decimal? ConfiscatedYuan { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>End of validity.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>Last day shown.</summary>
    public DateOnly PublicUntil { get; init; }

    /// <summary>Grade of the conduct: Minor, Ordinary or Serious; null where the framework knows none.</summary>
    public string? Severity { get; init; }

    /// <summary>Deciding organ.</summary>
    public string Organ { get; init; } = "";

    /// <summary>Its unified code.</summary>
    public string OrganCode { get; init; } = "";

    /// <summary>Department that sent it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Batch.</summary>
    public Guid BatchId { get; init; }

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Last day in time.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Late.</summary>
    public bool Late { get; init; }
}

/// <summary>Administrative penalties as received.</summary>
internal sealed class OfficialPenalties(OfficialDbContext db) : IEntitySet<OfficialPenaltyRow>
{
    public static string Name => "Penalties";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Administrative penalties as received.";

    public static void Shape(ISetShape<OfficialPenaltyRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectCategory, each => each.SubjectCode, each => each.DocumentNumber, each => each.FineYuan, each => each.DecidedOn, each => each.OrganCode, each => each.Department, each => each.BatchId, each => each.ReceivedOn, each => each.Late)
        .Sort(each => each.DecidedOn, each => each.ReceivedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.DocumentNumber, each => each.Organ)
        .Navigate<IntakeBatchRow>("Batch", each => each.BatchId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialPenaltyRow> Rows() =>
        db.Penalties.Where(each => each.Current).Select(each => new OfficialPenaltyRow
        {
            Id = each.Id,
            SubjectName = each.SubjectName,
            SubjectCategory = each.SubjectCategory,
            SubjectCode = each.SubjectCode,
            LegalRepresentative = each.LegalRepresentative,
            DocumentNumber = each.DocumentNumber,
            Violation = each.Violation,
            Facts = each.Facts,
            LegalBasis = each.LegalBasis,
            Categories = each.Categories,
            Content = each.Content,
            FineYuan = each.FineYuan,
            ConfiscatedYuan = each.ConfiscatedYuan,
            DecidedOn = each.DecidedOn,
            ValidTo = each.ValidTo,
            PublicUntil = each.PublicUntil,
            Severity = each.Severity == null ? null : each.Severity.ToString(),
            Organ = each.Organ,
            OrganCode = each.OrganCode,
            Department = each.Department,
            BatchId = each.BatchId,
            ReceivedOn = each.ReceivedOn,
            Due = each.Due,
            Late = each.Late,
        });
}
