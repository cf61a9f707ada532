using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>List entries: all that came into force, and the own department's drafts.</summary>
public sealed record OfficialEntryRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The list.</summary>
    public string List { get; init; } = "";

    /// <summary>领域.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Name.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Masked identifier of a natural person.</summary>
    public string? Mask { get; init; }

    /// <summary>Facts.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Standard.</summary>
    public string Standard { get; init; } = "";

    /// <summary>Recogniser.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Day of recognition.</summary>
    public DateOnly? RecognisedOn { get; init; }

    /// <summary>Last day to report.</summary>
    public DateOnly? ReportDue { get; init; }

    /// <summary>Day reported.</summary>
    public DateOnly? ReportedOn { get; init; }

    /// <summary>Reported late.</summary>
    public bool ReportedLate { get; init; }

    /// <summary>First day in force.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day in force.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>In force today, whatever clockwork has run.</summary>
    public bool InForce { get; init; }

    /// <summary>Day of exit.</summary>
    public DateOnly? ExitedOn { get; init; }

    /// <summary>Reason of exit.</summary>
    public string? ExitReason { get; init; }

    /// <summary>Announced everywhere.</summary>
    public DateOnly? ExitAnnouncedOn { get; init; }

    /// <summary>Policy pack it is decided under.</summary>
    public string PolicyPack { get; init; } = "";

    /// <summary>Grade of the conduct: Minor, Ordinary or Serious; null where the framework knows none.</summary>
    public string? Severity { get; init; }

    /// <summary>Term of the punishment in months.</summary>
    public int? PunishTerm { get; init; }

    /// <summary>May be repaired.</summary>
    public bool Repairable { get; init; }

    /// <summary>Ways of repair, as stated.</summary>
    public string? RepairModes { get; init; }

    /// <summary>Months from the recognition within which the subject may repair.</summary>
    public int? RepairTerm { get; init; }

    /// <summary>First day on which repair, and with it an early exit, can be applied for.</summary>
    public DateOnly? RepairFrom { get; init; }

    /// <summary>Last day for it.</summary>
    public DateOnly? RepairUntil { get; init; }

    /// <summary>Shown to the public today.</summary>
    public bool Published { get; init; }

    /// <summary>Shared with other departments today.</summary>
    public bool Shared { get; init; }

    /// <summary>To be acted upon today.</summary>
    public bool Usable { get; init; }
}

/// <summary>List entries: all that came into force, and the own department's drafts.</summary>
internal sealed class OfficialEntries(OfficialDbContext db, Caller caller, TimeProvider clock) : IEntitySet<OfficialEntryRow>, IScopedSet<OfficialEntryRow>
{
    public static string Name => "ListEntries";

    public static Surface Surface => Surface.Official;

    public static string Summary => "List entries: all that came into force, and the own department's drafts.";

    public static void Shape(ISetShape<OfficialEntryRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.List, each => each.State, each => each.SubjectId, each => each.SubjectName, each => each.SubjectCode, each => each.Domain, each => each.Recogniser, each => each.RecognisedOn, each => each.ReportedLate, each => each.ValidFrom, each => each.ValidTo, each => each.ExitedOn, each => each.Severity, each => each.Repairable, each => each.RepairFrom, each => each.RepairUntil)
        .Sort(each => each.Domain, each => each.SubjectName, each => each.ValidTo)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.Facts)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Navigate<OfficialDepartmentRow>("RecogniserDepartment", each => each.Recogniser, target => target.Key)
        .Navigate<MeasureTaskRow>("Tasks", each => each.Id, target => target.EntryId)
        .Navigate<ObjectionRow>("Objections", each => each.Id, target => target.EntryId)
        .Navigate<RepairRow>("Repairs", each => each.Id, target => target.EntryId)
        .Navigate<RectificationRow>("Rectifications", each => each.Id, target => target.EntryId)
        .Navigate<NoticeRow>("Notices", each => each.Id, target => target.AboutId)
        .Navigate<ChannelDutyRow>("ChannelDuties", each => each.Id, target => target.EntryId)
        .Follows("ListEntry")
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialEntryRow> Within(IQueryable<OfficialEntryRow> rows) =>
        rows.Where(row => caller.SeesAllDepartments || row.Recogniser == caller.Department || row.Shared);

    public IQueryable<OfficialEntryRow> Rows() =>
        db.Entries
            .Where(each => caller.SeesAllDepartments || each.Recogniser == caller.Department
                || ((each.State == EntryState.Active || each.State == EntryState.Verifying || each.State == EntryState.Exited)
                    && (each.SharingEndedOn == null || each.SharingEndedOn > clock.Today())))
            .Select(each => new OfficialEntryRow
            {
                Id = each.Id,
                List = each.List.ToString(),
                Domain = each.Domain,
                State = each.State.ToString(),
                SubjectId = each.SubjectId,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Mask = each.SubjectMask,
                Facts = each.Facts,
                Standard = each.Standard,
                Recogniser = each.Recogniser,
                RecognisedOn = each.RecognisedOn,
                ReportDue = each.ReportDue,
                ReportedOn = each.ReportedOn,
                ReportedLate = each.ReportedLate,
                ValidFrom = each.ValidFrom,
                ValidTo = each.ValidTo,
                InForce = (each.State == EntryState.Active || each.State == EntryState.Verifying) && each.ValidFrom <= clock.Today() && each.ValidTo >= clock.Today(),
                ExitedOn = each.ExitedOn,
                ExitReason = each.ExitReason == null ? null : each.ExitReason.ToString(),
                ExitAnnouncedOn = each.ExitAnnouncedOn,
                PolicyPack = each.PolicyPack,
                Severity = each.Severity == null ? null : each.Severity.ToString(),
                PunishTerm = each.PunishMonths,
                Repairable = each.Repairable,
                RepairModes = each.RepairModes,
                RepairTerm = each.RepairMonths,
                RepairFrom = each.RepairFrom,
                RepairUntil = each.RepairUntil,
                Published = (each.State == EntryState.Active || each.State == EntryState.Verifying) && each.ValidFrom <= clock.Today() && each.ValidTo >= clock.Today()
                    && each.Publishable && each.ChosenForPublication && each.ReviewedBy != null && (each.PublicationEndedOn == null || each.PublicationEndedOn > clock.Today()),
                Shared = (each.State == EntryState.Active || each.State == EntryState.Verifying || each.State == EntryState.Exited)
                    && (each.SharingEndedOn == null || each.SharingEndedOn > clock.Today()),
                Usable = each.State == EntryState.Active && each.ValidFrom <= clock.Today() && each.ValidTo >= clock.Today()
                    && (each.UseEndedOn == null || each.UseEndedOn > clock.Today()),
            });
}
