using Credit.Abstractions;

namespace Credit.Modules.Statistics;

/// <summary>区统计局. Recognises seriously untrustworthy enterprises in statistics, and reports on inspections and publications.</summary>
public sealed class StatisticsModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("statistics", "statistics", "统计", ContractVersion: 1);
}
