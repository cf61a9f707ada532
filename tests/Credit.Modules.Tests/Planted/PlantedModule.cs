using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Credit.Modules.Tests.Planted;

/// <summary>A small module that keeps every rule, to be spoilt in one place, compiled and loaded as any module is.</summary>
internal static class PlantedModule
{
    /// <summary>Its source.</summary>
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Credit.Abstractions;
        using Credit.Domain.Listing;
        using Credit.Domain.Policy;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;

        namespace Credit.Modules.Planted;

        public sealed class PlantedModule : ICreditModule
        {
            public ModuleManifest Manifest { get; } = new("sample", "tax", "样本", ContractVersion: 1);

            public void AddServices(IServiceCollection services, IConfiguration configuration)
            {
            }

            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/plans", () => "样本").WithSummary("Plans.");
            }
        }

        internal sealed class Standard : ICriterion
        {
            public string Key => "sample/standard";
            public string Title => "样本标准";
            public StandardLevel Level => StandardLevel.National;
            public ListKind List => ListKind.Black;
            public string Domain => "税收征管";
            public DateOnly EffectiveFrom => new(2022, 2, 1);
            public int? LongestTermInMonths => 36;
            public bool Repairable => true;
            public IEnumerable<Refusal> Check(ProposalFacts proposal) => [];
        }

        internal enum Way { Refused, Stopped }

        internal sealed record Refused
        {
            public required string Number { get; init; }
            public DateOnly RefusedOn { get; init; }
            public decimal Amount { get; init; }
            public Way Way { get; init; }
        }

        internal sealed class RefusedFeedback : IFeedback<Refused>
        {
            public static string Kind => "sample/refused";
            public static IReadOnlyList<string> Answers { get; } = ["P01"];
            public static string Summary => "A bid was refused.";

            public IEnumerable<Refusal> Check(Refused report, TaskFacts task)
            {
                if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
                {
                    yield return new Refusal("date-out-of-range", "日期应在任务下达之日至今日之间。", "The day must lie within the task.", Clause.R("3.5.1.b"), "refusedOn");
                }

                if (report.Amount <= 0)
                {
                    yield return new Refusal("amount-not-positive", "金额应大于零。", "The amount must be more than zero.", Clause.R("3.5.1.b"), "amount");
                }
            }

            public string Describe(Refused report) => $"已拒绝({report.Number})。";
        }

        public sealed record RefusalRow
        {
            public Guid Id { get; init; }
            public required string Number { get; init; }
            public DateOnly RefusedOn { get; init; }
        }

        internal sealed class Refusals(IFeedbackReports reports) : IEntitySet<RefusalRow>
        {
            public static string Name => "SampleRefusals";
            public static Surface Surface => Surface.Official;
            public static string Summary => "Refusals.";

            public static void Shape(ISetShape<RefusalRow> row) => row
                .Key(entry => entry.Id)
                .Filter(entry => entry.RefusedOn)
                .Sort(entry => entry.RefusedOn)
                .Plain(entry => entry.Number)
                .Page(size: 50, max: 200);

            public IQueryable<RefusalRow> Rows() => reports.Of<Refused>().Select(report => new RefusalRow
            {
                Id = report.Id,
                Number = report.Report.Number,
                RefusedOn = report.Report.RefusedOn,
            });
        }
        """;

    /// <summary>Its memorandum.</summary>
    public const string Memorandum = """
        {
          "code": "SAMPLE", "title": "样本", "documentNumber": "", "issuedOn": null, "signers": "", "lead": "", "targets": "",
          "trigger": {"list": "Black", "domains": ["税收征管"]}, "feedbackCadence": null,
          "versions": [{"version": 1, "effectiveFrom": "2020-01-01", "effectiveTo": null, "measures": [{
            "ordinal": "1", "wording": "禁止参加政府采购活动", "canonical": ["P01"], "nature": "Administrative", "obligation": "Mandatory",
            "bodies": "财政部", "departments": ["tax"], "outsideDistrict": false,
            "legalBases": [{"title": "中华人民共和国政府采购法第二十二条", "level": "Law"}],
            "watchApplicable": false, "onlyAbleButRefuses": false, "withinWorkingDays": 7, "evidence": "Seen"}]}]
        }
        """;

    private static readonly MetadataReference[] Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles and loads it.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="memorandum">Its memorandum.</param>
    /// <param name="further">References that will not be there when it runs.</param>
    public static Assembly Load(string source, string memorandum, params MetadataReference[] further)
    {
        // From a file, because what an assembly names is read there before anything of it runs.
        var file = Path.Combine(Directory.CreateTempSubdirectory("credit-planted-").FullName, "Credit.Modules.Planted.dll");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        var replaced = further.Select(reference => Path.GetFileNameWithoutExtension(reference.Display)).ToHashSet();
        var platform = Platform.Where(reference => !replaced.Contains(Path.GetFileNameWithoutExtension(reference.Display)));
        File.WriteAllBytes(file, Compile("Credit.Modules.Planted", source, [.. platform, .. further], memorandum));
        return new AssemblyLoadContext("planted", isCollectible: true).LoadFromAssemblyPath(file);
    }

    /// <summary>An assembly to compile against that will be another one at run time.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="source">Its source.</param>
    public static MetadataReference Another(string name, string source) => MetadataReference.CreateFromImage(Compile(name, source, Platform, memorandum: null), filePath: name + ".dll");

    private static byte[] Compile(string name, string source, MetadataReference[] references, string? memorandum)
    {
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        ResourceDescription[] files = memorandum is null ? [] : [new("Memoranda/SAMPLE.json", () => new MemoryStream(Encoding.UTF8.GetBytes(memorandum)), isPublic: true)];
        using var built = new MemoryStream();
        var result = compilation.Emit(built, manifestResources: files);
        result.Success.ShouldBeTrue(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return built.ToArray();
    }
}
