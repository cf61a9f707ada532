using System.Reflection;
using System.Text.RegularExpressions;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Enforcement;
using Credit.Core.Reference;

namespace Credit.Core.Modules;

/// <summary>Reads one module assembly and collects everything that speaks against it.</summary>
internal static partial class ModuleReader
{
    /// <summary>The module, or null when it cannot be read; the reasons say why.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="departments">Departments a module may belong to.</param>
    /// <param name="canonical">Canonical measures its reports may answer.</param>
    /// <param name="today">Today, which an earlier contract may be past.</param>
    /// <param name="reasons">Receives every fault, not the first one only.</param>
    /// <param name="source">Where it came from when not from a file of its own.</param>
    public static ModuleRegistration? Read(
        Assembly assembly, DepartmentDirectory departments, CanonicalMeasures canonical, DateOnly today, ICollection<string> reasons, ModuleSource? source = null)
    {
        var name = assembly.GetName().Name;
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException broken)
        {
            reasons.Add(ModuleDiagnostic.DoesNotLoad.Say(
                $"{name} does not load against this contract: {broken.LoaderExceptions.FirstOrDefault()?.Message} Rebuild it against this host."));
            return null;
        }

        // Before anything of it runs.
        if (ModuleReferences.Faults(assembly, source) is { Count: > 0 } foreign)
        {
            foreach (var fault in foreign)
            {
                reasons.Add(ModuleDiagnostic.References.Say($"{name} {fault} Remove it."));
            }

            return null;
        }

        types = [.. types.Where(type => type is { IsAbstract: false, IsInterface: false })];
        var definitions = types.Where(type => type.IsVisible && type.IsAssignableTo(typeof(ICreditModule))).ToList();
        if (definitions.Count != 1)
        {
            reasons.Add(ModuleDiagnostic.OneDefinition.Say($"{name} has {definitions.Count} public classes that implement ICreditModule; a module has exactly one."));
            return null;
        }

        if (Create<ICreditModule>(definitions[0], reasons, source) is not { } definition)
        {
            return null;
        }

        var manifest = definition.Manifest;
        foreach (var (rule, fault) in Faults(manifest, departments, today))
        {
            reasons.Add(rule.Say($"{name}: {fault}"));
        }

        var sets = Each(types, typeof(IEntitySet<>), nameof(ReadSet), manifest.Key).Cast<ModuleSet>().ToList();
        var feedback = Each(types, typeof(IFeedback<>), nameof(ReadFeedback), manifest.Key).Cast<FeedbackKind>().ToList();
        var criteria = types.Where(type => type.IsAssignableTo(typeof(ICriterion))).Select(type => Create<ICriterion>(type, reasons, source)).OfType<ICriterion>()
            .Select(ICriterion (criterion) => new StatedCriterion(criterion)).ToList();
        var coded = types.Where(type => type.IsAssignableTo(typeof(IMemorandum))).Select(type => Create<IMemorandum>(type, reasons, source)).OfType<IMemorandum>()
            .Select(StatedMemorandum.Of).ToList();
        foreach (var (memorandum, fault) in coded.SelectMany(memorandum => FaultsOf(memorandum, departments, canonical).Select(fault => (memorandum, fault))))
        {
            reasons.Add($"{name}: {memorandum.Code} version {memorandum.Version}, {fault}");
        }

        IReadOnlyList<IMemorandum> memoranda = [.. coded, .. MemorandumFile.LoadFrom(assembly, departments, canonical, reasons)];

        foreach (var key in criteria.Select(criterion => criterion.Key).Concat(feedback.Select(kind => kind.Kind)))
        {
            if (!key.StartsWith(manifest.Key + "/", StringComparison.Ordinal) || !NameAfterSlash().IsMatch(key))
            {
                reasons.Add(ModuleDiagnostic.OwnKeys.Say($"{name}: '{key}' must be '{manifest.Key}/' and a kebab-case name."));
            }
        }

