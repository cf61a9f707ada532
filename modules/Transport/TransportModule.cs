using Credit.Abstractions;

namespace Credit.Modules.Transport;

/// <summary>区交通运输局. Recognises those responsible for overloading, and reports on hauliers, permits and bids.</summary>
public sealed class TransportModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("transport", "transport", "交通运输", ContractVersion: 1);
}
