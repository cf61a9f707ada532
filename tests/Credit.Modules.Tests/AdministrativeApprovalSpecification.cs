using Credit.Conformance;
using Credit.Modules.AdministrativeApproval;
using Credit.Modules.AdministrativeApproval.Feedback;

namespace Credit.Modules.Tests;

public sealed class Administrative_approval_keeps_the_contract : ModuleSpecification<AdministrativeApprovalModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new StrictReview { Matter = "建筑业企业资质认定", ApplicationNumber = "RC-XK-2026-1", Outcome = "不予许可", DecidedOn = Task.Today },
        new RegistrationRefused { Organisation = "某某商贸有限公司", Office = "监事", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new GreenChannelUsed { Matter = "食品经营许可", ApplicationNumber = "RC-XK-2026-2", Manner = "容缺受理", HandledOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new StrictReview { Matter = "", ApplicationNumber = "RC-XK-2026-1", Outcome = "不予许可", DecidedOn = Task.Today },
        new RegistrationRefused { Organisation = "某某商贸有限公司", Office = "股东", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new GreenChannelUsed { Matter = "食品经营许可", ApplicationNumber = "RC-XK-2026-2", Manner = "加急", HandledOn = Task.IssuedOn.AddDays(-1) },
    ];
}
