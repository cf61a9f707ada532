using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;
using Credit.Modules.FinancialServices;
using Credit.Modules.FinancialServices.Feedback;

namespace Credit.Modules.Tests;

public sealed class Financial_services_keep_the_contract : ModuleSpecification<FinancialServicesModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new LenderAdvised { Institution = "任城农商银行", Matter = "融资授信", AdvisedOn = Task.Today },
        new GuaranteeCompanyAdvised { Institution = "任城某某融资担保有限公司", InstitutionKind = "融资担保公司", Matter = "设立", AdvisedOn = Task.Today },
        new FinancingRecommended { Product = "信易贷", Institutions = 3, RecommendedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new LenderAdvised { Institution = "任城农商银行", Matter = "融资授信", AdvisedOn = Task.Today, Binding = true },
        new LenderAdvised { Institution = "", Matter = "停贷", AdvisedOn = Task.Today.AddDays(1) },
        new GuaranteeCompanyAdvised { Institution = "任城某某融资担保有限公司", InstitutionKind = "商业银行", Matter = "设立", AdvisedOn = Task.Today },
        new GuaranteeCompanyAdvised { Institution = "任城某某小额贷款有限公司", InstitutionKind = "小额贷款公司", Matter = "任职", AdvisedOn = Task.Today, Binding = true },
        new FinancingRecommended { Product = "信易贷", Institutions = 0, RecommendedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_an_advice_comes_back_at_once() =>
        new LenderAdvisedFeedback().Check(new LenderAdvised { Institution = "", Matter = "停贷", AdvisedOn = Task.IssuedOn.AddDays(-1), Binding = true }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["institution", "matter", "advisedOn", "binding"]);

    [Fact]
    [Trait("Requirement", "R-3.4.3.c")]
    public void Nothing_here_is_an_order_and_no_market_measure_goes_to_a_financial_institution()
    {
        var departments = DepartmentDirectory.Load();
        var measures = ModuleCatalog.Discover().Memoranda.Where(memorandum => memorandum.Code is "FIN" or "LISTED").SelectMany(memorandum => memorandum.Measures).ToArray();
        measures.Length.ShouldBe(26);
        measures.ShouldAllBe(measure => measure.Obligation == MeasureObligation.Recommended);
        measures.SelectMany(measure => measure.Departments).ShouldAllBe(key => departments.Find(key)!.Kind != BodyKind.FinancialInstitution);
    }
}
