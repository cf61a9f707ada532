using System.Text.RegularExpressions;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Modules;
using Credit.Domain.Policy;

namespace Credit.Conformance;

/// <summary>Rules on how feedback judges and describes reports, tried on reports made from the members of their types.</summary>
internal static partial class FeedbackRules
{
    public static IEnumerable<KeyValuePair<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>>> All =>
    [
        new(ModuleDiagnostic.SampleMissing, EachOf(SampleMissing)),
        new(ModuleDiagnostic.SampleContradicts, EachOf(Samples)),
        new(ModuleDiagnostic.CheckThrows, EachOf(CheckThrows)),
        new(ModuleDiagnostic.InvalidAccepted, EachOf((module, trial) => [.. Accepted(trial), .. OutsideTheTask(module, trial)])),
        new(ModuleDiagnostic.RefusalIncomplete, EachOf(Incomplete)),
        new(ModuleDiagnostic.CodeUnexplained, EachOf(Unexplained)),
        new(ModuleDiagnostic.Describe, EachOf(Describe)),
        new(ModuleDiagnostic.DescribeIdentifies, EachOf(DescribeIdentifies)),
    ];

    private static Func<ModuleUnderTest, IEnumerable<string>> EachOf(Func<ModuleUnderTest, FeedbackTrial, IEnumerable<string>> look) => module =>
        module.Trials.SelectMany(trial => look(module, trial).Select(fault => $"{trial.Kind.Kind}: {fault}").Distinct());

    private static IEnumerable<string> SampleMissing(ModuleUnderTest module, FeedbackTrial trial)
    {
        if (trial.Valid is null && !Verdicts(trial).Any(verdict => verdict.Thrown is not null))
        {
            yield return $"likely values make no valid {trial.Kind.ReportType.Name}. Give one in ValidReports of the specification.";
        }
    }

    private static IEnumerable<string> Samples(ModuleUnderTest module, FeedbackTrial trial) =>
    [
        .. from report in module.ValidReports
           where report.GetType() == trial.Kind.ReportType
           from refusal in trial.Check(report).Value ?? []
           select $"the sample {report} of ValidReports is refused: {refusal.Field}, {refusal.English} Correct the sample or the Check.",
        .. from report in module.InvalidReports
           where report.GetType() == trial.Kind.ReportType && trial.Check(report) is { Value.Count: 0 }
           select $"the sample {report} of InvalidReports is accepted. Correct the sample or the Check.",
    ];

    private static IEnumerable<string> CheckThrows(ModuleUnderTest module, FeedbackTrial trial) =>
        from thrown in Verdicts(trial).Select(verdict => verdict.Thrown).OfType<Exception>().DistinctBy(thrown => thrown.GetType())
        select $"Check throws {thrown.GetType().Name} ({thrown.Message}) on a report that a caller could send. Refuse it instead.";

    private static IEnumerable<string> Accepted(FeedbackTrial trial) =>
        from each in trial.Spoilt
        let bad = each.Bad
        where trial.Valid is not null && each.Verdict is { Value.Count: 0 }
        select $"a report whose {bad.Field} is {bad.Why} is accepted. Refuse it in Check and name the field.";

    private static IEnumerable<string> OutsideTheTask(ModuleUnderTest module, FeedbackTrial trial)
    {
        if (trial.Payloads.Days is not { Count: > 0 } days || trial.Valid is not { } valid)
        {
            yield break;
        }

        var held = trial.Payloads.OutsideTheTask(valid).GroupBy(bad => bad.Field)
            .Any(ways => ways.All(bad => trial.Check(bad.Report) is not { Value.Count: 0 }));
        if (!held)
        {
            yield return $"no day of the report ({string.Join(", ", days)}) is held to the task. Refuse the day of the act before {nameof(module.Task.IssuedOn)} ({module.Task.IssuedOn:yyyy-MM-dd}) and after {nameof(module.Task.Today)}.";
        }
    }

