using Credit.Abstractions;

namespace Credit.Modules.FinancialServices;

/// <summary>区金融发展服务中心. Recommends and never orders: reports on what it put to lenders, guarantee and small-loan companies.</summary>
public sealed class FinancialServicesModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("financial", "financial-services", "金融服务", ContractVersion: 1);
}
