using Credit.Domain.Oversight;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Oversight;

[Trait("Requirement", "R-4.3.b")]
public sealed class EvaluationTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly EvaluationFormula Formula = new()
    {
        Weights = new Dictionary<string, int> { ["feedback-in-time"] = 3, ["entries-in-time"] = 1 },
        PoorBelow = 60,
    };

    [Fact]
    public void A_score_weighs_the_rates_of_what_there_was_to_do()
    {
        Formula.Score([new("feedback-in-time", 4, 2), new("entries-in-time", 2, 2)]).ShouldBe(62.5m);
        Formula.Score([new("feedback-in-time", 4, 2), new("entries-in-time", 0, 0)]).ShouldBe(50m, "what there was nothing of does not count");
        Formula.Score([new("feedback-in-time", 4, 2), new("unweighted", 9, 9)]).ShouldBe(50m, "what the formula does not weigh does not count");
        Formula.Score([new("entries-in-time", 0, 0)]).ShouldBeNull();
    }

    [Fact]
    public void The_threshold_itself_is_not_poor_and_no_score_is_not_poor()
    {
        Formula.IsPoor(59.99m).ShouldBeTrue();
        Formula.IsPoor(60m).ShouldBeFalse();
        Formula.IsPoor(null).ShouldBeFalse();
    }

    [Fact]
    [Trait("Invariant", "I84")]
    public void Whoever_ran_an_evaluation_does_not_publish_it_and_only_a_published_one_goes_to_the_government()
    {
        var evaluation = Run();

        evaluation.ReportToGovernment("报告", Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("state-does-not-allow");
        evaluation.Publish("lead.one", Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        evaluation.Publish("lead.two", Today).Accepted.ShouldBeTrue();
        evaluation.Publish("lead.two", Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("state-does-not-allow");
        evaluation.ReportToGovernment("报告", Today).Accepted.ShouldBeTrue();
        evaluation.State.ShouldBe(EvaluationState.Reported);
    }

    [Fact]
    public void A_rectification_is_submitted_rejected_submitted_again_and_accepted_and_a_missed_day_stays_known()
    {
        var evaluation = Run();
        var rectification = DepartmentRectification.Require(evaluation, evaluation.Scores[0], Today, Today.AddDays(15));

        rectification.Submit(" ", Today).Refusals.ShouldHaveSingleItem().Field.ShouldBe("statement");
        rectification.Lapse().Accepted.ShouldBeTrue();
        rectification.Decide(true, "好", "lead", Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("state-does-not-allow", "nothing was submitted");
        rectification.Submit("已整改", Today.AddDays(20)).Accepted.ShouldBeTrue();
        rectification.Lapse().Accepted.ShouldBeFalse("what waits for the lead office does not lapse");
        rectification.Decide(false, "不够", "lead", Today.AddDays(36)).Accepted.ShouldBeTrue();
        rectification.Due.ShouldBe(Today.AddDays(36));
        rectification.Submit("已补充", Today.AddDays(30)).Accepted.ShouldBeTrue();
        rectification.Decide(true, "到位", "lead", Today).Accepted.ShouldBeTrue();

        rectification.State.ShouldBe(DepartmentRectificationState.Accepted);
        rectification.WasOverdue.ShouldBeTrue();
        rectification.Submit("再报", Today).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void The_shipped_formula_weighs_something_and_has_a_threshold_between_nothing_and_all()
    {
        var shipped = PolicyPack.Shipped("rencheng-2019").Evaluation;

        shipped.Weights.Values.ShouldAllBe(weight => weight > 0);
        shipped.PoorBelow.ShouldBeInRange(1, 99);
    }

    private static Evaluation Run() => Evaluation.Run(
        new(2026, 7, 1), new(2026, 9, 30), null, Formula, "{}", "rencheng-2019", "lead.one", Today,
        [("finance", [new IndicatorFigure("feedback-in-time", 4, 1)], "[]"), ("tax", [new IndicatorFigure("feedback-in-time", 4, 4)], "[]")]);
}
