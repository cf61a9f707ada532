using System.Collections.Frozen;
using System.Reflection.Metadata;

namespace Credit.Core.Containment;

/// <summary>
/// Ways of the framework to other people's types, settings, files and memory, and ways to change or end the host for everybody. Told by the
/// names of types and members, whichever assembly they are referenced through: facades forward them.
/// </summary>
internal static class ModuleDoors
{
    // Assemblies of the framework a module has no use for: late binding, databases, hosts of its own, the host's settings and keys.
    private static readonly FrozenSet<string> Assemblies = new[]
    {
        "Microsoft.CSharp", "System.Data.Common", "System.Data", "System.Reflection.Emit", "System.Diagnostics.Process", "System.Net.Sockets",
        "System.Net.HttpListener", "System.Net.Mail", "System.Net.Quic",
        "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Server.Kestrel.Core",
        "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.DataProtection.Extensions", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Configuration.CommandLine", "Microsoft.Extensions.Configuration.EnvironmentVariables", "Microsoft.Extensions.Configuration.FileExtensions",
        "Microsoft.Extensions.Configuration.Ini", "Microsoft.Extensions.Configuration.Json", "Microsoft.Extensions.Configuration.KeyPerFile",
        "Microsoft.Extensions.Configuration.UserSecrets", "Microsoft.Extensions.Configuration.Xml", "Microsoft.Extensions.FileProviders.Physical",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Namespaces =
    [
        "Microsoft.CSharp", "Microsoft.Win32", "System.Data", "System.Formats.Tar", "System.IO.IsolatedStorage", "System.IO.MemoryMappedFiles", "System.IO.Pipes",
        "System.Net.Mail", "System.Net.Quic", "System.Net.Sockets", "System.Reflection.Emit", "System.Reflection.Metadata", "System.Runtime.Loader",
    ];

    private static readonly FrozenSet<string> Types = new[]
    {
        // Other people's types and memory.
        "System.Activator", "System.AppContext", "System.AppDomain", "System.ComponentModel.MemberDescriptor", "System.ComponentModel.PropertyDescriptor",
        "System.ComponentModel.TypeDescriptor", "System.Diagnostics.StackFrame", "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute",
        "System.Runtime.CompilerServices.UnsafeAccessorAttribute", "System.Runtime.InteropServices.GCHandle", "System.Runtime.InteropServices.Marshal",
        "System.Runtime.InteropServices.NativeLibrary", "System.Security.UnverifiableCodeAttribute",

        // Buffers hold what others left in them.
        "System.Buffers.ArrayPool`1", "System.Buffers.MemoryPool`1",

        // Requests of others and what the host does meanwhile.
        "Microsoft.AspNetCore.Http.HttpContextAccessor", "Microsoft.AspNetCore.Http.RequestDelegateFactory", "System.Diagnostics.ActivityListener",
        "System.Diagnostics.DiagnosticListener", "System.Diagnostics.Metrics.MeterListener", "System.Diagnostics.Tracing.EventListener",

        // Files, programs and doors of their own to the network.
        "System.Console", "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.IO.Compression.ZipFile", "System.IO.Compression.ZipFileExtensions",
        "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.DriveInfo", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream",
        "System.IO.FileSystemWatcher", "System.IO.RandomAccess", "System.Net.FileWebRequest", "System.Net.HttpListener", "System.Net.WebClient", "System.Net.WebRequest",
        "System.Security.Cryptography.X509Certificates.X509CertificateLoader", "System.Security.Cryptography.X509Certificates.X509Store", "System.Xml.XmlUrlResolver",

        // Where an exception reaches nobody and ends the process: async void, timers, threads of the pool, what a failed assertion is told to.
        "System.Diagnostics.DefaultTraceListener", "System.Diagnostics.TraceListener", "System.Diagnostics.TraceSource", "System.Progress`1",
        "System.Runtime.CompilerServices.AsyncVoidMethodBuilder", "System.Threading.SynchronizationContext", "System.Threading.ThreadPool", "System.Threading.Timer",
        "System.Timers.Timer",

        // Threads of the host's pool: what blocks there keeps everybody waiting.
        "System.Linq.ParallelEnumerable", "System.Threading.Tasks.Parallel", "System.Threading.Tasks.TaskFactory", "System.Threading.Tasks.TaskFactory`1",

        // Settings of the whole process, and the signals that end it.
        "System.Net.ServicePointManager", "System.Runtime.ExceptionServices.ExceptionHandling", "System.Runtime.GCSettings",
        "System.Runtime.InteropServices.PosixSignalRegistration",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<(string Type, string Member)> Members = new[]
    {
        ("System.Delegate", "get_Method"), ("System.Diagnostics.Activity", "set_DefaultIdFormat"), ("System.Diagnostics.Activity", "set_ForceDefaultIdFormat"),
        ("System.Diagnostics.Activity", "set_TraceIdGenerator"), ("System.Diagnostics.ActivitySource", "AddActivityListener"),
        ("System.Globalization.CultureInfo", "set_DefaultThreadCurrentCulture"), ("System.Globalization.CultureInfo", "set_DefaultThreadCurrentUICulture"),
        ("System.Linq.Expressions.LambdaExpression", "Compile"), ("System.Linq.Expressions.Expression`1", "Compile"), ("System.Net.Http.HttpClient", "set_DefaultProxy"),
        ("System.IO.Path", "GetTempFileName"), ("System.Security.Cryptography.X509Certificates.X509Certificate2", "CreateFromEncryptedPemFile"),
        ("System.Security.Cryptography.X509Certificates.X509Certificate2", "CreateFromPemFile"), ("System.Text.Encoding", "RegisterProvider"),
        ("System.Text.RegularExpressions.Regex", "set_CacheSize"),
        ("System.Object", "Finalize"), ("System.Threading.CancellationTokenSource", "CancelAfter"), ("System.Threading.Tasks.Task", "Run"),
        ("System.Threading.Tasks.TaskScheduler", "add_UnobservedTaskException"), ("System.Threading.Tasks.TaskScheduler", "get_Default"),
        ("System.Threading.Thread", ".ctor"), ("System.TimeProvider", "CreateTimer"),
    }.ToFrozenSet();

    // Constructors that are doors when they take anything: a time, after which what was registered runs and may throw on a thread of nobody's; a callback likewise.
    private static readonly FrozenSet<string> Bare = new[] { "System.Threading.AsyncLocal`1", "System.Threading.CancellationTokenSource" }.ToFrozenSet(StringComparer.Ordinal);

    // Doors when their first argument is a text, which then is the name of a file.
    private static readonly FrozenSet<(string Type, string Member)> OfFiles = new[]
    {
        ("System.IO.StreamReader", ".ctor"), ("System.IO.StreamWriter", ".ctor"), ("System.Resources.ResourceReader", ".ctor"), ("System.Resources.ResourceWriter", ".ctor"),
        ("System.Security.Cryptography.X509Certificates.X509Certificate", ".ctor"), ("System.Security.Cryptography.X509Certificates.X509Certificate2", ".ctor"),
        ("System.Xml.Linq.XDocument", "Load"), ("System.Xml.Linq.XDocument", "Save"), ("System.Xml.Linq.XElement", "Load"), ("System.Xml.Linq.XElement", "Save"),
        ("System.Xml.XPath.XPathDocument", ".ctor"), ("System.Xml.XmlDocument", "Load"), ("System.Xml.XmlDocument", "Save"), ("System.Xml.XmlReader", "Create"),
        ("System.Xml.XmlTextReader", ".ctor"), ("System.Xml.XmlTextWriter", ".ctor"), ("System.Xml.XmlWriter", "Create"), ("System.Xml.Xsl.XslCompiledTransform", "Load"),
    }.ToFrozenSet();

    // Whatever type they are named on: a member is reached through every type that inherits it.
    private static readonly FrozenSet<string> Anywhere = new[] { "ConfigureAwait", "CreateDelegate", "DynamicInvoke", "InvokeMember" }.ToFrozenSet(StringComparer.Ordinal);

    // Types with so many doors that what a module needs of them is the shorter list; mostly what compilers write.
    private static readonly FrozenDictionary<string, string[]> Only = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["System.Diagnostics.Debug"] = ["Write", "WriteLine"],
        ["System.Diagnostics.Trace"] = ["TraceError", "TraceInformation", "TraceWarning", "Write", "WriteLine"],
        ["System.Environment"] = ["get_CurrentManagedThreadId", "get_NewLine", "get_ProcessorCount", "get_TickCount", "get_TickCount64"],
        ["System.GC"] = ["KeepAlive", "SuppressFinalize"],
        ["System.Reflection.ConstructorInfo"] = [],
        ["System.Reflection.FieldInfo"] = ["GetFieldFromHandle"],
        ["System.Reflection.MemberInfo"] = ["get_Name"],
        ["System.Reflection.MethodBase"] = ["GetMethodFromHandle"],
        ["System.Reflection.MethodInfo"] = [],
        ["System.Runtime.CompilerServices.RuntimeHelpers"] =
            ["CreateSpan", "EnsureSufficientExecutionStack", "Equals", "GetHashCode", "GetSubArray", "InitializeArray", "IsReferenceOrContainsReferences", "get_OffsetToStringData"],
        ["System.Type"] =
        [
            "Equals", "GetHashCode", "GetTypeCode", "GetTypeFromHandle", "IsAssignableFrom", "IsAssignableTo", "IsInstanceOfType", "ToString", "get_FullName", "get_IsEnum",
            "get_IsValueType", "get_Namespace", "op_Equality", "op_Inequality",
        ],
    }.ToFrozenDictionary();

    /// <summary>True for an assembly of the framework that is a door as a whole.</summary>
    public static bool IsClosed(string assembly) => Assemblies.Contains(assembly);

    /// <summary>The doors an assembly opens, each as its type or its type and member.</summary>
    public static IEnumerable<string> OpenedBy(MetadataReader metadata) =>
    [
        .. metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).Where(IsClosedType),

        // The runtime knows some attributes by name, whoever defines them.
        .. metadata.TypeDefinitions.Select(handle => NameOf(metadata, handle)).Where(Types.Contains),
        .. from handle in metadata.MemberReferences
           let member = metadata.GetMemberReference(handle)
           let type = NameOf(metadata, member.Parent)
           let name = metadata.GetString(member.Name)
           where type.Length > 0 && (IsDoor(type, name) || IsDoor(metadata, member, type, name))
           select $"{type}.{name}",
    ];

