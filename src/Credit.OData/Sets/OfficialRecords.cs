using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Records;
using Credit.Core.Store;
using Credit.Domain.Policy;

namespace Credit.OData.Sets;

/// <summary>Credit records of every department, by the sharing class of their item.</summary>
public sealed record CreditRecordRow
{
    /// <summary>Identity; what an entry cites.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>What it is about.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Item it is collected under.</summary>
    public string CatalogueItem { get; init; } = "";

    /// <summary>Department or association it comes from.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Speaks against the subject.</summary>
    public bool Negative { get; init; }

    /// <summary>Number of its document.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>What happened.</summary>
    public string Text { get; init; } = "";

    /// <summary>Sanction of an association.</summary>
    public string? Sanction { get; init; }

    /// <summary>形成日期.</summary>
    public DateOnly FormedOn { get; init; }

    /// <summary>Day it reached the platform.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Last day to report it.</summary>
    public DateOnly Due { get; init; }

    /// <summary>Reached the platform after that day.</summary>
    public bool Late { get; init; }

    /// <summary>Last day shown to the public.</summary>
    public DateOnly? PublicUntil { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Revision, counted from 1.</summary>
    public int Revision { get; init; }

    /// <summary>How it came here: over the API, in a file, or formed by the platform.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Submission or file it came with, or what the platform formed for its provider that day.</summary>
    public Guid BatchId { get; init; }
}

/// <summary>Credit records of every department, by the sharing class of their item.</summary>
internal sealed class OfficialRecords(OfficialDbContext db, Caller caller, PolicyPack pack) : IEntitySet<CreditRecordRow>
{
    public static string Name => "CreditRecords";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit records of every department, by the sharing class of their item.";

    public static void Shape(ISetShape<CreditRecordRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.CatalogueItem, each => each.Provider, each => each.Negative, each => each.DocumentNumber, each => each.FormedOn, each => each.ReceivedOn, each => each.Late, each => each.PublicUntil, each => each.Revision, each => each.BatchId)
        .Sort(each => each.FormedOn, each => each.ReceivedOn)
        .Search(each => each.DocumentNumber)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Navigate<IntakeBatchRow>("Batch", each => each.BatchId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<CreditRecordRow> Rows() =>
        db.CreditRecords.ReadableBy(caller, pack)
            .Select(each => new CreditRecordRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                Kind = each.Kind.ToString(),
                CatalogueItem = each.CatalogueItem,
                Provider = each.Provider,
                Negative = each.Negative,
                DocumentNumber = each.DocumentNumber,
                Text = each.Text,
                Sanction = each.Sanction == null ? null : each.Sanction.ToString(),
                FormedOn = each.FormedOn,
                ReceivedOn = each.ReceivedOn,
                Due = each.Due,
                Late = each.Late,
                PublicUntil = each.PublicUntil,
                State = each.State.ToString(),
                Revision = each.Revision,
                Origin = each.Origin.ToString(),
                BatchId = each.BatchId,
            });
}
