using Credit.Abstractions;
using Credit.Core.Modules;
using Xunit;

namespace Credit.Conformance;

/// <summary>
/// What every module keeps. A module's tests inherit it in one line; samples are added where likely values make no valid
/// report. Each rule has an id and a page in <c>docs/diagnostics</c>, which the message of a failure names.
/// </summary>
/// <typeparam name="TModule">The module's definition.</typeparam>
public abstract class ModuleSpecification<TModule>
    where TModule : ICreditModule, new()
{
    /// <summary>The rules, by id.</summary>
    public static TheoryData<string, string> Rules()
    {
        var rules = new TheoryData<string, string>();
        foreach (var rule in ConformanceRules.All)
        {
            rules.Add(rule.Id, rule.Rule);
        }

        return rules;
    }

    /// <summary>The task the samples answer.</summary>
    protected TaskFacts Task => ModuleUnderTest.SampleTask;

    /// <summary>Reports the checks must accept.</summary>
    protected virtual IEnumerable<object> ValidReports => [];

    /// <summary>Reports the checks must refuse.</summary>
    protected virtual IEnumerable<object> InvalidReports => [];

    /// <summary>The module keeps the rule.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    [Trait("Requirement", "R-3.5.3.b")]
    [Trait("Requirement", "R-3.5.1.b")]
    public void A_module(string id, string rule)
    {
        _ = rule;
        var module = new ModuleUnderTest(typeof(TModule).Assembly) { ValidReports = [.. ValidReports], InvalidReports = [.. InvalidReports] };
        var faults = ConformanceRules.Faults(ConformanceRules.All.Single(each => each.Id == id), module);
        if (faults.Count > 0)
        {
            Assert.Fail(string.Join(Environment.NewLine, faults));
        }
    }
}
