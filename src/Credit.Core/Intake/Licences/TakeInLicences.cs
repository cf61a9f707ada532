using Credit.Core.Intake.Merging;
using Credit.Core.Store;
using Credit.Domain.Policy;

namespace Credit.Core.Intake.Licences;

/// <summary>行政许可 of the double publicity (R-3.1.4.a).</summary>
internal sealed class TakeInLicences(PersonVault vault, PolicyPack pack) : PublicityIntake<LicenceRecord>(new LicenceTable(), vault, pack);
