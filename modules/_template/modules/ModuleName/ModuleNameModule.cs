using Credit.Abstractions;

namespace Credit.Modules.ModuleName;

/// <summary>领域名称: the module of the department department-key.</summary>
public sealed class ModuleNameModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new(Key: "module-key", Department: "department-key", Title: "领域名称", ContractVersion: 1);
}
