using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>Keeps the register's departments, catalogue items, tasks of the annex, memoranda and measures in step with reference data, policy pack and modules, at start.</summary>
internal sealed class CatalogueSync(
    CreditDbContext db, DepartmentDirectory departments, CanonicalMeasures canonical, ModuleCatalog modules, MemorandumCatalogue catalogue, PolicyPack pack,
    TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() } };

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);

        // One host at a time: several may start together over one database.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/catalogue'))", cancel);
        var known = await db.Departments.ToDictionaryAsync(row => row.Key, cancel);
        foreach (var department in departments.All)
        {
            if (!known.TryGetValue(department.Key, out var row))
            {
                row = new DepartmentRow { Key = department.Key, Name = department.Name, Kind = department.Kind.ToString() };
                db.Add(row);
            }

            (row.Name, row.Code, row.Kind) = (department.Name, department.Code, department.Kind.ToString());
            (row.MayRecognise, row.LeadOffice, row.OutsideDistrict) = (department.MayRecognise, department.LeadOffice, department.OutsideDistrict);
        }

        await SyncItemsAsync(cancel);
        await SyncTasksAsync(cancel);
        await MemorandaAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task SyncItemsAsync(CancellationToken cancel)
    {
        var items = await db.CatalogueItems.ToDictionaryAsync(row => row.Key, cancel);
        foreach (var item in pack.Catalogue)
        {
            if (!items.Remove(item.Key, out var row))
            {
                row = new CatalogueItemRow { Key = item.Key, Title = item.Title };
                db.Add(row);
            }

            (row.Title, row.UpstreamItem, row.Publish) = (item.Title, item.UpstreamItem, item.Publish);
        }

        // What the catalogue no longer has is collected and shown no longer; what it said stays in its versions.
        db.RemoveRange(items.Values);
        await CatalogueHistory.KeepAsync(db, pack, clock.Today(), cancel);
    }

    private async Task SyncTasksAsync(CancellationToken cancel)
    {
        var tasks = await db.TaskAssignments.ToDictionaryAsync(row => row.No, cancel);
        foreach (var task in TaskAssignment.LoadAll())
        {
            if (!tasks.TryGetValue(task.No, out var row))
            {
                row = new TaskAssignmentRow { No = task.No, Title = task.Title, Responsible = task.Responsible };
                db.Add(row);
            }

            (row.Title, row.Responsible, row.Everyone) = (task.Title, task.Responsible, task.Everyone);
            (row.Leads, row.Members) = ([.. task.Leads], [.. task.Members]);
        }
    }

    /// <summary>
    /// Brings the rows of memoranda and measures in step with the list of measures: a file's version stays as it is once the memorandum
    /// was taken over at run time. Nothing is saved yet.
    /// </summary>
    public async Task MemorandaAsync(CancellationToken cancel)
    {
        var ofModule = modules.Modules.SelectMany(module => module.Memoranda.Select(memorandum => (Key: (memorandum.Code, memorandum.Version), Module: module.Manifest.Key)))
            .ToDictionary(pair => pair.Key, pair => pair.Module);
        var approved = await db.MemorandumRevisions.Where(revision => revision.State == RevisionState.InForce || revision.State == RevisionState.Retired)
            .Select(revision => new { revision.Code, revision.Number }).ToListAsync(cancel);
        foreach (var each in approved)
        {
            ofModule.Remove((each.Code, each.Number));
        }

        var memoranda = await db.Memoranda.ToDictionaryAsync(row => row.Key, cancel);
        var measures = await db.Measures.ToDictionaryAsync(row => row.Key, cancel);

        // What a module no longer at work brought obliges nobody and is shown no longer; it comes back with its module.
        var gone = memoranda.Values.Where(row => row.Module != MemorandumRow.RunTime && modules.Modules.All(module => module.Manifest.Key != row.Module)).Select(row => row.Key).ToHashSet();
        db.RemoveRange(measures.Values.Where(row => gone.Contains(row.MemorandumKey)));
        db.RemoveRange(gone.Select(key => memoranda[key]));
        foreach (var memorandum in await catalogue.CurrentAsync(db, cancel))
        {
            var module = ofModule.GetValueOrDefault((memorandum.Code, memorandum.Version), MemorandumRow.RunTime);
            var key = $"{memorandum.Code}@{memorandum.Version}";
            if (!memoranda.TryGetValue(key, out var row))
            {
                row = new MemorandumRow
                {
                    Key = key,
                    Code = memorandum.Code,
                    Version = memorandum.Version,
                    Title = memorandum.Title,
                    DocumentNumber = memorandum.DocumentNumber,
                    List = memorandum.Trigger.List.ToString(),
                    Module = module,
                };
                db.Add(row);
            }

            (row.Title, row.DocumentNumber, row.IssuedOn) = (memorandum.Title, memorandum.DocumentNumber, memorandum.IssuedOn);
            (row.Signers, row.Lead, row.Targets, row.FeedbackCadence) = (memorandum.Signers, memorandum.Lead, memorandum.Targets, memorandum.FeedbackCadence);
            (row.EffectiveFrom, row.EffectiveTo) = (memorandum.EffectiveFrom, memorandum.EffectiveTo);
            (row.List, row.Domains, row.Module) = (memorandum.Trigger.List.ToString(), [.. memorandum.Trigger.Domains], module);
            foreach (var measure in memorandum.Measures)
            {
                var measureKey = $"{key}/{measure.Ordinal}";
                if (!measures.TryGetValue(measureKey, out var line))
                {
                    line = new MeasureRow
                    {
                        Key = measureKey,
                        MemorandumKey = key,
                        Ordinal = measure.Ordinal,
                        Wording = measure.Wording,
                        Nature = measure.Nature.ToString(),
                        Obligation = measure.Obligation.ToString(),
                        LegalBases = "[]",
                        Evidence = measure.Evidence.ToString(),
                    };
                    db.Add(line);
                }

                (line.Wording, line.Canonical, line.Nature) = (measure.Wording, [.. measure.Canonical], measure.Nature.ToString());
                (line.Obligation, line.Departments) = (measure.Obligation.ToString(), [.. measure.Departments]);
                var cited = canonical.Cite(measure);
                (line.LegalBases, line.Basis, line.BasisFrom) = (JsonSerializer.Serialize(cited.LegalBases, Json), cited.Text, cited.BasisFrom.ToString());
                (line.PrintedObligation, line.Reaches) = (measure.PrintedObligation?.ToString(), [.. measure.Reaches.Select(each => each.ToString())]);
                (line.WatchApplicable, line.WithinWorkingDays) = (measure.WatchApplicable, measure.Within.Count);
                (line.Evidence, line.Draft) = (measure.Evidence.ToString(), measure.IsDraft);
            }
        }
    }
}
