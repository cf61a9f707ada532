using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>Who an extract is for: it decides what of an item is in it.</summary>
/// <param name="Items">Items that are read whatever they come from.</param>
/// <param name="OwnDepartment">Department whose own records are in it whatever their item; null outside of government.</param>
/// <param name="Outside">For somebody outside of government: only what the public may see of lists, licences and penalties.</param>
internal sealed record ExtractScope(IReadOnlyCollection<string> Items, string? OwnDepartment, bool Outside);

/// <summary>What the register holds about a subject on a day, by item of the catalogue: for reports and partners.</summary>
internal sealed class RegisterExtract(CreditDbContext db, PolicyPack pack, DepartmentDirectory departments)
{
    /// <summary>Records of one item that an extract holds.</summary>
    public const int Most = 500;

    /// <summary>One section for each item with anything in it, in the order of the catalogue.</summary>
    public async Task<IReadOnlyList<ExtractSection>> ReadAsync(Guid subjectId, ExtractScope scope, DateOnly today, CancellationToken cancel)
    {
        var lines = new List<(string Item, ExtractLine Line)>();
        lines.AddRange(await RecordsAsync(subjectId, scope, cancel));
        if (scope.Items.Contains("list-entries"))
        {
            lines.AddRange(await EntriesAsync(subjectId, scope, today, cancel));
        }

        if (scope.Items.Contains("penalties"))
        {
            lines.AddRange(await DecisionsAsync(db.Penalties, "penalties", subjectId, scope, today, cancel));
        }

        if (scope.Items.Contains("licences"))
        {
            lines.AddRange(await DecisionsAsync(db.Licences, "licences", subjectId, scope, today, cancel));
        }

        var byItem = lines.ToLookup(line => line.Item, line => line.Line);
        return [.. pack.Catalogue.Where(item => byItem.Contains(item.Key)).Select(item => new ExtractSection(item.Key, item.Title, [.. byItem[item.Key]]))];
    }

    private async Task<IEnumerable<(string Item, ExtractLine Line)>> RecordsAsync(Guid subjectId, ExtractScope scope, CancellationToken cancel)
    {
        var keys = scope.Items.ToArray();
        var records = await db.CreditRecords.AsNoTracking()
            .Where(record => record.SubjectId == subjectId && record.State == RecordState.Current
                && (keys.Contains(record.CatalogueItem) || (scope.OwnDepartment != null && record.Provider == scope.OwnDepartment)))
            .OrderByDescending(record => record.FormedOn).ThenBy(record => record.Id).Take(Most).ToListAsync(cancel);
        return records.Select(record => (record.CatalogueItem, new ExtractLine(
            record.FormedOn, record.Sanction?.ToString() ?? record.Kind.ToString(), record.DocumentNumber, Clean(record.Text), NameOf(record.Provider), record.PublicUntil, record.Negative)));
    }

    private async Task<IEnumerable<(string Item, ExtractLine Line)>> EntriesAsync(Guid subjectId, ExtractScope scope, DateOnly today, CancellationToken cancel)
    {
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => entry.SubjectId == subjectId && (entry.State == EntryState.Active || entry.State == EntryState.Verifying)
                && entry.ValidFrom <= today && entry.ValidTo >= today
                && (!scope.Outside || (entry.Publishable && entry.ChosenForPublication && entry.ReviewedBy != null && (entry.PublicationEndedOn == null || entry.PublicationEndedOn > today))))
            .OrderByDescending(entry => entry.ValidFrom).ThenBy(entry => entry.Id).Take(Most).ToListAsync(cancel);
        return entries.Select(entry => ("list-entries", new ExtractLine(
            entry.ValidFrom!.Value, $"{entry.List} {entry.Domain}{(entry.State == EntryState.Verifying ? "（核实中，暂不作为依据）" : "")}", null, Clean(entry.Facts), NameOf(entry.Recogniser), entry.ValidTo, entry.List != ListKind.Red)));
    }

    private static async Task<IEnumerable<(string Item, ExtractLine Line)>> DecisionsAsync<T>(
        IQueryable<T> decisions, string item, Guid subjectId, ExtractScope scope, DateOnly today, CancellationToken cancel)
        where T : PublicityRecord
    {
        var records = await decisions.AsNoTracking()
            .Where(record => record.SubjectId == subjectId && record.Current
                && (!scope.Outside || (record.Scope != PublicationScope.Never && record.PublicUntil >= today)))
            .OrderByDescending(record => record.DecidedOn).ThenBy(record => record.Id).Take(Most).ToListAsync(cancel);
        return records.Select(record =>
        {
            var (what, text, until) = record is Penalty penalty
                ? (penalty.Categories, penalty.Content, penalty.ValidTo)
                : (((Licence)(object)record).Category, ((Licence)(object)record).Content, ((Licence)(object)record).ValidTo);
            return (item, new ExtractLine(record.DecidedOn, what, record.DocumentNumber, Clean(text), record.Organ, until, record is Penalty));
        });
    }

    private static string Clean(string text) => PersonalText.Mask(text) ?? "";

    private string NameOf(string body) => departments.Find(body)?.Name ?? body;
}

/// <summary>What there is of one item.</summary>
/// <param name="Item">Key of the catalogue item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Lines">The latest first.</param>
internal sealed record ExtractSection(string Item, string Title, IReadOnlyList<ExtractLine> Lines);

/// <summary>One record, decision or entry.</summary>
/// <param name="On">Day it was formed, decided or came into force.</param>
/// <param name="What">Its kind.</param>
/// <param name="DocumentNumber">Number of the document.</param>
/// <param name="Text">What happened, without personal numbers.</param>
/// <param name="Source">Body it comes from.</param>
/// <param name="Until">Last day of validity or publication; null where it has none.</param>
/// <param name="Negative">Speaks against the subject.</param>
internal sealed record ExtractLine(DateOnly On, string What, string? DocumentNumber, string Text, string Source, DateOnly? Until, bool Negative);
