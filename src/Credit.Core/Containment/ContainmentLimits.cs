using Microsoft.Extensions.Configuration;

namespace Credit.Core.Containment;

/// <summary>How much of the host one module may take; section <c>Modules:Containment</c>, the same for every module.</summary>
internal sealed record ContainmentLimits
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Modules:Containment";

    /// <summary>Seconds for a check, a description or the rows of a set.</summary>
    public double CallSeconds { get; init; } = 5;

    /// <summary>Seconds for a request to an endpoint of the module's own.</summary>
    public double RequestSeconds { get; init; } = 15;

    /// <summary>Seconds for one change handled by a reaction.</summary>
    public double ReactionSeconds { get; init; } = 20;

    /// <summary>Seconds for each step of the start: constructors, services, endpoints, hosted services.</summary>
    public double StartSeconds { get; init; } = 30;

    /// <summary>Calls of one module at the same time, and so its most threads; a call past its time keeps its place until it really ends.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Bytes one check or description may allocate; more is a failure.</summary>
    public long CallBytes { get; init; } = 64 << 20;

    /// <summary>Longest answer of an endpoint of the module's own, in bytes.</summary>
    public int AnswerBytes { get; init; } = 4 << 20;

    /// <summary>Most reasons of one check; more is a failure.</summary>
    public int Refusals { get; init; } = 100;

    /// <summary>Calls within <see cref="BreakerWindowSeconds"/> before the share of failures counts.</summary>
    public int BreakerCalls { get; init; } = 5;

    /// <summary>Share of failures, 0 to 1, at which a part of a module is suspended.</summary>
    public double BreakerShare { get; init; } = 0.5;

    /// <summary>Seconds looked back on.</summary>
    public double BreakerWindowSeconds { get; init; } = 30;

    /// <summary>Seconds a part stays suspended before one call tries it again.</summary>
    public double SuspendedSeconds { get; init; } = 30;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidOperationException">A limit is out of range.</exception>
    public static ContainmentLimits Read(IConfiguration configuration)
    {
        var limits = configuration.GetSection(Section).Get<ContainmentLimits>() ?? new ContainmentLimits();
        double[] seconds = [limits.CallSeconds, limits.RequestSeconds, limits.ReactionSeconds, limits.StartSeconds];
        var sound = seconds.All(each => each is >= 0.05 and <= 3600)
            && limits is { Concurrency: >= 1 and <= 1000, CallBytes: > 0, AnswerBytes: > 0, Refusals: > 0 }
            && limits is { BreakerCalls: >= 2, BreakerShare: > 0 and <= 1, BreakerWindowSeconds: >= 0.5 and <= 3600, SuspendedSeconds: >= 0.5 and <= 3600 };
        return sound ? limits : throw new InvalidOperationException($"{Section} holds a limit out of range; see docs/operations.md.");
    }
}
