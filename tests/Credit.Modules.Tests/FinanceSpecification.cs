using Credit.Conformance;
using Credit.Modules.Finance;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Tests;

public sealed class Finance_keeps_the_contract : ModuleSpecification<FinanceModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(1) },
        new FundsWithheld { Fund = "技术改造专项资金", Treatment = "不予支持", DecidedOn = Task.Today },
        new FundsPreferred { Fund = "技术改造专项资金", GrantedOn = Task.Today },
        new OfficeRefused { Enterprise = "某某城市建设投资有限公司", Office = "董事", RefusedOn = Task.Today },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(5) },
        new StateAssetDealRefused { Project = "某某国有企业股权转让项目", Deal = "企业产权转让", Outcome = "取消受让资格", DecisionNumber = "任财资〔2026〕1号", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddDays(-1) },
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(4) },
        new FundsWithheld { Fund = "技术改造专项资金", Treatment = "罚款", DecidedOn = Task.Today },
        new FundsPreferred { Fund = new string('某', 201), GrantedOn = Task.Today },
        new OfficeRefused { Enterprise = "某某城市建设投资有限公司", Office = "股东", RefusedOn = Task.Today },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会\u0007", DecidedOn = Task.Today.AddDays(1), BannedFrom = Task.Today, BannedTo = Task.Today },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(6) },
        new PracticeBan { Profession = "政府采购代理从业人员", DecisionNumber = "任财会〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(4) },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today.AddYears(-1), BannedTo = Task.Today.AddYears(1) },
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today.AddYears(2), BannedTo = Task.Today.AddYears(3) },
        new StateAssetDealRefused { Project = "某某国有企业股权转让项目", Deal = "赠与", Outcome = "取消受让资格", DecisionNumber = "任财资〔2026〕1号", DecidedOn = Task.Today },
    ];
}
