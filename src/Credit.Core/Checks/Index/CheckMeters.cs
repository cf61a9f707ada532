using System.Diagnostics.Metrics;

namespace Credit.Core.Checks.Index;

/// <summary>Counts where checks are answered from. Numbers only: nobody is named.</summary>
internal sealed class CheckMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Credit.Checks";

    private readonly Counter<long> _answered;
    private long _fromIndex;
    private long _fromRegister;

    /// <param name="factory">Makes the meter.</param>
    /// <param name="index">What is measured beside.</param>
    public CheckMeters(IMeterFactory factory, CheckIndex index)
    {
        var meter = factory.Create(Name);
        _answered = meter.CreateCounter<long>("credit.checks.answered", "{subject}", "Subjects checked, by where the answer came from.");
        meter.CreateObservableGauge("credit.checks.index.lag", () => index.Lag, "{position}", "Positions of the log that the index lay behind when it was last looked at.");
        meter.CreateObservableGauge("credit.checks.index.size", () => index.Bytes, "By", "Estimate of the memory the index takes.");
        meter.CreateObservableGauge("credit.checks.index.subjects", () => index.Subjects, "{subject}", "Subjects the index knows.");
    }

    /// <summary>Subjects answered from the index since the start.</summary>
    public long FromIndex => Volatile.Read(ref _fromIndex);

    /// <summary>Subjects answered from the register itself since the start.</summary>
    public long FromRegister => Volatile.Read(ref _fromRegister);

    /// <summary>Counts an answer.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="subjects">How many subjects it is about.</param>
    public void Answered(CheckSource source, int subjects)
    {
        Interlocked.Add(ref source == CheckSource.Index ? ref _fromIndex : ref _fromRegister, subjects);
        _answered.Add(subjects, new KeyValuePair<string, object?>("source", NameOf(source)));
    }

    /// <summary>What a source is called in measurements.</summary>
    public static string NameOf(CheckSource source) => source == CheckSource.Index ? "index" : "sql";
}

/// <summary>Where an answer came from.</summary>
internal enum CheckSource
{
    /// <summary>The index in memory.</summary>
    Index,

    /// <summary>The register's tables.</summary>
    Sql,

    /// <summary>The log, folded to an earlier position.</summary>
    Log,
}