        foreach (var kind in feedback)
        {
            foreach (var unknown in kind.Answers.Where(answer => canonical.Find(answer) is null))
            {
                reasons.Add(ModuleDiagnostic.KnownCanonical.Say($"{name}: '{kind.Kind}' answers unknown canonical measure '{unknown}'. Take one of measures.json."));
            }

            foreach (var member in FeedbackDbContext.MembersNotSimple(kind.ReportType))
            {
                reasons.Add(ModuleDiagnostic.SimpleMembers.Say(
                    $"{name}: {kind.ReportType.Name}.{member.Name} is a {member.PropertyType.Name}; a report holds texts, numbers, dates, instants and yes-or-no only."));
            }
        }

        return new ModuleRegistration(definition, manifest, assembly, criteria, memoranda, feedback, sets) { Source = source };
    }

    private static IEnumerable<(ModuleDiagnostic Rule, string Fault)> Faults(ModuleManifest manifest, DepartmentDirectory departments, DateOnly today)
    {
        var lives = ModuleContract.Lives;
        if (!lives.Accepts(manifest.ContractVersion, today))
        {
            var ended = lives.LastDayOf(manifest.ContractVersion) is { } last ? $" Contract {manifest.ContractVersion} ran until {last:yyyy-MM-dd}." : "";
            yield return (
                ModuleDiagnostic.ContractVersion,
                $"built for contract {manifest.ContractVersion}; this host speaks {lives.Current.Version}.{ended} Rebuild it against this host.");
        }

        if (!KebabCase().IsMatch(manifest.Key))
        {
            yield return (ModuleDiagnostic.ModuleKey, $"key '{manifest.Key}' is not kebab case: lower-case letters, digits and single hyphens.");
        }

        foreach (var department in manifest.Departments.Where(department => departments.Find(department) is not { OutsideDistrict: false }))
        {
            yield return (ModuleDiagnostic.Department, $"department '{department}' is not a department of the district. Keys are listed at /odata/public/Departments.");
        }

        foreach (var twice in manifest.Departments.CountBy(department => department).Where(count => count.Value > 1))
        {
            yield return (ModuleDiagnostic.Department, $"department '{twice.Key}' is served twice. Name it once, as Department or in AlsoServes.");
        }
    }

    // Written in code or in a file, a memorandum keeps the same rules.
    private static IEnumerable<string> FaultsOf(IMemorandum memorandum, DepartmentDirectory departments, CanonicalMeasures canonical) =>
        memorandum.Measures.SelectMany(measure => MeasureLine.Of(measure)
            .Faults(memorandum.Code, new MemorandumTriggerRow(memorandum.Trigger.List, memorandum.Trigger.Domains), departments, canonical)
            .Select(fault => fault.English));

    private static T? Create<T>(Type type, ICollection<string> reasons, ModuleSource? source)
        where T : class
    {
        if (type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is null)
        {
            reasons.Add(ModuleDiagnostic.NoConstructorArguments.Say($"{type.FullName} needs a constructor without parameters: it states rules and uses no services."));
            return null;
        }

        try
        {
            return (T)Activator.CreateInstance(type, nonPublic: true)!;
        }
        // What a dropped-in module throws is for the list of modules to put into words.
        catch (TargetInvocationException thrown) when (source is null)
        {
            var fault = thrown.InnerException!;
            reasons.Add(ModuleDiagnostic.NoConstructorArguments.Say($"{type.FullName}: its constructor threw {fault.GetType().Name}: {fault.Message} It states rules: it must work without calling anything."));
            return null;
        }
    }

    private static IEnumerable<object> Each(Type[] types, Type role, string reader, string module) =>
        from type in types
        from implemented in type.GetInterfaces()
        where implemented.IsGenericType && implemented.GetGenericTypeDefinition() == role
        select typeof(ModuleReader).GetMethod(reader, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type, implemented.GenericTypeArguments[0])
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [module], culture: null)!;

    private static FeedbackKind ReadFeedback<TFeedback, TReport>(string module)
        where TFeedback : IFeedback<TReport>
        where TReport : class =>
        new(TFeedback.Kind, [.. TFeedback.Answers], TFeedback.Summary, typeof(TReport), typeof(TFeedback), module);

    private static ModuleSet ReadSet<TSet, TRow>(string module)
        where TSet : IEntitySet<TRow>
        where TRow : class =>
        new(TSet.Name, TSet.Surface, typeof(TRow), typeof(TSet), module);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[^/]+/[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex NameAfterSlash();
}
