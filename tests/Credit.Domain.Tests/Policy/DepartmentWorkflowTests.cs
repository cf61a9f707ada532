using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Policy;

/// <summary>Steps of a department: dated, only added or narrowed, never changed.</summary>
public sealed class DepartmentWorkflowTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly DepartmentWorkflow _workflow = DepartmentWorkflow.Of("tax");

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public void Steps_count_for_what_begins_from_their_day_on_until_the_day_of_later_ones()
    {
        Set(10, ReviewedDecision.Recognition);
        Set(20);
        Set(15, ReviewedDecision.RepairDecision, ReviewedDecision.RepairDecision);
        Set(20, ReviewedDecision.ObjectionConclusion);

        int?[] counting = [.. new[] { 0, 9, 10, 14, 15, 19, 20, 4000 }.Select(days => _workflow.StepsFor(Today.AddDays(days))?.Number)];

        counting.ShouldBe([null, null, 1, 1, 3, 3, 4, 4], "of one day the steps set last count");
        _workflow.Steps.Select(steps => steps.Number).ShouldBe([1, 2, 3, 4], "nothing that was set is gone");
        _workflow.Steps[2].LegalReview.ShouldBe([ReviewedDecision.RepairDecision]);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(0)]
    [Trait("Requirement", "R-3.6.2")]
    public void Steps_of_today_or_earlier_are_refused(int days)
    {
        var refused = _workflow.SetSteps(new(Today.AddDays(days), []), "tax.approver", Today);

        refused.Refusals.Select(refusal => (refusal.Code, refusal.Field)).ShouldBe([("workflow-day-not-ahead", "from")]);
        _workflow.Steps.ShouldBeEmpty();
    }

    private void Set(int days, params ReviewedDecision[] reviewed) =>
        _workflow.SetSteps(new(Today.AddDays(days), reviewed), "tax.approver", Today).Accepted.ShouldBeTrue();
}
