using Credit.Abstractions;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Enforcement;

/// <summary>A measure that an entry obliges, or invites, a department of the district to carry out.</summary>
/// <param name="Memorandum">The memorandum it stands in.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Department">Key of the department.</param>
internal sealed record OwedMeasure(IMemorandum Memorandum, Measure Measure, string Department);

/// <summary>Which measures an entry triggers, in the version of each memorandum that is in force on a day (R-3.5.1.b, I39, I41).</summary>
internal static class OwedMeasures
{
    /// <summary>Each measure once per department of the district.</summary>
    public static IEnumerable<OwedMeasure> Of(IReadOnlyList<IMemorandum> memoranda, DepartmentDirectory departments, ListEntry entry, PolicyPack pack, DateOnly day) =>
        Of(memoranda, departments, entry.List, entry.Domain, entry.AbleButRefuses, pack, day);

    /// <summary>The same for an entry of which only this much is at hand.</summary>
    public static IEnumerable<OwedMeasure> Of(
        IReadOnlyList<IMemorandum> memoranda, DepartmentDirectory departments, ListKind list, string domain, bool ableButRefuses, PolicyPack pack, DateOnly day)
    {
        var owed =
            from memorandum in memoranda
            where Owing.Triggers(memorandum.Trigger.List, memorandum.Trigger.Domains, memorandum.EffectiveFrom, memorandum.EffectiveTo, list, domain, day)
            from measure in memorandum.Measures
            where Owing.Applies(measure, list, ableButRefuses) && EntryRules.Admits(pack, list, measure)
            from department in measure.Departments
            where departments.Find(department) is { OutsideDistrict: false }
            select new OwedMeasure(memorandum, measure, department);
        return owed.DistinctBy(each => (each.Measure.Key, each.Department));
    }
}
