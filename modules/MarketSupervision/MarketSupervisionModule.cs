using Credit.Abstractions;

namespace Credit.Modules.MarketSupervision;

/// <summary>区市场监督管理局. Recognises seriously untrustworthy market subjects, and reports on refused registrations and stricter inspection.</summary>
public sealed class MarketSupervisionModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("market", "market-supervision", "市场监管", ContractVersion: 1);
}
