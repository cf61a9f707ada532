using System.Reflection;
using System.Runtime.Loader;

namespace Credit.Core.Modules.DropIn;

/// <summary>
/// Where dropped-in modules live: every assembly the host brings is the host's, so a module's contract types are the host's types;
/// the rest comes from the files that were checked, never from the disk again.
/// </summary>
/// <param name="files">Checked assemblies by name.</param>
internal sealed class ModuleLoadContext(IReadOnlyDictionary<string, byte[]> files) : AssemblyLoadContext("modules")
{
    /// <summary>Names of the checked assemblies.</summary>
    public IReadOnlyCollection<string> Names { get; } = [.. files.Keys];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name && !HostAssemblies.Has(name) && files.TryGetValue(name, out var content)
            ? LoadFromStream(new MemoryStream(content, writable: false))
            : null;
}
