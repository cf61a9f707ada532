using Credit.Abstractions;

namespace Credit.Modules.Commerce;

/// <summary>区商务局. Brings the reward memorandum for enterprises certified by customs (AEO-RED); customs itself is outside the district.</summary>
public sealed class CommerceModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("commerce", "commerce", "商务", ContractVersion: 1);
}
