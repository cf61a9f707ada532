using Credit.Testing;

namespace Credit.Core.Tests.Rules;

/// <summary>What the scenarios expect of a pack; everything else is the same in all.</summary>
public sealed record PackExpectations
{
    /// <summary>Name of the pack.</summary>
    public required string Pack { get; init; }

    /// <summary>Refusal of a list on a provincial standard; null when it is accepted.</summary>
    public string? LocalListRefused { get; init; }

    /// <summary>Longest term of a black entry, months from the day it counts from.</summary>
    public required int LongestMonths { get; init; }

    /// <summary>Months before a repair of a black entry can be applied for, from the document.</summary>
    public required int RepairAfterMonths { get; init; }

    /// <summary>A term on the watch list is to be stated with a black entry, and a watch entry follows it.</summary>
    public required bool WatchFollows { get; init; }

    /// <summary>An approved repair ends the listing without more.</summary>
    public required bool RepairEndsAll { get; init; }

    /// <summary>Conduct of the lightest grade is shown.</summary>
    public required bool MinorShown { get; init; }

    /// <summary>Watch entries may be shown, and departments act on them.</summary>
    public required bool WatchShown { get; init; }

    /// <summary>Last day a penalty of 2026-11-20 with a warning alone is shown; null when it is not.</summary>
    public string? WarningShownUntil { get; init; }
}

/// <summary>A host under a pack, and what is expected of it.</summary>
public abstract class PackHost : HostFixture
{
    /// <summary>What is expected.</summary>
    public abstract PackExpectations Expected { get; }

    protected override IReadOnlyList<string> Settings => ["--Policy:Pack", Expected.Pack];
}

/// <summary>The district's policy of 2019.</summary>
public sealed class RenchengHost : PackHost
{
    public override PackExpectations Expected { get; } = new()
    {
        Pack = "rencheng-2019",
        LongestMonths = 60,
        RepairAfterMonths = 0,
        WatchFollows = true,
        RepairEndsAll = false,
        MinorShown = true,
        WatchShown = true,
        WarningShownUntil = "2027-11-20",
    };
}

/// <summary>The national order in force since 2026-04-01.</summary>
public sealed class NationalHost : PackHost
{
    public override PackExpectations Expected { get; } = new()
    {
        Pack = "national-2026",
        LocalListRefused = "local-list-without-law",
        LongestMonths = 36,
        RepairAfterMonths = 12,
        WatchFollows = false,
        RepairEndsAll = true,
        MinorShown = false,
        WatchShown = false,
    };
}
