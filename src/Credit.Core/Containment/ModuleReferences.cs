using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Containment;

/// <summary>
/// What a module's code, and a library's that comes with it, may name: the contract, the domain and the shared framework, without the
/// <see cref="ModuleDoors"/> that lead around the contract. Checked before anything of it runs, because what is dropped in was not built
/// by this repository (CRED001). It stops what is done by mistake or in the open; it is no wall against code that hides what it does.
/// </summary>
internal static class ModuleReferences
{
    private static readonly FrozenSet<string> Contract = new[] { "Credit.Abstractions", "Credit.Domain" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Framework = new[] { typeof(object), typeof(IEndpointRouteBuilder) }
        .SelectMany(type => Directory.EnumerateFiles(Path.GetDirectoryName(type.Assembly.Location)!, "*.dll"))
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Everything a module names that it may not.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="source">Where it came from when it was not loaded from a file of its own; null when it was.</param>
    public static IReadOnlyList<string> Faults(Assembly assembly, ModuleSource? source = null) =>
        source is not null ? Faults(source.Image, source.Beside)
        : File.Exists(assembly.Location) ? Faults(File.ReadAllBytes(assembly.Location), [])
        : ["was not loaded from a file, so what it names cannot be checked."];

    /// <summary>Everything an assembly names that it may not.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="beside">Names of reviewed libraries it may use.</param>
    public static IReadOnlyList<string> Faults(byte[] image, IReadOnlyCollection<string> beside)
    {
        using var file = new PEReader(new MemoryStream(image, writable: false));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))
                .Where(name => !MayKnow(name) && !beside.Contains(name, StringComparer.Ordinal))
                .Select(name => $"references {name}; a module may reference Credit.Abstractions and the shared framework only."),
            .. ModuleDoors.OpenedBy(metadata).Distinct().Select(door => $"uses {door}, which leads around the contract."),
            .. NativeIn(file, metadata) ? ["calls native code."] : Array.Empty<string>(),
        ];
    }

    /// <summary>True for an assembly of the framework or the house: what a module attaches to the host is made of these only.</summary>
    public static bool IsHosts(Assembly assembly) => assembly.GetName().Name is { } name && (Framework.Contains(name) || name is "Credit.Core" || Contract.Contains(name));

    private static bool MayKnow(string name) => Contract.Contains(name) || (Framework.Contains(name) && !ModuleDoors.IsClosed(name));

    // Native code beside the IL, mixed in or compiled ahead, is what runs in its place, and nobody reads it here.
    private static bool NativeIn(PEReader file, MetadataReader metadata) =>
        file.PEHeaders.CorHeader is not { } header || !header.Flags.HasFlag(CorFlags.ILOnly) || header.ManagedNativeHeaderDirectory.Size > 0
        || metadata.MethodDefinitions.Any(method => metadata.GetMethodDefinition(method).Attributes.HasFlag(MethodAttributes.PinvokeImpl));
}

/// <summary>Where an assembly came from that was checked before it was loaded.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Image">The bytes that were checked and loaded.</param>
/// <param name="Beside">Names of reviewed libraries beside it, which it may use.</param>
/// <param name="Optional">True when the host may run without it.</param>
internal sealed record ModuleSource(string File, byte[] Image, IReadOnlyCollection<string> Beside, bool Optional);
