using Credit.Abstractions;

namespace Credit.Modules.Court;

/// <summary>区法院. Recognises judgment debtors who are untrustworthy, and reports on orders, listings, inquiries and prosecutions.</summary>
public sealed class CourtModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("court", "court", "司法执行", ContractVersion: 1);
}
