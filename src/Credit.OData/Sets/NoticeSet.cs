using Credit.Abstractions;
using Credit.Core.DueProcess;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Notices the own department wrote, with their delivery.</summary>
public sealed record NoticeRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Whom it is for.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>What it tells.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Entry, objection, repair or rectification it is about.</summary>
    public Guid AboutId { get; init; }

    /// <summary>Department that speaks.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Day it was written.</summary>
    public DateOnly IssuedOn { get; init; }

    /// <summary>First day it states.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day it states.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of delivery.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Way of delivery.</summary>
    public string? DeliveredBy { get; init; }

    /// <summary>Day of the subject's answer.</summary>
    public DateOnly? RepliedOn { get; init; }
}

/// <summary>Notices the own department wrote, with their delivery.</summary>
internal sealed class NoticeSet(OfficialDbContext db, Caller caller) : IEntitySet<NoticeRow>
{
    public static string Name => "Notices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Notices the own department wrote, with their delivery.";

    public static void Shape(ISetShape<NoticeRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.AboutId, each => each.Issuer, each => each.IssuedOn, each => each.ValidFrom, each => each.ValidTo, each => each.DeliveredOn, each => each.RepliedOn)
        .Sort(each => each.IssuedOn)
        .Search(each => each.Title)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<NoticeRow> Rows() =>
        db.Notices.SeenBy(caller).Select(each => new NoticeRow
        {
            Id = each.Id,
            SubjectId = each.SubjectId,
            Kind = each.Kind.ToString(),
            AboutId = each.AboutId,
            Issuer = each.Issuer,
            Title = each.Title,
            IssuedOn = each.IssuedOn,
            ValidFrom = each.ValidFrom,
            ValidTo = each.ValidTo,
            State = each.State.ToString(),
            DeliveredOn = each.DeliveredOn,
            DeliveredBy = each.DeliveredBy == null ? null : each.DeliveredBy.Value.ToString(),
            RepliedOn = each.RepliedOn,
        });
}
