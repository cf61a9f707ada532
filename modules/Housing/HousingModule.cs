using Credit.Abstractions;

namespace Credit.Modules.Housing;

/// <summary>区住建局. Reports on what it must carry out under the memoranda of others: bids, concessions, professions, safety licences and renovation.</summary>
public sealed class HousingModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("housing", "housing", "住房和城乡建设", ContractVersion: 1);
}
