using Credit.Core.Http;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Core.Records;

/// <summary>Who may read which credit records, by the sharing class of their item .</summary>
internal static class RecordAccess
{
    /// <summary>The records that an official caller may read: shared items of everybody, the other items of the own department only.</summary>
    public static IQueryable<CreditRecord> ReadableBy(this IQueryable<CreditRecord> records, Caller caller, PolicyPack pack)
    {
        if (caller.SeesAllDepartments)
        {
            return records;
        }

        string[] shared = [.. pack.Catalogue.Where(item => item.IsShared).Select(item => item.Key)];
        return records.Where(record => shared.Contains(record.CatalogueItem) || record.Provider == caller.Department);
    }
}

/// <summary>A credit record as officials see it.</summary>
/// <param name="Id">Identity; what an entry cites.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="CatalogueItem">Item it is collected under.</param>
/// <param name="Provider">Department or association it comes from.</param>
/// <param name="Negative">Speaks against the subject.</param>
/// <param name="DocumentNumber">Number of its document; null where it has none.</param>
/// <param name="Text">What happened.</param>
/// <param name="FormedOn">形成日期.</param>
/// <param name="ReceivedOn">Day it reached the platform.</param>
/// <param name="Due">Last day to report it.</param>
/// <param name="Late">Reached the platform after that day.</param>
/// <param name="Sanction">Sanction of an association.</param>
/// <param name="PublicUntil">Last day shown to the public; null where it is not published.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Revision">Revision, counted from 1.</param>
/// <param name="ReplacesId">The revision before.</param>
/// <param name="Origin">How it came here.</param>
/// <param name="BatchId">Submission or file it came with, or what the platform formed for its provider that day.</param>
/// <param name="SourceSystem">System it was made in.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record CreditRecordView(
    Guid Id, Guid SubjectId, RecordKind Kind, string CatalogueItem, string Provider, bool Negative, string? DocumentNumber, string Text, DateOnly FormedOn,
    DateOnly ReceivedOn, DateOnly Due, bool Late, SanctionKind? Sanction, DateOnly? PublicUntil, RecordState State, int Revision, Guid? ReplacesId, RecordOrigin Origin, Guid BatchId,
    string SourceSystem, int Version)
{
    public static CreditRecordView Of(CreditRecord record) => new(
        record.Id, record.SubjectId, record.Kind, record.CatalogueItem, record.Provider, record.Negative, record.DocumentNumber, record.Text, record.FormedOn,
        record.ReceivedOn, record.Due, record.Late, record.Sanction, record.PublicUntil, record.State, record.Revision, record.ReplacesId, record.Origin, record.BatchId,
        record.SourceSystem, record.Version);
}
