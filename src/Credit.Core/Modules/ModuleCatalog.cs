using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyModel;

namespace Credit.Core.Modules;

/// <summary>The modules of this host, read once at the start.</summary>
internal sealed class ModuleCatalog
{
    /// <summary>Assemblies whose names start so are modules; nothing else is loaded to find out.</summary>
    public const string Prefix = "Credit.Modules.";

    private ModuleCatalog(IReadOnlyList<ModuleRegistration> modules) => Modules = modules;

    /// <summary>All modules, by key.</summary>
    public IReadOnlyList<ModuleRegistration> Modules { get; }

    /// <summary>Their assemblies.</summary>
    public IReadOnlyList<Assembly> Assemblies => [.. Modules.Select(module => module.Assembly)];

    /// <summary>All recognition standards.</summary>
    public IReadOnlyList<ICriterion> Criteria => [.. Modules.SelectMany(module => module.Criteria)];

    /// <summary>All memoranda, one per version.</summary>
    public IReadOnlyList<IMemorandum> Memoranda => [.. Modules.SelectMany(module => module.Memoranda)];

    /// <summary>All kinds of feedback.</summary>
    public IReadOnlyList<FeedbackKind> FeedbackKinds => [.. Modules.SelectMany(module => module.FeedbackKinds)];

    /// <summary>All sets.</summary>
    public IReadOnlyList<ModuleSet> Sets => [.. Modules.SelectMany(module => module.Sets)];

    /// <summary>Finds the modules the host was built with.</summary>
    /// <exception cref="ModulesRefusedException">A module does not fit.</exception>
    public static ModuleCatalog Discover() => From(FindAssemblies(), DepartmentDirectory.Load(), CanonicalMeasures.Load());

    /// <summary>Reads these assemblies.</summary>
    /// <exception cref="ModulesRefusedException">A module does not fit.</exception>
    public static ModuleCatalog From(IEnumerable<Assembly> assemblies, DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        var today = TimeProvider.System.Today();
        var reasons = new List<string>();
        var modules = assemblies
            .Select(assembly => ModuleReader.Read(assembly, departments, canonical, today, reasons))
            .OfType<ModuleRegistration>()
            .OrderBy(module => module.Manifest.Key, StringComparer.Ordinal)
            .ToList();
        reasons.AddRange(Duplicates(modules));
        return reasons.Count == 0 ? new ModuleCatalog(modules) : throw new ModulesRefusedException(reasons);
    }

    /// <summary>Names that more than one part of these modules takes.</summary>
    public static IEnumerable<string> Duplicates(IReadOnlyList<ModuleRegistration> modules) =>
    [
        .. Twice("Module key", modules, module => [module.Manifest.Key]),
        .. Twice("Criterion", modules, module => module.Criteria.Select(criterion => criterion.Key)),
        .. Twice("Memorandum", modules, module => module.Memoranda.Select(memorandum => $"{memorandum.Code} version {memorandum.Version}")),
        .. Twice("Feedback kind", modules, module => module.FeedbackKinds.Select(feedback => feedback.Kind)),
        .. Twice("Report type", modules, module => module.FeedbackKinds.Select(feedback => feedback.ReportType.FullName!)),
        .. Twice("Set", modules, module => module.Sets.Select(set => $"{set.Surface} {set.Name}")),
    ];

    private static IEnumerable<string> Twice(string what, IReadOnlyList<ModuleRegistration> modules, Func<ModuleRegistration, IEnumerable<string>> keys) =>
        modules.SelectMany(module => keys(module).Select(key => (key, module.Assembly.GetName().Name)))
            .GroupBy(pair => pair.key, pair => pair.Name)
            .Where(group => group.Count() > 1)
            .Select(group => ModuleDiagnostic.TakenTwice.Say($"{what} '{group.Key}' is taken more than once: {string.Join(", ", group)}. Rename all but one."));

    // Names of assemblies, not of libraries: a project may be named otherwise than the assembly it builds.
    private static IEnumerable<Assembly> FindAssemblies() =>
        (DependencyContext.Default?.GetDefaultAssemblyNames() ?? [])
            .Where(name => name.Name!.StartsWith(Prefix, StringComparison.Ordinal) && !name.Name.EndsWith(".Tests", StringComparison.Ordinal))
            .DistinctBy(name => name.Name)
            .Select(Assembly.Load);
}
