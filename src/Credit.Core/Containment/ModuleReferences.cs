using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Containment;

/// <summary>
/// What a module's code may name: the contract, the domain and the shared framework, without the doors that lead around the
/// contract. Checked when the module is read, because what is dropped in was not built by this repository (CRED001).
/// It stops what is done by mistake or in the open; it is no wall against code that hides what it does.
/// </summary>
internal static class ModuleReferences
{
    private static readonly string[] Contract = ["Credit.Abstractions", "Credit.Domain"];

    // Late binding and databases are part of the framework; a module has no use for them.
    private static readonly string[] Closed = ["Microsoft.CSharp", "System.Data.Common", "System.Data", "System.Reflection.Emit", "System.Diagnostics.Process"];

    private static readonly string[] Folders =
        [.. new[] { typeof(object), typeof(IEndpointRouteBuilder) }.Select(type => Path.GetDirectoryName(type.Assembly.Location)!)];

    // Ways to other people's types, settings and memory, and ways to end the host.
    private static readonly (string Type, string Member)[] Doors =
    [
        ("System.Environment", "GetEnvironmentVariable"), ("System.Environment", "GetEnvironmentVariables"), ("System.Environment", "Exit"), ("System.Environment", "FailFast"),
        ("System.Type", "GetType"), ("System.AppDomain", "*"), ("System.Activator", "CreateInstance"), ("System.Runtime.Loader.AssemblyLoadContext", "*"),
        ("System.Reflection.Assembly", "*"), ("System.Reflection.MethodBase", "Invoke"), ("System.Reflection.FieldInfo", "GetValue"), ("System.Reflection.FieldInfo", "SetValue"),
        ("System.Reflection.PropertyInfo", "GetValue"), ("System.Reflection.PropertyInfo", "SetValue"),
        ("System.Reflection.ConstructorInfo", "Invoke"), ("System.Type", "InvokeMember"), ("System.Reflection.MethodInfo", "CreateDelegate"),
        ("System.Delegate", "CreateDelegate"), ("System.Delegate", "DynamicInvoke"), ("System.Reflection.MethodInvoker", "*"), ("System.Reflection.ConstructorInvoker", "*"),
        ("System.Linq.Expressions.LambdaExpression", "Compile"), ("System.Environment", "ExpandEnvironmentVariables"),
        ("System.Runtime.InteropServices.NativeLibrary", "*"), ("System.Runtime.InteropServices.Marshal", "GetDelegateForFunctionPointer"), ("System.Runtime.CompilerServices.UnsafeAccessorAttribute", "*"),
        ("System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", "*"), ("Microsoft.AspNetCore.Http.HttpContextAccessor", "*"),
    ];

    /// <summary>Everything the assembly names that it may not.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="source">Where it came from when it was not loaded from a file of its own; null when it was.</param>
    public static IReadOnlyList<string> Faults(Assembly assembly, ModuleSource? source = null) =>
    [
        .. assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !MayKnow(name) && source?.Beside.Contains(name) != true)
            .Select(name => $"references {name}; a module may reference Credit.Abstractions and the shared framework only."),
        .. source is not null ? DoorsIn(new MemoryStream(source.Image, writable: false))
            : File.Exists(assembly.Location) ? DoorsIn(File.OpenRead(assembly.Location))
            : ["was not loaded from a file, so what it names cannot be checked."],
    ];

    private static bool MayKnow(string name) =>
        Contract.Contains(name) || (!Closed.Contains(name) && Array.Exists(Folders, folder => File.Exists(Path.Combine(folder, name + ".dll"))));

    private static List<string> DoorsIn(Stream file)
    {
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var faults = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                continue;
            }

            var parent = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            var type = $"{metadata.GetString(parent.Namespace)}.{metadata.GetString(parent.Name)}";
            var name = metadata.GetString(member.Name);
            if (Array.Exists(Doors, door => door.Type == type && (door.Member == name || door.Member == "*")))
            {
                faults.Add($"uses {type}.{name}, which leads around the contract.");
            }
        }

        if (metadata.MethodDefinitions.Any(method => (metadata.GetMethodDefinition(method).Attributes & MethodAttributes.PinvokeImpl) == MethodAttributes.PinvokeImpl))
        {
            faults.Add("calls native code.");
        }

        return [.. faults.Distinct()];
    }
}

/// <summary>Where an assembly came from that was checked before it was loaded.</summary>
/// <param name="Image">The bytes that were checked and loaded.</param>
/// <param name="Beside">Names of reviewed libraries beside it, which it may use.</param>
internal sealed record ModuleSource(byte[] Image, IReadOnlyCollection<string> Beside);
