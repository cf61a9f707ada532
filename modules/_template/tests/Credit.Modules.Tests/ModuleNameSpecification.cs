using Credit.Conformance;
using Credit.Modules.ModuleName;
using Credit.Modules.ModuleName.Feedback;

namespace Credit.Modules.Tests;

public sealed class ModuleName_keeps_the_contract : ModuleSpecification<ModuleNameModule>
{
    protected override IEnumerable<object> ValidReports =>
        [new ApplicationLimited { Matter = "样本项目", DecisionNumber = "样本〔2026〕1号", Outcome = "不予同意", DecidedOn = Task.Today }];
}
