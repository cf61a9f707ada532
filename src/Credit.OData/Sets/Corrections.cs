using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Corrections of wrong entries, on the channels that had shown them; each ends itself after a year.</summary>
public sealed record CorrectionRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry that was wrong.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The list it stood on.</summary>
    public string List { get; init; } = "";

    /// <summary>领域.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Key of the recogniser.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Its name.</summary>
    public string RecogniserName { get; init; } = "";

    /// <summary>Channel that carries the correction.</summary>
    public string Channel { get; init; } = "";

    /// <summary>What was wrong and what is true.</summary>
    public string Statement { get; init; } = "";

    /// <summary>Day the channel carried it.</summary>
    public DateOnly CorrectedOn { get; init; }
}

/// <summary>Corrections of wrong entries, on the channels that had shown them; each ends itself after a year.</summary>
internal sealed class Corrections(PublicDbContext db) : IEntitySet<CorrectionRow>
{
    public static string Name => "Corrections";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Corrections of wrong entries, on the channels that had shown them; each ends itself after a year.";

    public static void Shape(ISetShape<CorrectionRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.List, each => each.Domain, each => each.SubjectCode, each => each.Recogniser, each => each.Channel, each => each.CorrectedOn)
        .Sort(each => each.CorrectedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<PublicDepartmentRow>("RecogniserDepartment", each => each.Recogniser, target => target.Key)
        .Follows("Reparation", "SELECT c.id, c.reparation_id FROM core.reparation_channel c WHERE c.reparation_id = ANY ($1)")
        .Follows("ListEntry", "SELECT c.id, r.entry_id FROM core.reparation r JOIN core.reparation_channel c ON c.reparation_id = r.id WHERE r.entry_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<CorrectionRow> Rows() =>
        db.Corrections.Select(each => new CorrectionRow
        {
            Id = each.Id,
            EntryId = each.EntryId,
            List = each.List,
            Domain = each.Domain,
            SubjectName = each.SubjectName,
            SubjectCode = each.SubjectCode,
            Recogniser = each.Recogniser,
            RecogniserName = each.RecogniserName,
            Channel = each.Channel,
            Statement = each.Statement,
            CorrectedOn = each.CorrectedOn,
        });
}
