using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Model;

/// <summary>Holds the register against the model: every row, every property, every open term, and what the public sees.</summary>
internal sealed class Comparison(HostFixture host, Twin twin)
{
    // Identities differ, and so do the subjects' own particulars and the dictionary's bases, which no rule here reads.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "Id", "Version", "EntryId", "SubjectId", "PredecessorId", "BatchId", "SubjectCode", "SubjectMask", "CommitmentId", "Papers", "Domains", "Bases", "Publications", "Steps", "Canonical",
        "Validity", "LegalBases", "Basis",
    };

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private readonly List<string> _differences = [];

    private District Model => twin.Model;

    /// <summary>The differences; null when there are none.</summary>
    public async Task<string?> RunAsync(bool onlyFeed)
    {
        await using var scope = host.Services.CreateAsyncScope();
        if (!onlyFeed)
        {
            await CompareRowsAsync(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
        }

        await CompareFeedAsync(scope.ServiceProvider.GetRequiredService<PublicDbContext>());
        return _differences.Count == 0 ? null : string.Join("\n", _differences.Take(12));
    }

    private async Task CompareRowsAsync(CreditDbContext db)
    {
        var subjects = twin.Names.Subjects.ToArray();
        var entries = await db.Entries.AsNoTracking().Include(entry => entry.Publications).Where(entry => subjects.Contains(entry.SubjectId)).ToListAsync();
        PairFollowers(entries);
        Compare(Model.Register.Entries.Rows, entries, entry => [.. entry.Publications.OrderBy(each => each.Channel).Select(each => $"{each.Channel} {each.PublishedOn:O} {each.ExitAnnouncedOn:O}")]);

        var tasks = await db.Tasks.AsNoTracking().Where(task => subjects.Contains(task.SubjectId)).ToListAsync();
        PairTasks(tasks);
        Compare(Model.Register.Tasks.Rows, tasks, _ => []);
        Compare(Model.Register.Objections.Rows, await db.Objections.AsNoTracking().Where(each => subjects.Contains(each.SubjectId)).ToListAsync(), _ => []);
        Compare(
            Model.Register.Repairs.Rows, await db.Repairs.AsNoTracking().Include(each => each.Steps).Where(each => subjects.Contains(each.SubjectId)).ToListAsync(),
            repair => [.. repair.Steps.Select(step => $"{step.Mode} {step.DoneOn:O}").Order(StringComparer.Ordinal)]);
        Compare(Model.Register.Rectifications.Rows, await db.Rectifications.AsNoTracking().Where(each => subjects.Contains(each.SubjectId)).ToListAsync(), _ => []);
        var warnings = await db.Warnings.AsNoTracking().Where(each => subjects.Contains(each.SubjectId)).OrderBy(each => each.Id).ToListAsync();
        PairWarnings(warnings);
        Compare(Model.Register.Warnings.Rows, warnings, warning => warning.Domains);
        Compare(Model.Register.Commitments.Rows, await db.Commitments.AsNoTracking().Where(each => subjects.Contains(each.SubjectId)).ToListAsync(), _ => []);
        Compare(
            Model.Register.Acceptances.Rows, await db.Acceptances.AsNoTracking().Include(each => each.Papers).Where(each => subjects.Contains(each.SubjectId)).ToListAsync(),
            acceptance => [.. acceptance.Papers.Select(paper => $"{paper.Title} {paper.SuppliedOn:O}").Order(StringComparer.Ordinal)]);
        await CompareTermsAsync(db);
        await CompareAmendsAsync(db);
    }

    // What is to be made good: one reparation per wrong black or watch entry, one recovery per benefit of a wrong red one.
    private async Task CompareAmendsAsync(CreditDbContext db)
    {
        var entries = Model.Register.Entries.Rows.Select(entry => twin.Names.Find(entry.Id)).OfType<Guid>().ToArray();
        var tasks = Model.Register.Tasks.Rows.Select(task => twin.Names.Find(task.Id)).OfType<Guid>().ToArray();
        var stored = (await db.Reparations.Where(each => entries.Contains(each.EntryId)).Select(each => each.EntryId).ToListAsync())
            .Concat(await db.Recoveries.Where(each => tasks.Contains(each.TaskId)).Select(each => each.TaskId).ToListAsync()).Order().ToArray();
        var expected = Model.Register.Orders.Rows.Where(order => !order.Recovers || Model.Register.Tasks.Find(order.About) is not null)
            .Select(order => twin.Names.Of(order.About)).Order().ToArray();
        if (!stored.SequenceEqual(expected))
        {
            _differences.Add($"{stored.Length} reparations and recoveries are stored, {expected.Length} are ordered in the model");
        }
    }

    private void PairFollowers(List<ListEntry> stored)
    {
        foreach (var watch in Model.Register.Entries.Rows.Where(entry => entry.WatchReason == WatchReason.AfterBlack && twin.Names.Find(entry.Id) is null))
        {
            if (stored.SingleOrDefault(each => each.WatchReason == WatchReason.AfterBlack && each.PredecessorId == twin.Names.Find(watch.PredecessorId)) is { } same)
            {
                twin.Names.Pair(watch.Id, same.Id);
            }
        }
    }

    private void PairTasks(List<MeasureTask> stored)
    {
        var byKey = stored.ToDictionary(task => (task.EntryId, task.MeasureKey, task.Department));
        foreach (var task in Model.Register.Tasks.Rows.Where(task => twin.Names.Find(task.Id) is null))
        {
            if (byKey.TryGetValue((twin.Names.Of(task.EntryId), task.MeasureKey, task.Department), out var same))
            {
                twin.Names.Pair(task.Id, same.Id);
            }
        }
    }

    // One subject has one warning at a time: they come in the same order.
    private void PairWarnings(List<WarningEntry> stored)
    {
        foreach (var subject in Model.Subjects.Where(subject => twin.Names.Find(subject.Id) is not null))
        {
            foreach (var (mine, theirs) in Model.Register.Warnings.Rows.Where(each => each.SubjectId == subject.Id)
                .Zip(stored.Where(each => each.SubjectId == twin.Names.Of(subject.Id))))
            {
                twin.Names.Pair(mine.Id, theirs.Id);
            }
        }
    }

    private void Compare<T>(IReadOnlyList<T> model, List<T> stored, Func<T, string[]> parts)
        where T : Aggregate
    {
        var byId = stored.ToDictionary(row => row.Id);
        if (model.Count != stored.Count)
        {
            _differences.Add($"{typeof(T).Name}: {model.Count} in the model, {stored.Count} stored");
        }

        foreach (var row in model)
        {
            if (twin.Names.Find(row.Id) is not { } id || !byId.TryGetValue(id, out var same))
            {
                _differences.Add($"{typeof(T).Name} {row.Id} is not stored");
                continue;
            }

            twin.Names.Saw(row.Id, same.Version);
            foreach (var property in PropertiesOf(typeof(T)))
            {
                var (mine, theirs) = (Text(property.GetValue(row)), Text(property.GetValue(same)));
                if (mine != theirs)
                {
                    _differences.Add($"{typeof(T).Name} {row.Id}.{property.Name}: {mine} in the model, {theirs} stored");
                }
            }

            if (!parts(row).SequenceEqual(parts(same)))
            {
                _differences.Add($"{typeof(T).Name} {row.Id}: [{string.Join("; ", parts(row))}] in the model, [{string.Join("; ", parts(same))}] stored");
            }
        }
    }

    private async Task CompareTermsAsync(CreditDbContext db)
    {
        var mine = Model.Register.Terms.Rows.Where(term => term.State is TermState.Open or TermState.Resting).ToArray();
        var about = Model.Register.Terms.Rows.Select(term => twin.Names.Find(term.About)).OfType<Guid>().Distinct().ToArray();
        var theirs = await db.Deadlines.AsNoTracking()
            .Where(deadline => about.Contains(deadline.AggregateId) && (deadline.State == DeadlineState.Open || deadline.State == DeadlineState.Resting)).ToListAsync();
        var expected = mine.Select(term => $"{term.Kind} {twin.Names.Find(term.About)} {term.State} {(term.State == TermState.Resting ? Text(term.WorkingDays) : Text(term.DueOn))}").ToHashSet(StringComparer.Ordinal);
        var found = theirs.Select(term => $"{term.Kind} {term.AggregateId} {term.State} {(term.State == DeadlineState.Resting ? Text(term.WorkingDays) : Text(term.DueOn))}").ToHashSet(StringComparer.Ordinal);
        _differences.AddRange(expected.Except(found).Select(term => $"term only in the model: {term}"));
        _differences.AddRange(found.Except(expected).Select(term => $"term only stored: {term}"));
    }

    private async Task CompareFeedAsync(PublicDbContext db)
    {
        var paired = Model.Register.Entries.Rows.Select(entry => twin.Names.Find(entry.Id)).OfType<Guid>().ToArray();
        var shown = await db.Entries.Where(entry => paired.Contains(entry.Id)).Select(entry => entry.Id).ToListAsync();
        var expected = PublicFeed.Of(Model).Select(twin.Names.Of).ToHashSet();
        if (!expected.SetEquals(shown))
        {
            _differences.Add($"the public feed shows {shown.Count} entries, the model {expected.Count}");
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type) => Properties.GetOrAdd(
        type, static of => [.. of.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => !Own.Contains(property.Name))]);

    private static string Text(object? value) => value switch
    {
        null => "–",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
