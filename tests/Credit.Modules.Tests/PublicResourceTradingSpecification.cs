using Credit.Conformance;
using Credit.Modules.PublicResourceTrading;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.Tests;

public sealed class Public_resource_trading_keeps_the_contract : ModuleSpecification<PublicResourceTradingModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new RefusedBid { Project = "某某道路工程", TenderDocument = "RC-2026-001", RefusedOn = Task.Today },
        new RefusedExchange { Project = "某某地块", Right = "土地使用权", RefusedOn = Task.Today },
        new ExpertNotAppointed { Pool = "综合评标专家库", Removed = true, DecidedOn = Task.Today },
        new ProcurementRefused { Project = "某某设备采购", ProcurementNumber = "SDGP-2026-001", RefusedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new RefusedBid { Project = "", TenderDocument = "", RefusedOn = Task.Today.AddDays(1) },
        new RefusedExchange { Project = "某某地块", Right = "", RefusedOn = Task.Today },
        new ExpertNotAppointed { Pool = "综合评标专家库", DecidedOn = Task.IssuedOn.AddDays(-1) },
        new ProcurementRefused { Project = "某某设备采购", ProcurementNumber = "", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_a_refused_bid_comes_back_at_once() =>
        new RefusedBidFeedback().Check(new RefusedBid { Project = "", TenderDocument = "", RefusedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["project", "tenderDocument", "refusedOn"]);
}
