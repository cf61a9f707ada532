using Credit.Abstractions;

namespace Credit.Modules.Tax;

/// <summary>任城区税务局. Recognises major tax violators and class-A taxpayers, and reports on tax grades and exit bans.</summary>
public sealed class TaxModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("tax", "tax", "税收征管", ContractVersion: 1);
}
