using System.Reflection;
using System.Runtime.CompilerServices;
using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Modules;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Credit.Conformance;

/// <summary>What became of a call into a module.</summary>
/// <param name="Value">What it gave back; null when it threw.</param>
/// <param name="Thrown">What it threw.</param>
internal sealed record Trial<T>(T? Value, Exception? Thrown)
    where T : class;

/// <summary>One kind of feedback, called as the core calls it: with the rules that hold for every report.</summary>
internal sealed class FeedbackTrial
{
    private readonly ModuleUnderTest _module;
    private readonly Func<object, Trial<IReadOnlyList<Refusal>>> _check;
    private readonly Func<object, Trial<string>> _describe;
    private readonly Lazy<object?> _valid;
    private readonly Lazy<IReadOnlyList<(BadReport Bad, Trial<IReadOnlyList<Refusal>> Verdict)>> _spoilt;
    private readonly Lazy<IReadOnlyList<(object Report, Trial<IReadOnlyList<Refusal>> Verdict)>> _variants;
    private readonly Lazy<IReadOnlyList<Trial<IReadOnlyList<Refusal>>>> _mixtures;

    public FeedbackTrial(ModuleUnderTest module, FeedbackKind kind)
    {
        (_module, Kind) = (module, kind);
        Payloads = new Payloads(kind.ReportType, module.Task);
        using var provider = new ServiceCollection().Add(module.Services).BuildServiceProvider();
        var feedback = ActivatorUtilities.CreateInstance(provider, kind.FeedbackType);
        (_check, _describe) = ((Func<object, Trial<IReadOnlyList<Refusal>>>, Func<object, Trial<string>>))typeof(FeedbackTrial)
            .GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(kind.ReportType).Invoke(null, [feedback, module.Task])!;
        _valid = new(Find);
        _spoilt = new(() => [.. Payloads.Spoilt(Start).Select(bad => (bad, Check(bad.Report)))]);
        _variants = new(() => [.. Payloads.Variants(Start).Prepend(Start).Select(report => (report, Check(report)))]);
        _mixtures = new(() => [.. Payloads.Mixtures(Start).Select(Check)]);
    }

    /// <summary>The kind.</summary>
    public FeedbackKind Kind { get; }

    /// <summary>Makes its reports.</summary>
    public Payloads Payloads { get; }

    /// <summary>A valid report: the specification's where it has one, else one made from likely values; null when neither is there.</summary>
    public object? Valid => _valid.Value;

    /// <summary>Reports with one member spoilt, and what the check says of each.</summary>
    public IReadOnlyList<(BadReport Bad, Trial<IReadOnlyList<Refusal>> Verdict)> Spoilt => _spoilt.Value;

    /// <summary>The valid report and variants of it, and what the check says of each.</summary>
    public IReadOnlyList<(object Report, Trial<IReadOnlyList<Refusal>> Verdict)> Variants => _variants.Value;

    /// <summary>What the check says of reports in which everything is changed at once.</summary>
    public IReadOnlyList<Trial<IReadOnlyList<Refusal>>> Mixtures => _mixtures.Value;

    // Where nothing is valid, what throws may be why: an empty report stands in.
    private object Start => Valid ?? RuntimeHelpers.GetUninitializedObject(Kind.ReportType);

    /// <summary>Every reason against the report.</summary>
    public Trial<IReadOnlyList<Refusal>> Check(object report) => _check(report);

    /// <summary>The sentence about the report.</summary>
    public Trial<string> Describe(object report) => _describe(report);

    private object? Find() =>
        _module.ValidReports.FirstOrDefault(report => report.GetType() == Kind.ReportType && Check(report) is { Value.Count: 0 })
        ?? Payloads.Valid(report => Check(report).Value?.Select(refusal => refusal.Field).ToList() ?? [null]);

    private static (Func<object, Trial<IReadOnlyList<Refusal>>> Check, Func<object, Trial<string>> Describe) Bind<TReport>(object feedback, TaskFacts task)
        where TReport : class =>
    (
        report => Call(() => ReportRules.Check((TReport)report, (IFeedback<TReport>)feedback, task)),
        report => Call(() => ((IFeedback<TReport>)feedback).Describe((TReport)report)));

    private static Trial<T> Call<T>(Func<T> call)
        where T : class
    {
        try
        {
            return new(call(), null);
        }
#pragma warning disable CA1031 // whatever a module throws is a fault of the module
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return new(null, thrown);
        }
    }
}
