using Credit.Abstractions;

namespace Credit.Modules.YouthLeague;

/// <summary>团区委. Brings the reward plan for outstanding young volunteers (YOUTH-RED).</summary>
public sealed class YouthLeagueModule : ICreditModule
{
    /// <inheritdoc/>
    public ModuleManifest Manifest { get; } = new("youth", "youth-league", "共青团", ContractVersion: 1);
}
