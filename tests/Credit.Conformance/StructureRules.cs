using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http.Metadata;

namespace Credit.Conformance;

/// <summary>Rules on what a module shows, lists by and answers for.</summary>
internal static class StructureRules
{
    public static IEnumerable<KeyValuePair<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>>> All =>
    [
        new(ModuleDiagnostic.Visibility, Visibility),
        new(ModuleDiagnostic.MandatoryAnswered, MandatoryAnswered),
        new(ModuleDiagnostic.StandardLevel, Standards),
        new(ModuleDiagnostic.Terms, Terms),
        new(ModuleDiagnostic.DeadReaction, Reactions),
        new(ModuleDiagnostic.Documented, Documented),
    ];

    private static IEnumerable<string> Visibility(ModuleUnderTest module)
    {
        if (module.Registration is not { } found)
        {
            yield break;
        }

        // A choice that a row shows is as public as the row.
        var rows = found.Sets.Select(set => set.RowType).Append(found.Definition.GetType()).ToHashSet();
        rows.UnionWith(found.Sets.SelectMany(set => set.RowType.GetProperties()).Select(member => Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType)
            .Where(type => type.IsEnum && type.Assembly == module.Assembly).ToArray());
        foreach (var type in module.Assembly.GetExportedTypes().Where(type => !rows.Contains(type)))
        {
            yield return $"{type.FullName} is public, but is neither the definition nor the row of a set, nor a choice that a row shows. Make it internal.";
        }
    }

    private static IEnumerable<string> MandatoryAnswered(ModuleUnderTest module)
    {
        if (module.Registration is not { } found)
        {
            yield break;
        }

        // Whose memorandum obliges the department is all one, and so is which of its modules takes the report in.
        foreach (var department in found.Manifest.Departments)
        {
            var answered = module.Beside.Where(other => other.Manifest.Departments.Contains(department)).Append(found)
                .SelectMany(each => each.FeedbackKinds).SelectMany(feedback => feedback.Answers).ToHashSet();
            var mandatory = module.Beside.Append(found).SelectMany(each => each.Memoranda).SelectMany(memorandum => memorandum.Measures)
                .Where(measure => measure is { IsDraft: false, Obligation: MeasureObligation.Mandatory } && measure.Departments.Contains(department)).DistinctBy(measure => measure.Key);
            foreach (var measure in mandatory.Where(measure => !measure.Canonical.Any(answered.Contains)))
            {
                yield return $"No feedback answers {measure.Key} ({measure.Wording}), which is mandatory for '{department}'. "
                    + $"Write an IFeedback whose Answers name one of {string.Join(", ", measure.Canonical)} (R-3.5.1.b).";
            }
        }
    }

    private static IEnumerable<string> Standards(ModuleUnderTest module) =>
        from criterion in module.Registration?.Criteria ?? []
        where criterion.Level != StandardLevel.National && (criterion.Level != StandardLevel.Provincial || string.IsNullOrWhiteSpace(criterion.Approval))
        select $"{criterion.Key} is a {criterion.Level} standard without approval. A list rests on a national standard, or on a provincial one whose Approval names the document (R-3.2.1.a).";

    private static IEnumerable<string> Terms(ModuleUnderTest module)
    {
        foreach (var criterion in module.Registration?.Criteria ?? [])
        {
            if (criterion.LongestTermInMonths < 1 || criterion.DefenceWorkingDays < 1 || criterion.EarliestExitInMonths < 1)
            {
                yield return $"{criterion.Key} sets a term below one. Set the term the standard states, or null where it states none.";
            }

            if (criterion.EarliestExitInMonths > criterion.LongestTermInMonths)
            {
                yield return $"{criterion.Key} lets nobody out before {criterion.EarliestExitInMonths} months, but an entry lasts {criterion.LongestTermInMonths} at most. Correct one of them.";
            }

            if (criterion.EffectiveTo < criterion.EffectiveFrom)
            {
                yield return $"{criterion.Key} ends on {criterion.EffectiveTo:yyyy-MM-dd}, before it begins. Correct one of the days.";
            }
        }
    }

    private static IEnumerable<string> Reactions(ModuleUnderTest module) =>
        from type in module.Registration is null ? [] : module.Assembly.GetTypes()
        from role in type.GetInterfaces()
        where role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IHandle<>)
        let announcement = role.GetGenericArguments()[0]
        where announcement.GetCustomAttribute<WireNameAttribute>() is null
        select $"{type.Name} reacts to {announcement.Name}, which has no wire name and so never stands in the log. React to one of api-specs/events.v1.json.";

    private static IEnumerable<string> Documented(ModuleUnderTest module)
    {
        if (module.Registration is not { } found)
        {
            return [];
        }

        return
        [
            .. string.IsNullOrWhiteSpace(found.Manifest.Title) ? ["The manifest has no title. Give the official Chinese one."] : Array.Empty<string>(),
            .. found.FeedbackKinds.Where(feedback => string.IsNullOrWhiteSpace(feedback.Summary)).Select(feedback => $"{feedback.Kind} has no Summary, so its route says nothing in Swagger. Write one line."),
            .. module.Endpoints.Where(endpoint => string.IsNullOrWhiteSpace(endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary))
                .Select(endpoint => $"{endpoint.RoutePattern.RawText} has no summary, so it says nothing in Swagger. Add WithSummary."),
            .. found.Criteria.Where(criterion => string.IsNullOrWhiteSpace(criterion.Title) || string.IsNullOrWhiteSpace(criterion.Domain))
                .Select(criterion => $"{criterion.Key} has no title or no domain. Give both as published."),
        ];
    }
}
