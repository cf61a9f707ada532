using System.Reflection;
using Credit.Core.Containment;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Microsoft.Extensions.Configuration;

namespace Credit.Core.Modules.DropIn;

/// <summary>A module of the folder as far as it came.</summary>
/// <param name="File">The file.</param>
/// <param name="Standing">How it fared.</param>
internal sealed record DroppedModule(DroppedFile File, ModuleStanding Standing);

/// <summary>
/// The folder of reviewed modules (<c>Modules:Folder</c>), off unless configured. It is flat: <c>Credit.Modules.X.dll</c> is a module,
/// any other <c>.dll</c> a library of theirs, <c>.xml</c> doc comments. Every one of them is reviewed or refused.
/// </summary>
internal static class ModuleFolder
{
    /// <summary>Reads every module of the folder; files beside them appear only when they are refused. Null when the folder is off.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="departments">The departments of the district.</param>
    /// <param name="canonical">The canonical measures.</param>
    /// <param name="broken">Optional modules found broken after they had been admitted: listed, not loaded.</param>
    /// <exception cref="ModulesRefusedException">The folder or its list cannot be used at all.</exception>
    public static IReadOnlyList<DroppedModule>? Read(IConfiguration configuration, DepartmentDirectory departments, CanonicalMeasures canonical, IReadOnlyList<BrokenModule> broken)
    {
        if (configuration["Modules:Folder"] is not { Length: > 0 } named)
        {
            return null;
        }

        var reasons = new List<string>();
        var allowed = AllowList.Read(configuration, reasons);
        using var key = ReviewKey.Read(configuration, reasons);
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(named)));
        if (!folder.Exists)
        {
            reasons.Add($"Modules:Folder: there is no folder {named}.");
        }

        var root = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        reasons.AddRange(new[] { (Setting: "Modules:AllowList", Path: configuration["Modules:AllowList"] ?? AllowList.DefaultFile), (Setting: "Modules:PublicKey", Path: configuration["Modules:PublicKey"] ?? "") }
            .Where(guard => File.Exists(guard.Path) && IsIn(guard.Path, folder.FullName, root))
            .Select(guard => $"{guard.Setting} lies in the folder it guards: who may drop a module there would review it himself. Keep it elsewhere."));
        ModulesRefusedException.ThrowIfAny(reasons);
        var files = Look(root, allowed, key);
        var context = new ModuleLoadContext(files.Where(file => file is { Refusal: null, IsAssembly: true }).ToDictionary(file => file.Assembly, file => file.Content, StringComparer.OrdinalIgnoreCase));
        return
        [
            .. files.Where(file => file.Refusal is not null).Select(file => new DroppedModule(file, Standing(file, ModuleState.Refused, file.Refusal))),
            .. files.Where(file => file is { Refusal: null, IsModule: true })
                .Select(file => new DroppedModule(file, broken.FirstOrDefault(each => each.File == file.File) is { } known
                    ? Standing(file, known.State, known.Failure)
                    : Load(file, context, departments, canonical, configuration) with { Comments = CommentsOf(file, files) })),
        ];
    }

    private static bool IsIn(string path, params string[] folders) => Array.Exists(folders, folder => Path.GetDirectoryName(Path.GetFullPath(path)) == folder);

    private static List<DroppedFile> Look(string root, AllowList allowed, ReviewKey? key)
    {
        var present = Directory.EnumerateFiles(root, "*.dll").Select(path => Path.GetFileName(path)!);
        var files = present.Union(allowed.Files.Select(line => line.File), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(file => DroppedFile.Look(root, file, allowed, key)).ToList();
        string[] libraries = [.. files.Where(file => file is { Refusal: null, IsAssembly: true, IsModule: false }).Select(file => file.Assembly)];
        files = [.. files.Select(file => libraries.Contains(file.Assembly, StringComparer.Ordinal) && file.IsAssembly ? file.AgainstRulesOfModules(libraries) : file)];
        var sound = files.Where(file => file.Refusal is null).ToDictionary(file => file.File, StringComparer.OrdinalIgnoreCase);
        return [.. files.Select(file => file is { Refusal: null, IsModule: true } && AgainstReferences(file, sound) is { } reason ? file.Refuse(reason) : file)];
    }

    // A module sees the contract and nothing else of the platform, and what it needs is the host's or reviewed.
    private static string? AgainstReferences(DroppedFile module, Dictionary<string, DroppedFile> sound)
    {
        var foreign = module.References.Where(name => name.StartsWith("Credit.", StringComparison.OrdinalIgnoreCase)
            && (HostAssemblies.House.Contains(name) || name.StartsWith(ModuleCatalog.Prefix, StringComparison.OrdinalIgnoreCase))
            && name is not ("Credit.Abstractions" or "Credit.Domain")).ToArray();
        if (foreign.Length > 0)
        {
            return $"references {string.Join(", ", foreign)}; of the platform, a module may reference Credit.Abstractions only.";
        }

        var needed = new Queue<string>(module.References);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        while (needed.TryDequeue(out var name))
        {
            if (HostAssemblies.Has(name) || !seen.Add(name))
            {
                continue;
            }

            if (!sound.TryGetValue(name + ".dll", out var library))
            {
                missing.Add(name);
                continue;
            }

            foreach (var further in library.References)
            {
                needed.Enqueue(further);
            }
        }

        return missing.Count > 0 ? $"needs {string.Join(", ", missing)}, which neither the host brings nor a reviewed file of the folder." : null;
    }

    private static ModuleStanding Load(
        DroppedFile file, ModuleLoadContext context, DepartmentDirectory departments, CanonicalMeasures canonical, IConfiguration configuration)
    {
        try
        {
            var assembly = context.LoadFromAssemblyName(new AssemblyName(file.Assembly));
            _ = assembly.GetTypes();
            var reasons = new List<string>();
            var module = ModuleCatalog.Read(
                assembly, departments, canonical, TimeProvider.System.Today(), configuration, TimeSpan.FromSeconds(ContainmentLimits.Read(configuration).StartSeconds), reasons,
                new(file.File, file.Content, context.Names, file.Optional));
            return module is not null && reasons.Count == 0
                ? Standing(file, ModuleState.Loaded, null) with { Module = module }
                : Standing(file, ModuleState.Refused, string.Join(' ', reasons));
        }
        catch (Exception broken)
        {
            return Standing(file, ModuleState.Failed, ModuleFault.Text(broken));
        }
    }

    private static ModuleStanding Standing(DroppedFile file, ModuleState state, string? failure) =>
        new(file.File, file.Version, ModuleOrigin.Folder, state, failure, null);

    private static byte[]? CommentsOf(DroppedFile module, List<DroppedFile> files) =>
        files.Find(file => file.Refusal is null && file.File == module.Assembly + ".xml")?.Content;
}
