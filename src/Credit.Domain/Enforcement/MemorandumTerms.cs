namespace Credit.Domain.Enforcement;

/// <summary>A version of a memorandum as far as its days go.</summary>
/// <param name="Code">Code of the memorandum.</param>
/// <param name="Number">Version, counted from 1.</param>
/// <param name="From">First day it counts.</param>
/// <param name="To">Last day it states itself; null for none.</param>
/// <param name="AtRunTime">Approved at run time; false for one from a module's file.</param>
/// <param name="Ends">It ends the memorandum instead of changing it.</param>
public sealed record VersionSpan(string Code, int Number, DateOnly From, DateOnly? To, bool AtRunTime, bool Ends = false);

/// <summary>
/// Which version of a memorandum counts on a day, from the files of the modules and what was approved since (R-3.5.3.c, I41, I93).
/// What counted on a past day never changes: a revision takes effect after the day it is approved.
/// </summary>
public static class MemorandumTerms
{
    /// <summary>Last day a version counts: its own, or the day before the next one; null while there is none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="all">All versions of all memoranda.</param>
    public static DateOnly? LastDay(VersionSpan version, IEnumerable<VersionSpan> all)
    {
        var next = all.Where(each => each.Code == version.Code && each.AtRunTime && each.From > version.From).Select(each => (DateOnly?)each.From.AddDays(-1)).Min();
        return next is null || version.To < next ? version.To : next;
    }

    /// <summary>False for a file's version that came after the memorandum was taken over at run time: files are the first versions only.</summary>
    public static bool Counts(VersionSpan version, IEnumerable<VersionSpan> all) =>
        !version.Ends && (version.AtRunTime || all.All(each => each.Code != version.Code || !each.AtRunTime || (each.Number > version.Number && each.From > version.From)));
}

/// <summary>What a new version changes for one department.</summary>
/// <param name="Department">Key of the department.</param>
/// <param name="Added">Ordinals of measures it gets.</param>
/// <param name="Changed">Ordinals of measures that read otherwise, bind otherwise or have another term.</param>
/// <param name="Ended">Ordinals of measures it carries out no more.</param>
public sealed record DepartmentChange(string Department, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Ended)
{
    /// <summary>The changes for every department that has one, between two versions. Drafts bind nobody.</summary>
    public static IReadOnlyList<DepartmentChange> Between(IReadOnlyList<Measure> before, IReadOnlyList<Measure> after)
    {
        var (old, now) = (ByDepartment(before), ByDepartment(after));
        return
        [
            .. old.Keys.Union(now.Keys).Select(key => key.Department).Distinct().Order(StringComparer.Ordinal)
                .Select(department => new DepartmentChange(
                    department,
                    [.. now.Keys.Except(old.Keys).Where(key => key.Department == department).Select(key => key.Ordinal)],
                    [.. now.Where(each => each.Key.Department == department && old.TryGetValue(each.Key, out var was) && !Same(was, each.Value)).Select(each => each.Key.Ordinal)],
                    [.. old.Keys.Except(now.Keys).Where(key => key.Department == department).Select(key => key.Ordinal)]))
                .Where(change => change.Added.Count + change.Changed.Count + change.Ended.Count > 0),
        ];
    }

    private static Dictionary<(string Department, string Ordinal), Measure> ByDepartment(IReadOnlyList<Measure> measures) => measures
        .Where(measure => !measure.IsDraft)
        .SelectMany(measure => measure.Departments.Distinct().Select(department => (Key: (department, measure.Ordinal), measure)))
        .ToDictionary(pair => pair.Key, pair => pair.measure);

    private static bool Same(Measure one, Measure other) =>
        (one.Wording, one.Obligation, one.Nature, one.Within, one.WatchApplicable, one.OnlyAbleButRefuses)
            == (other.Wording, other.Obligation, other.Nature, other.Within, other.WatchApplicable, other.OnlyAbleButRefuses)
        && one.Canonical.SequenceEqual(other.Canonical) && one.LegalBases.SequenceEqual(other.LegalBases);
}
