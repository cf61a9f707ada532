using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Exit notices on the original channels; each ends itself after a year.</summary>
public sealed record ExitAnnouncementRow
{
    /// <summary>Identity of the notice.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry that exited.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The list it left.</summary>
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

    /// <summary>Reason of the exit.</summary>
    public string ExitReason { get; init; } = "";

    /// <summary>First day no longer in force.</summary>
    public DateOnly ExitedOn { get; init; }

    /// <summary>Channel that carries the notice.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Day of the notice.</summary>
    public DateOnly AnnouncedOn { get; init; }
}

/// <summary>Exit notices on the original channels; each ends itself after a year.</summary>
internal sealed class ExitAnnouncements(PublicDbContext db) : IEntitySet<ExitAnnouncementRow>
{
    public static string Name => "ExitAnnouncements";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Exit notices on the original channels; each ends itself after a year.";

    public static void Shape(ISetShape<ExitAnnouncementRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.List, each => each.Domain, each => each.SubjectCode, each => each.Recogniser, each => each.ExitReason, each => each.ExitedOn, each => each.Channel, each => each.AnnouncedOn)
        .Sort(each => each.ExitedOn, each => each.AnnouncedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<PublicDepartmentRow>("RecogniserDepartment", each => each.Recogniser, target => target.Key)
        .Follows("ListEntry", "SELECT p.id, p.entry_id FROM core.publication p WHERE p.entry_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<ExitAnnouncementRow> Rows() =>
        db.Exits.Select(each => new ExitAnnouncementRow
        {
            Id = each.Id,
            EntryId = each.EntryId,
            List = each.List,
            Domain = each.Domain,
            SubjectName = each.SubjectName,
            SubjectCode = each.SubjectCode,
            Recogniser = each.Recogniser,
            RecogniserName = each.RecogniserName,
            ExitReason = each.ExitReason,
            ExitedOn = each.ExitedOn,
            Channel = each.Channel,
            AnnouncedOn = each.ExitAnnouncedOn,
        });
}
