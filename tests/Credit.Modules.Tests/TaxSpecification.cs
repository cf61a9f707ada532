using Credit.Conformance;
using Credit.Modules.Tax;
using Credit.Modules.Tax.Feedback;

namespace Credit.Modules.Tests;

public sealed class Tax_keeps_the_contract : ModuleSpecification<TaxModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new TaxGradeSetToD { DecisionNumber = "税信判〔2026〕1号", DecidedOn = Task.Today, FromYear = 2026, ToYear = 2028 },
        new ExitBanRequested { RequestNumber = "税阻〔2026〕1号", RequestedOn = Task.Today, TaxOwed = 507_000m },
        new TaxServiceGranted { Service = "普通发票按需领用", GrantedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new TaxGradeSetToD { DecisionNumber = "税信判〔2026〕1号", DecidedOn = Task.Today, FromYear = 2028, ToYear = 2026 },
        new ExitBanRequested { RequestNumber = "税阻〔2026〕1号", RequestedOn = Task.Today, TaxOwed = 507_000m, Secured = true },
        new ExitBanRequested { RequestNumber = "税阻〔2026〕1号", RequestedOn = Task.Today, TaxOwed = 5_070_000_000_000m },
        new TaxServiceGranted { Service = " ", GrantedOn = Task.Today },
    ];
}