    private static IEnumerable<string> Incomplete(ModuleUnderTest module, FeedbackTrial trial)
    {
        foreach (var (bad, verdict) in trial.Spoilt)
        {
            if (trial.Valid is not null && verdict.Value is { Count: > 0 } refusals && !refusals.Any(refusal => refusal.Field == bad.Field))
            {
                yield return $"a report whose {bad.Field} is {bad.Why} is refused, but no refusal names the field {bad.Field}. Name it, in camel case.";
            }
        }

        foreach (var refusal in Refusals(module, trial))
        {
            if (string.IsNullOrWhiteSpace(refusal.Field))
            {
                yield return $"the refusal '{refusal.Code}' names no field. Name the member at fault, in camel case.";
            }

            if (!Han().IsMatch(refusal.Chinese) || !Latin().IsMatch(refusal.English))
            {
                yield return $"the refusal '{refusal.Code}' says \"{refusal.Chinese}\" in Chinese and \"{refusal.English}\" in English. Write a sentence in each.";
            }
        }
    }

    private static IEnumerable<string> Unexplained(ModuleUnderTest module, FeedbackTrial trial)
    {
        var catalogue = ErrorCatalogue.Load(module.Assembly);
        return from code in Refusals(module, trial).Select(refusal => refusal.Code).Distinct()
               where catalogue.Find(code) is null
               select $"the code '{code}' is not at /enums/errors. Take a known one, or explain it in an errors.json beside the project.";
    }

    private static IEnumerable<string> Describe(ModuleUnderTest module, FeedbackTrial trial)
    {
        foreach (var (report, sentence) in Sentences(module, trial))
        {
            if (sentence.Thrown is { } thrown)
            {
                yield return $"Describe throws {thrown.GetType().Name} ({thrown.Message}) on a report that Check accepts ({report}).";
            }
            else if (!Han().IsMatch(sentence.Value!))
            {
                yield return $"Describe says \"{sentence.Value}\" of a report that Check accepts. Write one Chinese sentence for the history of the task.";
            }
        }
    }

    private static IEnumerable<string> DescribeIdentifies(ModuleUnderTest module, FeedbackTrial trial) =>
        from pair in Sentences(module, trial)
        where pair.Sentence.Value is { } text && (LongRun().IsMatch(text) || PersonalText.IsIn(text))
        select $"Describe says \"{pair.Sentence.Value}\" of a report that holds no number of a person. Take out what looks like one.";

    /// <summary>Every report that Check accepts among the samples, the generated one and its variants, and what is said of it.</summary>
    private static IEnumerable<(object Report, Trial<string> Sentence)> Sentences(ModuleUnderTest module, FeedbackTrial trial) =>
        from report in module.ValidReports.Where(report => report.GetType() == trial.Kind.ReportType && trial.Check(report) is { Value.Count: 0 })
            .Concat(trial.Variants.Where(variant => variant.Verdict is { Value.Count: 0 } && trial.Valid is not null).Select(variant => variant.Report))
        select (report, trial.Describe(report));

    private static IEnumerable<Refusal> Refusals(ModuleUnderTest module, FeedbackTrial trial) => Verdicts(trial)
        .Concat(module.InvalidReports.Where(report => report.GetType() == trial.Kind.ReportType).Select(trial.Check))
        .SelectMany(verdict => verdict.Value ?? []);

    private static IEnumerable<Trial<IReadOnlyList<Refusal>>> Verdicts(FeedbackTrial trial) =>
        trial.Spoilt.Select(each => each.Verdict).Concat(trial.Variants.Select(each => each.Verdict)).Concat(trial.Mixtures);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 5000)]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]{2}", RegexOptions.None, 5000)]
    private static partial Regex Latin();

    // Eleven digits are a mobile number, fifteen and eighteen an identity number.
    [GeneratedRegex(@"\d{11}", RegexOptions.None, 5000)]
    private static partial Regex LongRun();
}
