using Credit.Conformance;
using Credit.Modules.ModuleName;

namespace Credit.Modules.Tests;

public sealed class ModuleName_keeps_the_contract : ModuleSpecification<ModuleNameModule>;
