using Credit.Abstractions;

namespace Credit.Modules.PublicResourceTrading;

/// <summary>区公共资源交易服务中心. Reports on refused bids, refused exchanges and experts not appointed.</summary>
public sealed class PublicResourceTradingModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("trading", "public-resource-trading", "公共资源交易", ContractVersion: 1);
}
