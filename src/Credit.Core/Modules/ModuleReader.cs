using System.Reflection;
using System.Text.RegularExpressions;
using Credit.Abstractions;
using Credit.Core.Reference;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Modules;

/// <summary>Reads one module assembly and collects everything that speaks against it.</summary>
internal static partial class ModuleReader
{
    /// <summary>The module, or null when it cannot be read; the reasons say why.</summary>
    public static ModuleRegistration? Read(
        Assembly assembly, DepartmentDirectory departments, CanonicalMeasures canonical, IConfiguration configuration, ICollection<string> reasons)
    {
        var name = assembly.GetName().Name;
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException broken)
        {
            reasons.Add($"{name} does not load against this contract: {broken.LoaderExceptions.FirstOrDefault()?.Message}");
            return null;
        }

        types = [.. types.Where(type => type is { IsAbstract: false, IsInterface: false })];
        var definitions = types.Where(type => type.IsPublic && type.IsAssignableTo(typeof(ICreditModule))).ToList();
        if (definitions.Count != 1)
        {
            reasons.Add($"{name} has {definitions.Count} public classes that implement ICreditModule; a module has exactly one.");
            return null;
        }

        if (Create<ICreditModule>(definitions[0], reasons) is not { } definition)
        {
            return null;
        }

        var manifest = definition.Manifest;
        foreach (var fault in Faults(manifest, departments))
        {
            reasons.Add($"{name}: {fault}");
        }

        if (manifest.ContractVersion != ModuleContract.Version)
        {
            return null;
        }

        var sets = Each(types, typeof(IEntitySet<>), nameof(ReadSet), manifest.Key).Cast<ModuleSet>().ToList();
        var feedback = Each(types, typeof(IFeedback<>), nameof(ReadFeedback), manifest.Key).Cast<FeedbackKind>().ToList();
        var criteria = types.Where(type => type.IsAssignableTo(typeof(ICriterion))).Select(type => Create<ICriterion>(type, reasons)).OfType<ICriterion>().ToList();
        var coded = types.Where(type => type.IsAssignableTo(typeof(IMemorandum))).Select(type => Create<IMemorandum>(type, reasons)).OfType<IMemorandum>().ToList();
        foreach (var (memorandum, fault) in coded.SelectMany(memorandum => FaultsOf(memorandum, departments, canonical).Select(fault => (memorandum, fault))))
        {
            reasons.Add($"{name}: {memorandum.Code} version {memorandum.Version}, {fault}");
        }

        IReadOnlyList<IMemorandum> memoranda = [.. coded, .. MemorandumFile.LoadFrom(assembly, departments, canonical, reasons)];

        foreach (var key in criteria.Select(criterion => criterion.Key).Concat(feedback.Select(kind => kind.Kind)))
        {
            if (!key.StartsWith(manifest.Key + "/", StringComparison.Ordinal) || !NameAfterSlash().IsMatch(key))
            {
                reasons.Add($"{name}: '{key}' must be '{manifest.Key}/' and a kebab-case name.");
            }
        }

        foreach (var kind in feedback)
        {
            foreach (var unknown in kind.Answers.Where(answer => canonical.Find(answer) is null))
            {
                reasons.Add($"{name}: '{kind.Kind}' answers unknown canonical measure '{unknown}'.");
            }
        }

        var services = new ServiceCollection();
        definition.AddServices(services, configuration);
        return new ModuleRegistration(definition, assembly, criteria, memoranda, feedback, sets, services);
    }

    private static IEnumerable<string> Faults(ModuleManifest manifest, DepartmentDirectory departments)
    {
        if (manifest.ContractVersion != ModuleContract.Version)
        {
            yield return $"built for contract {manifest.ContractVersion}; this host speaks {ModuleContract.Version}. Rebuild it against this host.";
        }

        if (!KebabCase().IsMatch(manifest.Key))
        {
            yield return $"key '{manifest.Key}' is not kebab case.";
        }

        if (departments.Find(manifest.Department) is not { OutsideDistrict: false })
        {
            yield return $"department '{manifest.Department}' is not a department of the district.";
        }
    }

    // Written in code or in a file, a memorandum keeps the same rules.
    private static IEnumerable<string> FaultsOf(IMemorandum memorandum, DepartmentDirectory departments, CanonicalMeasures canonical) =>
        memorandum.Measures.SelectMany(measure => MeasureLine.Of(measure)
            .Faults(memorandum.Code, new MemorandumTriggerRow(memorandum.Trigger.List, memorandum.Trigger.Domains), departments, canonical)
            .Select(fault => fault.English));

    private static T? Create<T>(Type type, ICollection<string> reasons)
        where T : class
    {
        if (type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is null)
        {
            reasons.Add($"{type.FullName} needs a constructor without parameters: it states rules and uses no services.");
            return null;
        }

        return (T)Activator.CreateInstance(type, nonPublic: true)!;
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
        new(TFeedback.Kind, TFeedback.Answers, TFeedback.Summary, typeof(TReport), typeof(TFeedback), module);

    private static ModuleSet ReadSet<TSet, TRow>(string module)
        where TSet : IEntitySet<TRow>
        where TRow : class =>
        new(TSet.Name, TSet.Surface, typeof(TRow), typeof(TSet), module);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[^/]+/[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex NameAfterSlash();
}
