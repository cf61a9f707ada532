using Credit.Abstractions;

namespace Credit.Modules.Finance;

/// <summary>区财政局. Recognises serious violators of government procurement; reports on procurement, public funds, offices in state-owned enterprises and accounting.</summary>
public sealed class FinanceModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("finance", "finance", "财政", ContractVersion: 1);
}
