using Credit.Core.Intake.Merging;
using Credit.Core.Store;
using Credit.Domain.Policy;

namespace Credit.Core.Intake.Penalties;

/// <summary>行政处罚 of the double publicity (R-3.1.4.a).</summary>
internal sealed class TakeInPenalties(PersonVault vault, PolicyPack pack) : PublicityIntake<PenaltyRecord>(new PenaltyTable(), vault, pack);
