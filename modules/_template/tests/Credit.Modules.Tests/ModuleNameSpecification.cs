using Credit.Conformance;
using Credit.Modules.ModuleName;
using Credit.Modules.ModuleName.Feedback;

namespace Credit.Modules.Tests;

public sealed class ModuleName_keeps_the_contract : ModuleSpecification<ModuleNameModule>;
