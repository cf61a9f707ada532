namespace Credit.Domain.Policy;

/// <summary>All packs there are: the one in force on a day, the one a decision stored, the one a repair follows (architecture §6, I93).</summary>
public sealed class PolicyPacks
{
    private const string Prefix = "policy-pack.";

    private readonly Dictionary<string, PolicyPack> _byName;
    private readonly PolicyPack[] _framework;

    /// <summary>Packs of all frameworks, and the one the district runs under.</summary>
    /// <param name="packs">All packs, each name once.</param>
    /// <param name="configured">Name of a pack; its framework is the district's.</param>
    /// <exception cref="ArgumentException">No such pack, or two of a framework in force on one day.</exception>
    public PolicyPacks(IReadOnlyList<PolicyPack> packs, string configured)
    {
        All = [.. packs.OrderBy(pack => pack.Framework, StringComparer.Ordinal).ThenBy(pack => pack.EffectiveFrom)];
        _byName = All.ToDictionary(pack => pack.Name, StringComparer.Ordinal);
        Framework = Find(configured)?.Framework ?? throw new ArgumentException($"No policy pack {configured}.", nameof(configured));
        _framework = [.. All.Where(pack => pack.Framework == Framework)];
        foreach (var (pack, next) in All.Zip(All.Skip(1)).Where(pair => pair.First.Framework == pair.Second.Framework))
        {
            if (pack.EffectiveTo is not { } last || last >= next.EffectiveFrom)
            {
                throw new ArgumentException($"Packs {pack.Name} and {next.Name} are in force together.", nameof(packs));
            }
        }
    }

    /// <summary>All packs, by framework and first day.</summary>
    public IReadOnlyList<PolicyPack> All { get; }

    /// <summary>The framework the district runs under.</summary>
    public string Framework { get; }

    /// <summary>The packs shipped as data.</summary>
    /// <param name="configured">Name of a pack; its framework is the district's.</param>
    /// <param name="nationalCodeFaultRate">Rate the district entered; null to leave each pack's own.</param>
    public static PolicyPacks Shipped(string configured, decimal? nationalCodeFaultRate = null) => new(
        [
            .. typeof(PolicyPacks).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => PolicyPack.Shipped(name[Prefix.Length..^".json".Length]))
                .Select(pack => pack with { NationalCodeFaultRate = nationalCodeFaultRate ?? pack.NationalCodeFaultRate }),
        ],
        configured);

    /// <summary>A pack by name; null when there is none.</summary>
    public PolicyPack? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The pack a decision stored.</summary>
    /// <exception cref="ArgumentException">There is no such pack: it was taken away, which a pack that decided something never may be.</exception>
    public PolicyPack Named(string name) => Find(name) ?? throw new ArgumentException($"No policy pack {name}.", nameof(name));

    /// <summary>The district's pack in force on this day. Before its first pack the framework's first one applies, after its last the last.</summary>
    public PolicyPack InForce(DateOnly day) => Array.FindLast(_framework, pack => pack.EffectiveFrom <= day) ?? _framework[0];

    /// <summary>The pack a repair follows that is applied for on this day (lists-2025 §7.1).</summary>
    /// <param name="decidedUnder">Pack the entry was decided under.</param>
    /// <param name="appliedOn">Day of the application.</param>
    public PolicyPack ForRepair(string decidedUnder, DateOnly appliedOn)
    {
        var now = InForce(appliedOn);
        return now.RepairRule == RepairRule.ApplicationDay ? now : Named(decidedUnder);
    }
}
