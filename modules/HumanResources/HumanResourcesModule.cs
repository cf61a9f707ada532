using Credit.Abstractions;

namespace Credit.Modules.HumanResources;

/// <summary>区人社局. Recognises employers who hold back the wages of migrant workers, and reports on inspections, support withheld and recruitment.</summary>
public sealed class HumanResourcesModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("wages", "human-resources", "劳动用工", ContractVersion: 1);
}