    private static bool IsClosedType(string type) =>
        Types.Contains(type)
        || Array.Exists(Namespaces, closed => type.StartsWith(closed + ".", StringComparison.Ordinal))
        || (type.StartsWith("System.Reflection.", StringComparison.Ordinal) && !Only.ContainsKey(type) && !type.EndsWith("Attribute", StringComparison.Ordinal)
            && !type.EndsWith("Attributes", StringComparison.Ordinal) && type != "System.Reflection.BindingFlags");

    private static bool IsDoor(string type, string member) =>
        Anywhere.Contains(member) || Members.Contains((type, member)) || (Only.TryGetValue(type, out var open) && !open.Contains(member, StringComparer.Ordinal))

        // What compilers write goes through a builder; called as it is, nobody catches what the continuation throws.
        || (member is "OnCompleted" or "UnsafeOnCompleted" && type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal));

    private static bool IsDoor(MetadataReader metadata, MemberReference member, string type, string name) =>
        member.GetKind() == MemberReferenceKind.Method
        && ((name == ".ctor" && Bare.Contains(type) && FirstOf(metadata, member) is not null)
            || (OfFiles.Contains((type, name)) && FirstOf(metadata, member) == SignatureTypeCode.String));

    // The first parameter of a method that returns nothing or a type with a name; null when it has none.
    private static SignatureTypeCode? FirstOf(MetadataReader metadata, MemberReference method)
    {
        var signature = metadata.GetBlobReader(method.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        if (signature.ReadCompressedInteger() == 0)
        {
            return null;
        }

        if (signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle)
        {
            signature.ReadTypeHandle();
        }

        return signature.ReadSignatureTypeCode();
    }

    // Of a nested type the outermost, of a constructed one its definition; nothing for what has no name.
    private static string NameOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                var reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return reference.ResolutionScope.Kind == HandleKind.TypeReference
                    ? NameOf(metadata, reference.ResolutionScope)
                    : $"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}";
            case HandleKind.TypeDefinition:
                var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                return $"{metadata.GetString(definition.Namespace)}.{metadata.GetString(definition.Name)}";
            case HandleKind.TypeSpecification:
                var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                {
                    return "";
                }

                signature.ReadCompressedInteger();
                return NameOf(metadata, signature.ReadTypeHandle());
            default:
                return "";
        }
    }
}
