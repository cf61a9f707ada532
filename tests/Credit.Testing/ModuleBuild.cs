using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Credit.Testing;

/// <summary>Builds module assemblies in memory, against the assemblies of this process.</summary>
public static class ModuleBuild
{
    private static readonly IReadOnlyList<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.", StringComparison.Ordinal)
                || file is "Credit.Abstractions.dll" or "Credit.Domain.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The assembly.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="source">C# text.</param>
    /// <param name="memoranda">Memoranda by the name of their file.</param>
    /// <param name="libraries">Further assemblies it may use.</param>
    public static byte[] Compile(string name, string source, IReadOnlyDictionary<string, string>? memoranda = null, params IReadOnlyList<byte[]> libraries)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            [.. Platform, .. libraries.Select(library => MetadataReference.CreateFromImage(library))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, deterministic: true));
        using var image = new MemoryStream();
        var built = compilation.Emit(image, manifestResources: (memoranda ?? new Dictionary<string, string>()).Select(memorandum =>
            new ResourceDescription($"Memoranda/{memorandum.Key}.json", () => new MemoryStream(Encoding.UTF8.GetBytes(memorandum.Value)), isPublic: true)));
        return built.Success ? image.ToArray() : throw new InvalidOperationException(string.Join(Environment.NewLine, built.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)));
    }
}
