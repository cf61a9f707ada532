using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.OData.Sets;

/// <summary>Channels on which black entries of enterprises are to be published, and where they stand (R-3.4.3.a).</summary>
public sealed record ChannelDutyRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Unified code under which it is published.</summary>
    public string SubjectCode { get; init; } = "";

    /// <summary>Recognising department.</summary>
    public string Department { get; init; } = "";

    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Owed, Confirmed or Lapsed.</summary>
    public string State { get; init; } = "";

    /// <summary>Day the duty began.</summary>
    public DateOnly OwedFrom { get; init; }

    /// <summary>Last day to confirm.</summary>
    public DateOnly Due { get; init; }

    /// <summary>First day shown.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>Address of the page.</summary>
    public string? Page { get; init; }

    /// <summary>Day of the confirmation.</summary>
    public DateOnly? ConfirmedOn { get; init; }

    /// <summary>Still owed, and its last day is over.</summary>
    public bool Overdue { get; init; }
}

/// <summary>Channels on which black entries of enterprises are to be published: of the own department, all for the lead office.</summary>
internal sealed class ChannelDutySet(OfficialDbContext db, Caller caller, TimeProvider clock) : IEntitySet<ChannelDutyRow>
{
    public static string Name => "ChannelDuties";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Compulsory channels of black entries of enterprises: confirmed, owed, overdue.";

    public static void Shape(ISetShape<ChannelDutyRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.SubjectCode, each => each.Department, each => each.Channel, each => each.State, each => each.Due, each => each.Overdue)
        .Sort(each => each.Due, each => each.Department)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<ChannelDutyRow> Rows()
    {
        var today = clock.Today();
        return db.ChannelDuties
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new ChannelDutyRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                SubjectCode = each.SubjectCode,
                Department = each.Department,
                Channel = each.Channel.ToString(),
                State = each.State.ToString(),
                OwedFrom = each.OwedFrom,
                Due = each.Due,
                PublishedOn = each.PublishedOn,
                Page = each.Address,
                ConfirmedOn = each.ConfirmedOn,
                Overdue = each.State == ChannelDutyState.Owed && each.Due < today,
            });
    }
}
