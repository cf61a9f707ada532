using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;

namespace Credit.OData.Sets;

/// <summary>Honest exemplars that count, and nominations of the own department.</summary>
public sealed record OfficialExemplarRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Its name.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Where it was found.</summary>
    public string Source { get; init; } = "";

    /// <summary>Key of the nominating department.</summary>
    public string Nominator { get; init; } = "";

    /// <summary>What it is an example of.</summary>
    public string Deeds { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the nomination.</summary>
    public DateOnly NominatedOn { get; init; }

    /// <summary>Last day to show it in public.</summary>
    public DateOnly? PublishDue { get; init; }

    /// <summary>Day it was shown.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>Shown after its last day.</summary>
    public bool PublishedLate { get; init; }

    /// <summary>Day it was revoked.</summary>
    public DateOnly? RevokedOn { get; init; }
}

/// <summary>Honest exemplars that count, and nominations of the own department.</summary>
internal sealed class OfficialExemplars(OfficialDbContext db, Caller caller) : IEntitySet<OfficialExemplarRow>
{
    public static string Name => "Exemplars";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Honest exemplars that count, and nominations of the own department.";

    public static void Shape(ISetShape<OfficialExemplarRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.SubjectCode, each => each.Nominator, each => each.NominatedOn, each => each.PublishDue, each => each.PublishedOn, each => each.PublishedLate)
        .Sort(each => each.NominatedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialExemplarRow> Rows() =>
        db.Exemplars
            .Where(each => caller.SeesAllDepartments || each.Nominator == caller.Department || each.State == ExemplarState.Approved || each.State == ExemplarState.Published)
            .Select(each => new OfficialExemplarRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Source = each.Source.ToString(),
                Nominator = each.Nominator,
                Deeds = each.Deeds,
                State = each.State.ToString(),
                NominatedOn = each.NominatedOn,
                PublishDue = each.PublishDue,
                PublishedOn = each.PublishedOn,
                PublishedLate = each.PublishedLate,
                RevokedOn = each.RevokedOn,
            });
}
