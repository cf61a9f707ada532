using Credit.Conformance;
using Credit.Modules.YouthLeague;

namespace Credit.Modules.Tests;

public sealed class Youth_league_keeps_the_contract : ModuleSpecification<YouthLeagueModule>;
