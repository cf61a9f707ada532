using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Storage;

namespace Credit.Core.Listing;

/// <summary>How a use case gets hold of an entry: locked, of the caller's own department, in the version the caller has seen.</summary>
internal static class EntryAccess
{
    /// <summary>Runs a move on an entry. Saves and commits when it is accepted; rolls everything back when it is not.</summary>
    /// <param name="db">The register.</param>
    /// <param name="id">The entry.</param>
    /// <param name="caller">Who asks: must belong to the recogniser, or be the lead office.</param>
    /// <param name="seen">Version seen.</param>
    /// <param name="move">The move and its consequences, in the open transaction.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<IResult> MoveEntryAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        if (await db.LockEntryAsync(id, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using IDbContextTransaction transaction = locked.Transaction;
        var entry = locked.Entry;
        if (entry.Recogniser != caller.Department && !caller.Is(Roles.LeadOffice))
        {
            return TypedResults.NotFound();
        }

        if (entry.Recogniser != caller.Department)
        {
            return NotYours.ToProblem();
        }

        if (seen.Against(entry.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(entry);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(EntryView.Of(entry)).WithVersion(entry.Version);
    }

    /// <summary>Whose entry it is decides who may move it (I83).</summary>
    public static readonly Refusal NotYours = new(
        "not-your-department", "只有认定部门可以处理本条目。", "Only the recognising department moves this entry.", Clause.R("3.2.2.a"));
}

/// <summary>An entry as departments see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="List">The list.</param>
/// <param name="Domain">领域.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="SubjectName">Its name.</param>
/// <param name="SubjectCode">Unified code; null for natural persons.</param>
/// <param name="SubjectMask">Masked identifier of a natural person.</param>
/// <param name="Recogniser">Key of the recognising department.</param>
/// <param name="RecognisedOn">Day of recognition.</param>
/// <param name="ReportDue">Last day to report.</param>
/// <param name="ReportedOn">Day reported.</param>
/// <param name="ReportedLate">Reported after the due day.</param>
/// <param name="ValidFrom">First day in force.</param>
/// <param name="ValidTo">Last day in force.</param>
/// <param name="ExitedOn">Day of exit.</param>
/// <param name="ExitReason">Reason of exit.</param>
/// <param name="ExitAnnounced">The exit was announced on every original channel.</param>
/// <param name="PredecessorId">Entry it follows.</param>
/// <param name="Channels">Where it is, or was, published.</param>
/// <param name="Version">Version, as in the ETag.</param>
/// <param name="PolicyPack">Policy pack it is decided under.</param>
/// <param name="Severity">Grade of the conduct, where the framework knows grades.</param>
/// <param name="PunishTerm">Term of the punishment in months (R-3.5.4.a).</param>
/// <param name="Repairable">May be repaired.</param>
/// <param name="RepairModes">Ways of repair, as the recogniser stated them.</param>
/// <param name="RepairTerm">Months from the recognition within which the subject may repair.</param>
/// <param name="RepairFrom">First day on which repair can be applied for.</param>
/// <param name="RepairUntil">Last day for it.</param>
/// <param name="ExitFrom">Earliest day on which the subject can leave the list by repair.</param>
/// <param name="PublicationEndedOn">First day no longer published; null while nothing ended it.</param>
/// <param name="SharingEndedOn">First day no longer shared with other departments; null while nothing ended it.</param>
/// <param name="UseEndedOn">First day on which nobody acts on it any more; null while nothing ended it.</param>
internal sealed record EntryView(
    Guid Id, ListKind List, string Domain, EntryState State, Guid SubjectId, string SubjectName, string? SubjectCode, string? SubjectMask,
    string Recogniser, DateOnly? RecognisedOn, DateOnly? ReportDue, DateOnly? ReportedOn, bool ReportedLate, DateOnly? ValidFrom, DateOnly ValidTo,
    DateOnly? ExitedOn, ExitReason? ExitReason, bool ExitAnnounced, Guid? PredecessorId, IReadOnlyList<PublicationChannel> Channels, int Version, string PolicyPack,
    Severity? Severity, int? PunishTerm, bool Repairable, IReadOnlyList<string> RepairModes, int? RepairTerm, DateOnly? RepairFrom, DateOnly? RepairUntil,
    DateOnly? ExitFrom, DateOnly? PublicationEndedOn, DateOnly? SharingEndedOn, DateOnly? UseEndedOn)
{
    public static EntryView Of(ListEntry entry) => new(
        entry.Id, entry.List, entry.Domain, entry.State, entry.SubjectId, entry.SubjectName, entry.SubjectCode, entry.SubjectMask,
        entry.Recogniser, entry.RecognisedOn, entry.ReportDue, entry.ReportedOn, entry.ReportedLate, entry.ValidFrom, entry.ValidTo,
        entry.ExitedOn, entry.ExitReason, entry.ExitAnnouncedOn is not null, entry.PredecessorId,
        [.. entry.Publications.Select(publication => publication.Channel).Order()], entry.Version, entry.PolicyPack,
        entry.Severity, entry.PunishMonths, entry.Repairable, ModesOf(entry), entry.RepairMonths, entry.RepairFrom, entry.RepairUntil,
        entry.List == ListKind.Red ? null : entry.RepairFrom, entry.PublicationEndedOn, entry.SharingEndedOn, entry.UseEndedOn);

    // The recogniser writes the ways as one text, parted by semicolons.
    private static string[] ModesOf(ListEntry entry) =>
        entry.RepairModes?.Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
