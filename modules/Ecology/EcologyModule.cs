using Credit.Abstractions;

namespace Credit.Modules.Ecology;

/// <summary>区生态环境分局. Recognises serious environmental offenders, and reports on inspections, support stopped and reviews of environmental impact.</summary>
public sealed class EcologyModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("ecology", "ecology", "生态环境", ContractVersion: 1);
}
