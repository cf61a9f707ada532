using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Credit.Core.Tests.Containment;

/// <summary>Compiles a module from its text into an assembly of its own, as somebody would who builds it elsewhere.</summary>
internal static class CompiledModule
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Credit.Abstractions;
        using Credit.Domain.Listing;
        using Credit.Domain.Policy;
        using Credit.Domain.Subjects;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.DependencyInjection.Extensions;
        using Microsoft.Extensions.Hosting;

        """;

    private static readonly Lazy<MetadataReference[]> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))]);

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Made = new(StringComparer.Ordinal);

    private static readonly string Folder = Directory.CreateTempSubdirectory("credit-modules-").FullName;

    /// <summary>A module with this key; <paramref name="definition"/> are members of its definition, <paramref name="others"/> its other types.</summary>
    public static Assembly Of(string key, string definition = "", string others = "", string manifest = "", string? assembly = null) =>
        Made.GetOrAdd((assembly ?? key) + definition + others + manifest, _ => new Lazy<Assembly>(() =>
        {
            // Once, also for hosts that start side by side: a file that is written again under an assembly ends the process.
            var file = Path.Combine(Folder, $"{NameOf(assembly ?? key)}.{Guid.CreateVersion7():N}.dll");
            File.WriteAllBytes(file, ImageOf(key, definition, others, manifest, assembly));
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        })).Value;

    /// <summary>Name of the file of such a module in a folder of reviewed ones.</summary>
    public static string FileOf(string key) => NameOf(key) + ".dll";

    /// <summary>The same as bytes, not loaded.</summary>
    public static byte[] ImageOf(string key, string definition = "", string others = "", string manifest = "", string? assembly = null) => FromText(
        assembly ?? key,
        $$"""
        namespace Planted.{{assembly ?? key}};
        public sealed class Module : ICreditModule
        {
            public ModuleManifest Manifest { get; } = {{(manifest.Length > 0 ? manifest : $"""new("{key}", "finance", "测试", 1)""")}};
            {{definition}}
        }
        {{others}}
        """);

    /// <summary>A criterion that decides as told.</summary>
    public static string Criterion(string key, string domain, string check) => $$"""
        internal sealed class Planted : ICriterion
        {
            public string Key => "{{key}}/planted";
            public string Title => "测试标准";
            public StandardLevel Level => StandardLevel.National;
            public ListKind List => ListKind.Black;
            public string Domain => "{{domain}}";
            public DateOnly EffectiveFrom => new(2019, 8, 5);
            public int? LongestTermInMonths => null;
            public bool Repairable => true;
            public IEnumerable<Refusal> Check(ProposalFacts proposal) { {{check}} }
        }
        """;

    /// <summary>A set whose rows are made as told.</summary>
    public static string Set(string name, string rows) => $$"""
        public sealed record {{name}}Row { public Guid Id { get; init; } }
        internal sealed class {{name}}(IFeedbackReports reports) : IEntitySet<{{name}}Row>
        {
            public IFeedbackReports Reports => reports;
            public static string Name => "{{name}}";
            public static Surface Surface => Surface.Official;
            public static string Summary => "Rows of a test.";
            public static void Shape(ISetShape<{{name}}Row> row) => row.Key(each => each.Id).Page(10, 10);
            public IQueryable<{{name}}Row> Rows() { {{rows}} }
        }
        """;

    /// <summary>A report on P02 that is checked as told.</summary>
    public static string Feedback(string key, string check) => $$"""
        internal sealed record {{key}}Report { public required string Text { get; init; } }
        internal sealed class {{key}}Feedback : IFeedback<{{key}}Report>
        {
            public static string Kind => "{{key}}/report";
            public static IReadOnlyList<string> Answers { get; } = ["P02"];
            public static string Summary => "A report of a test.";
            public IEnumerable<Refusal> Check({{key}}Report report, TaskFacts task) { {{check}} }
            public string Describe({{key}}Report report) => "已办理";
        }
        """;

    private static string NameOf(string assembly) => "Credit.Modules.Planted." + assembly;

    private static byte[] FromText(string name, string text)
    {
        var compilation = CSharpCompilation.Create(
            NameOf(name),
            // Every project defines it, so assertions are compiled in.
            [CSharpSyntaxTree.ParseText(Usings + text, new CSharpParseOptions(preprocessorSymbols: ["TRACE"]))],
            Platform.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        emitted.Success.ShouldBeTrue(string.Join(Environment.NewLine, emitted.Diagnostics));
        return image.ToArray();
    }
}
