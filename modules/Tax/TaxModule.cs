using Credit.Abstractions;

namespace Credit.Modules.Tax;

/// <summary>任城区税务局, and 经开区税务局 beside it. Recognises major tax violators and class-A taxpayers, and reports on tax grades and exit bans.</summary>
public sealed class TaxModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("tax", "tax", "税收征管", ContractVersion: 1) { AlsoServes = ["tax-development-zone"] };
}
