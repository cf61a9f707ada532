using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml;
using System.Xml.Linq;
using Credit.Core.Containment;

namespace Credit.Core.Modules.DropIn;

/// <summary>A file of the folder after the host looked at it. It was read once: what was checked is what is loaded.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Optional">True when the host may run without it.</param>
/// <param name="Content">What was checked; empty when the file was refused.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
internal sealed record DroppedFile(string File, bool Optional, byte[] Content, string? Refusal)
{
    /// <summary>Name of the assembly, which is the name of the file.</summary>
    public string Assembly => Path.GetFileNameWithoutExtension(File);

    /// <summary>True for a module, false for a library or for doc comments beside it.</summary>
    public bool IsModule => IsAssembly && Assembly.StartsWith(ModuleCatalog.Prefix, StringComparison.Ordinal);

    /// <summary>True for a module or a library.</summary>
    public bool IsAssembly => File.EndsWith(".dll", StringComparison.Ordinal);

    /// <summary>Version of the assembly; null when nothing could be read.</summary>
    public string? Version { get; private init; }

    /// <summary>Names of the assemblies it needs.</summary>
    public IReadOnlyList<string> References { get; private init; } = [];

    /// <summary>Looks at one file.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="file">Name of the file in it.</param>
    /// <param name="allowed">The reviewed files.</param>
    /// <param name="key">Key of the reviewers; null when none is configured.</param>
    public static DroppedFile Look(string folder, string file, AllowList allowed, ReviewKey? key)
    {
        var line = allowed.Find(file);
        var path = Path.Combine(folder, file);
        var optional = line is { Optional: true };
        if (HostAssemblies.House.Contains(Path.GetFileNameWithoutExtension(file)) && file.EndsWith(".dll", StringComparison.Ordinal))
        {
            return Refused(file, optional, "is a copy of an assembly of the host; modules share the host's own. Remove it.");
        }

        if (!System.IO.File.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            return Refused(file, optional, "is in the list of reviewed files but not in the folder.");
        }

        if (LeadsOut(folder, path))
        {
            return Refused(file, optional, "is a link out of the folder; a link may name a file of the same folder only.");
        }

        try
        {
            var content = System.IO.File.ReadAllBytes(path);
            var dropped = new DroppedFile(file, optional, content, AgainstReview(path, content, line, key));
            return dropped switch
            {
                { Refusal: { } reason } => dropped.Refuse(reason),
                { IsAssembly: true } => dropped.Read(),
                _ => dropped.ReadComments(),
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refused(file, optional, "cannot be read.");
        }
    }

    /// <summary>The same library, refused when it names what a module may not: it runs where the module runs.</summary>
    /// <param name="libraries">Names of the reviewed libraries.</param>
    public DroppedFile AgainstRulesOfModules(IReadOnlyCollection<string> libraries) =>
        ModuleReferences.Faults(Content, libraries) is { Count: > 0 } faults
            ? Refuse(ModuleDiagnostic.References.Say($"is held to the rules of the modules it comes with, but it {string.Join(" It ", faults)} Remove it."))
            : this;

    /// <summary>The same file, refused for this reason.</summary>
    public DroppedFile Refuse(string reason) => this with { Content = [], Refusal = reason };

    private static DroppedFile Refused(string file, bool optional, string reason) => new(file, optional, [], reason);

    private static bool LeadsOut(string folder, string path) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is var target
        && (target is null || Path.GetDirectoryName(target.FullName) != folder || new FileInfo(target.FullName).LinkTarget is not null);

    private static string? AgainstReview(string path, byte[] content, AllowedFile? line, ReviewKey? key)
    {
        if (line is not null)
        {
            var hash = AllowedFile.HashOf(content);
            return string.Equals(hash, line.Sha256, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"was altered after its review: its SHA-256 is {hash}, the list says {line.Sha256.ToLowerInvariant()}.";
        }

        var signature = path + ReviewKey.Extension;
        return (System.IO.File.Exists(signature), key) switch
        {
            (false, _) => "is not in the list of reviewed files and has no signature.",
            (true, null) => "is not in the list of reviewed files, and no key is configured to verify its signature with.",
            (true, { } reviewers) => reviewers.Signed(content, System.IO.File.ReadAllBytes(signature)) ? null : "has a signature that is not by the reviewers' key over this file.",
        };
    }

    // The API documents read the comments of everybody, so one file that is no XML would spoil them all.
    private DroppedFile ReadComments()
    {
        try
        {
            using var text = new MemoryStream(Content);
            return XDocument.Load(text).Root?.Name.LocalName == "doc" ? this : Refuse("holds no doc comments.");
        }
        catch (XmlException)
        {
            return Refuse("holds no doc comments.");
        }
    }

    private DroppedFile Read()
    {
        try
        {
            using var image = new PEReader(new MemoryStream(Content));
            if (!image.HasMetadata || image.GetMetadataReader() is not { IsAssembly: true } metadata)
            {
                return Refuse("is not a .NET assembly.");
            }

            var definition = metadata.GetAssemblyDefinition();
            var name = metadata.GetString(definition.Name);
            var read = this with
            {
                Version = definition.Version.ToString(),
                References = [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))],
            };
            return HostAssemblies.House.Contains(name) ? read.Refuse($"is a copy of the host's {name} under another name; modules share the host's own. Remove it.")
                : name != Assembly ? read.Refuse($"holds the assembly {name} and must be called {name}.dll.")
                : IsModule && HostAssemblies.Has(name) ? read.Refuse("is built into this host already.")
                : read;
        }
        catch (BadImageFormatException)
        {
            return Refuse("is not a .NET assembly.");
        }
    }
}
