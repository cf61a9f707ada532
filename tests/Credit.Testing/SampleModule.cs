namespace Credit.Testing;

/// <summary>A module small enough to read that plays every role: a standard, a memorandum, a report and a set of reports.</summary>
public static class SampleModule
{
    /// <summary>Name of its assembly.</summary>
    public const string Assembly = "Credit.Modules.Sample";

    /// <summary>Name of its file.</summary>
    public const string File = Assembly + ".dll";

    /// <summary>The domain its entries are listed in.</summary>
    public const string Domain = "样本领域";

    /// <summary>Its one class and its roles. A test replaces a piece of it to break it.</summary>
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Credit.Abstractions;
        using Credit.Domain.Listing;
        using Credit.Domain.Policy;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;

        [assembly: System.Reflection.AssemblyVersion("1.2.3.0")]

        namespace Credit.Modules.Sample;

        public sealed class SampleModule : ICreditModule
        {
            public ModuleManifest Manifest { get; } = new("sample", "finance", "样本", ModuleContract.Version);

            public void AddServices(IServiceCollection services, IConfiguration configuration)
            {
            }
        }

        internal sealed class SampleStandard : ICriterion
        {
            public string Key => "sample/standard";
            public string Title => "样本认定标准";
            public StandardLevel Level => StandardLevel.National;
            public ListKind List => ListKind.Black;
            public string Domain => "样本领域";
            public DateOnly EffectiveFrom => new(2020, 1, 1);
            public int? LongestTermInMonths => 36;
            public bool Repairable => true;
            public IEnumerable<Refusal> Check(ProposalFacts proposal) => [];
        }

        /// <summary>A sample was taken.</summary>
        internal sealed record SampleTaken
        {
            /// <summary>Number of the sample, on its label.</summary>
            public required string Label { get; init; }

            /// <summary>Day it was taken.</summary>
            public DateOnly TakenOn { get; init; }
        }

        internal sealed class SampleTakenFeedback : IFeedback<SampleTaken>
        {
            public static string Kind => "sample/taken";
            public static IReadOnlyList<string> Answers { get; } = ["P01"];
            public static string Summary => "A sample was taken.";

            public IEnumerable<Refusal> Check(SampleTaken report, TaskFacts task)
            {
                if (report.TakenOn > task.Today)
                {
                    yield return new Refusal("date-out-of-range", "日期晚于今日。", "The day lies in the future.", Clause.R("3.5.1.b"), "takenOn");
                }
            }

            public string Describe(SampleTaken report) => $"已取样({report.Label})。";
        }

        public sealed class SampleTakenRow
        {
            public Guid Id { get; init; }
            public required string Label { get; init; }
            public DateOnly TakenOn { get; init; }
        }

        internal sealed class SamplesTaken(IFeedbackReports reports) : IEntitySet<SampleTakenRow>
        {
            public static string Name => "SamplesTaken";
            public static Surface Surface => Surface.Official;
            public static string Summary => "Samples taken.";

            public static void Shape(ISetShape<SampleTakenRow> row) => row
                .Key(each => each.Id).Filter(each => each.Label, each => each.TakenOn).Sort(each => each.TakenOn).Page(size: 10, max: 100);

            public IQueryable<SampleTakenRow> Rows() => reports.Of<SampleTaken>().Select(report => new SampleTakenRow
            {
                Id = report.Id,
                Label = report.Report.Label,
                TakenOn = report.Report.TakenOn,
            });
        }
        """;

    /// <summary>Its memorandum: one measure for the finance department.</summary>
    public const string Memorandum = """
        {
          "code": "SAMPLE", "title": "样本合作备忘录", "documentNumber": "", "issuedOn": null, "signers": "", "lead": "", "targets": "",
          "trigger": {"list": "Black", "domains": ["样本领域"]}, "feedbackCadence": null,
          "versions": [{"version": 1, "effectiveFrom": "2020-01-01", "effectiveTo": null, "measures": [{
            "ordinal": "1", "wording": "禁止参加政府采购活动", "canonical": ["P01"], "nature": "Administrative", "obligation": "Mandatory",
            "bodies": "财政部", "departments": ["finance"], "outsideDistrict": false,
            "legalBases": [{"title": "中华人民共和国政府采购法第二十二条", "level": "Law"}],
            "watchApplicable": false, "onlyAbleButRefuses": false, "withinWorkingDays": 7, "evidence": "Seen"}]}]
        }
        """;

    /// <summary>Compiler-made doc comments of its report.</summary>
    public const string Comments = """
        <?xml version="1.0"?>
        <doc><assembly><name>Credit.Modules.Sample</name></assembly><members>
          <member name="P:Credit.Modules.Sample.SampleTaken.Label"><summary>Number of the sample, on its label.</summary></member>
        </members></doc>
        """;

    /// <summary>The module as it is, or with one piece of its source replaced.</summary>
    /// <param name="piece">What is replaced; it must stand in the source.</param>
    /// <param name="by">What stands there instead.</param>
    public static byte[] Build(string piece = "", string by = "") => ModuleBuild.Compile(
        Assembly,
        piece.Length == 0 ? Source : Source.Contains(piece, StringComparison.Ordinal) ? Source.Replace(piece, by, StringComparison.Ordinal) : throw new ArgumentException("The source does not hold it.", nameof(piece)),
        new Dictionary<string, string> { ["SAMPLE"] = Memorandum });
}
