using Credit.Abstractions;

namespace Credit.Modules.AdministrativeApproval;

/// <summary>区行政审批服务局. Reports on green channel and acceptance with missing papers, on strict examination and on registrations it refuses.</summary>
public sealed class AdministrativeApprovalModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("approval", "administrative-approval", "行政审批", ContractVersion: 1);
}
