using Credit.Conformance;
using Credit.Modules.Commerce;

namespace Credit.Modules.Tests;

public sealed class Commerce_keeps_the_contract : ModuleSpecification<CommerceModule>;
