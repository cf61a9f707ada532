using Credit.Conformance;
using Credit.Modules.Commerce;
using Credit.Modules.Commerce.Feedback;

namespace Credit.Modules.Tests;

public sealed class Commerce_keeps_the_contract : ModuleSpecification<CommerceModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new TradePromotion { Fair = "济宁市进出口商品展", RecommendedOn = Task.Today },
        new PreferenceWithheld { Policy = "外贸发展专项支持", Treatment = "从严审核", DecidedOn = Task.Today },
        new HighSpendingNotice { NoticeNumber = "任商通〔2026〕1号", Venue = "星级宾馆", VenuesTold = 12, Refusals = 1, NotifiedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new TradePromotion { Fair = " ", RecommendedOn = Task.Today.AddDays(1) },
        new PreferenceWithheld { Policy = "外贸发展专项支持", Treatment = "罚款", DecidedOn = Task.Today },
        new HighSpendingNotice { NoticeNumber = "任商通〔2026〕1号", Venue = "茶馆", VenuesTold = 12, NotifiedOn = Task.Today },
        new HighSpendingNotice { NoticeNumber = "任商通〔2026〕1号", Venue = "酒店", VenuesTold = 1, Refusals = 2, NotifiedOn = Task.Today },
    ];
}
