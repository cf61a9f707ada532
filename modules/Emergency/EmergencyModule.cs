using Credit.Abstractions;

namespace Credit.Modules.Emergency;

/// <summary>区应急管理局. Recognises serious offenders in work safety, and reports on inspections, certificates, bans and licences.</summary>
public sealed class EmergencyModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("emergency", "emergency", "安全生产", ContractVersion: 1);
}
