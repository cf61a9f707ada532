using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules.DropIn;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyModel;

namespace Credit.Core.Modules;

/// <summary>The modules of this host, read once at the start.</summary>
internal sealed class ModuleCatalog
{
    /// <summary>Assemblies whose names start so are modules; nothing else is loaded to find out.</summary>
    public const string Prefix = "Credit.Modules.";

    private ModuleCatalog(IEnumerable<ModuleStanding> standings)
    {
        Standings = [.. standings.OrderBy(standing => standing.Module?.Manifest.Key, StringComparer.Ordinal).ThenBy(standing => standing.File, StringComparer.Ordinal)];
        Modules = [.. Standings.Select(standing => standing.Module).OfType<ModuleRegistration>()];
    }

    /// <summary>Every module, those that are not at work included.</summary>
    public IReadOnlyList<ModuleStanding> Standings { get; }

    /// <summary>The modules at work, by key.</summary>
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

    /// <summary>Finds the modules the host was built with and, where the folder is on, those dropped into it.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="compose">Composes, on trial, everything the host composes from modules; throws when it cannot.</param>
    /// <param name="also">Further assemblies of modules.</param>
    /// <param name="broken">Optional modules found broken after they had been admitted: listed, not loaded.</param>
    /// <exception cref="ModulesRefusedException">A module that the host needs does not fit.</exception>
    public static ModuleCatalog Discover(
        IConfiguration configuration, Action<ModuleCatalog> compose, IEnumerable<Assembly>? also = null, IReadOnlyList<BrokenModule>? broken = null)
    {
        var (departments, canonical) = (DepartmentDirectory.Load(), CanonicalMeasures.Load());
        var builtIn = From(
            FindAssemblies().Concat(also ?? []), departments, canonical, configuration, TimeSpan.FromSeconds(ContainmentLimits.Read(configuration).StartSeconds));
        return ModuleFolder.Read(configuration, departments, canonical, broken ?? []) is { } dropped ? Admission.Admit(builtIn, dropped, compose) : builtIn;
    }

    /// <summary>Reads these assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <param name="departments">The departments of the district.</param>
    /// <param name="canonical">The canonical measures.</param>
    /// <param name="configuration">What modules are configured by; nothing when left out.</param>
    /// <param name="limit">Longest time for one step of a module.</param>
    /// <exception cref="ModulesRefusedException">A module does not fit.</exception>
    public static ModuleCatalog From(
        IEnumerable<Assembly> assemblies, DepartmentDirectory departments, CanonicalMeasures canonical, IConfiguration? configuration = null, TimeSpan? limit = null)
    {
        var today = TimeProvider.System.Today();
        var settings = configuration ?? new ConfigurationBuilder().Build();
        var reasons = new List<string>();
        var catalog = new ModuleCatalog(assemblies
            .Select(assembly => Read(assembly, departments, canonical, today, settings, limit ?? ModuleStart.Limit, reasons))
            .OfType<ModuleRegistration>()
            .Select(ModuleStanding.BuiltIn));
        reasons.AddRange(Duplicates(catalog.Modules));
        return reasons.Count == 0 ? catalog : throw new ModulesRefusedException(reasons);
    }

    /// <summary>This catalogue and these modules; whether they fit together is not asked.</summary>
    public ModuleCatalog With(IEnumerable<ModuleStanding> further) => new([.. Standings, .. further]);

    /// <summary>Holds the modules against each other.</summary>
    /// <exception cref="ModulesRefusedException">Two of them take the same name.</exception>
    public void ThrowIfTakenTwice()
    {
        string[] reasons = [.. Duplicates(Modules)];
        if (reasons.Length > 0)
        {
            throw new ModulesRefusedException(reasons);
        }
    }

    /// <summary>The kind by which a department reports a measure: of a module that serves it, answering one of these canonical measures; null when it reports in plain words.</summary>
    public FeedbackKind? KindFor(string department, IReadOnlyCollection<string> canonical) => Modules.Where(module => module.Manifest.Departments.Contains(department))
        .SelectMany(module => module.FeedbackKinds).FirstOrDefault(kind => kind.Answers.Intersect(canonical).Any());

    /// <summary>Key of the module an assembly holds; null when it is no module.</summary>
    public string? ModuleOf(Assembly assembly) => Modules.FirstOrDefault(module => module.Assembly == assembly)?.Manifest.Key;

    /// <summary>The same modules, their criteria asked through their gates.</summary>
    public ModuleCatalog Behind(ModuleGates gates) => new(Standings.Select(standing => standing.Module is not { } module ? standing : standing with
    {
        Module = module with
        {
            Criteria = [.. module.Criteria.Select(criterion => criterion is StatedCriterion stated ? stated.Behind(gates[module.Manifest.Key]) : criterion)],
        },
    }));

    /// <summary>Reads one module and asks it for its services; null when it cannot be read, the reasons say why.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="departments">The departments of the district.</param>
    /// <param name="canonical">The canonical measures.</param>
    /// <param name="today">Today, which an earlier contract may be past.</param>
    /// <param name="configuration">What modules are configured by.</param>
    /// <param name="limit">Longest time for one step: constructors, static members and AddServices are code of the module, that may throw or never come back.</param>
    /// <param name="reasons">Receives every fault.</param>
    /// <param name="source">Where it came from when not from a file of its own.</param>
    public static ModuleRegistration? Read(
        Assembly assembly, DepartmentDirectory departments, CanonicalMeasures canonical, DateOnly today, IConfiguration configuration, TimeSpan limit, ICollection<string> reasons,
        ModuleSource? source = null)
    {
        // What a dropped-in module throws is for the list of modules to put into words.
        var told = source is null ? reasons : null;
        ModuleRegistration? module = null;
        var own = new List<string>();
        if (!ModuleStart.Attempt(
            assembly.GetName().Name!, "reading its constructors and declarations", limit, told, () => module = ModuleReader.Read(assembly, departments, canonical, today, own, source)))
        {
            return null;
        }

        own.ForEach(reasons.Add);
        return module is null ? null : ModulePlan.WithServices(module, configuration, limit, told);
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
