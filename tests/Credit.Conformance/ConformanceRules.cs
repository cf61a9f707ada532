using Credit.Core.Modules;

namespace Credit.Conformance;

/// <summary>All rules of the kit: what would stop the start, and what the kit alone looks at.</summary>
internal static class ConformanceRules
{
    private static readonly IReadOnlyDictionary<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>> Own =
        new Dictionary<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>>([.. StructureRules.All, .. SetRules.All, .. FeedbackRules.All, .. StartRules.All]);

    /// <summary>Every rule a specification holds its module to; that there is a specification is held elsewhere.</summary>
    public static IEnumerable<ModuleDiagnostic> All => ModuleDiagnostic.All.Where(rule => rule != ModuleDiagnostic.NotSpecified);

    /// <summary>Every fault of the module under this rule, each a message that begins with the id and names the page.</summary>
    public static IReadOnlyList<string> Faults(ModuleDiagnostic rule, ModuleUnderTest module) =>
    [
        .. module.StartFaults.Where(fault => fault.StartsWith(rule.Id + " ", StringComparison.Ordinal)),
        .. Own.TryGetValue(rule, out var look) ? look(module).Select(rule.Say) : [],
    ];
}
