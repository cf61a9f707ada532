using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.DueProcess;

/// <summary>限期整改 and 约谈 (R-3.4.2.c–e).</summary>
public sealed class RectificationTests
{
    private static readonly DateOnly Today = Sample.Today;
    private static readonly DateOnly Due = Today.AddDays(10);

    [Theory]
    [InlineData("补报税款", 1, null)]
    [InlineData(" ", 1, "requirement-missing")]
    [InlineData("补报税款", null, "rectification-due")]
    [InlineData("补报税款", 0, "rectification-due")]
    [InlineData("补报税款", 1096, null)]
    [InlineData("补报税款", 1097, "rectification-due")]
    [Trait("Requirement", "R-3.4.2.c")]
    public void Requirement_and_last_day_are_both_stated_and_the_day_lies_within_the_entry(string requirement, int? days, string? code) =>
        Rectification.Require(Sample.InForce(), requirement, days is { } later ? Today.AddDays(later) : null, Today)
            .Refusals.Select(refusal => refusal.Code).SingleOrDefault().ShouldBe(code);

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    public void Only_a_punish_entry_in_force_is_put_right()
    {
        Against(Sample.InForce(ListKind.Red)).ShouldBe("nothing-to-rectify");
        Against(Sample.Proposed()).ShouldBe("nothing-to-rectify");
        var verified = Sample.InForce();
        _ = verified.Verify().Value;
        Against(verified).ShouldBe("nothing-to-rectify");
        Against(Sample.InForce(ListKind.Watch)).ShouldBeNull();

        static string? Against(ListEntry entry) => Rectification.Require(entry, "补报", Due, Today).Refusals.SingleOrDefault()?.Code;
    }

    [Fact]
    [Trait("Invariant", "I63")]
    public void What_is_submitted_on_the_last_day_is_in_time_and_the_departments_delay_is_not_the_subjects()
    {
        var rectification = Required();
        rectification.Submit("已补报", "完税证明", Due).Accepted.ShouldBeTrue();

        rectification.Pass(Due.AddDays(1)).Accepted.ShouldBeFalse("it waits for the recogniser");
        rectification.Accept(null, Due.AddDays(5)).Accepted.ShouldBeTrue();
        (rectification.State, rectification.Interview).ShouldBe((RectificationState.Accepted, null));
        rectification.OpenInterview(Due.AddDays(20)).Accepted.ShouldBeFalse("none if rectified in time");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    [Trait("Invariant", "I63")]
    public void Rejected_in_time_it_is_submitted_again_and_after_the_last_day_it_is_overdue()
    {
        var rectification = Required();
        _ = rectification.Submit("已补报", "完税证明", Today).Value;
        rectification.Reject(" ", Today).Refusals.Single().Code.ShouldBe("finding-missing");
        _ = rectification.Reject("缺少台账", Due).Value;
        rectification.State.ShouldBe(RectificationState.Rejected);
        _ = rectification.Submit("已补报台账", "台账", Due).Value;
        _ = rectification.Reject("台账不实", Due.AddDays(1)).Value;

        rectification.State.ShouldBe(RectificationState.Overdue);
        rectification.Submit("再报", "台账", Due.AddDays(1)).Refusals.ShouldContain(refusal => refusal.Code == "rectification-over");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.d")]
    public void Nothing_is_overdue_on_the_last_day()
    {
        var rectification = Required();

        rectification.Pass(Due).Refusals.Single().Code.ShouldBe("rectification-not-over");
        rectification.Pass(Due.AddDays(1)).Accepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(ListKind.Watch, InterviewKind.Reminder, InterviewKind.Warning)]
    [InlineData(ListKind.Black, InterviewKind.Warning, InterviewKind.Reminder)]
    [Trait("Requirement", "R-3.4.2.d")]
    [Trait("Invariant", "I63")]
    public void The_list_decides_the_kind_of_the_one_interview(ListKind list, InterviewKind kind, InterviewKind wrong)
    {
        var rectification = TalkDue(list);
        rectification.Interview.ShouldBe(kind);

        Record(rectification, wrong).Refusals.Single().Code.ShouldBe("interview-kind");
        Record(rectification, kind).Accepted.ShouldBeTrue();
        Record(rectification, kind).Refusals.Single().Code.ShouldBe("interview-recorded");
        rectification.OpenInterview(Due.AddDays(30)).Accepted.ShouldBeFalse("a second one is refused");
    }

    [Theory]
    [InlineData(InterviewOutcome.Held, false)]
    [InlineData(InterviewOutcome.Refused, true)]
    [InlineData(InterviewOutcome.NotCooperating, true)]
    [InlineData(InterviewOutcome.Unreachable, true)]
    [Trait("Requirement", "R-3.4.2.e")]
    [Trait("Invariant", "I64")]
    public void Every_outcome_becomes_a_credit_record_against_the_subject_unless_the_talk_was_held(InterviewOutcome outcome, bool negative)
    {
        var rectification = TalkDue(ListKind.Watch);
        _ = Record(rectification, InterviewKind.Reminder, outcome).Value;

        var record = rectification.ToRecord("interviews", Due.AddDays(3));

        (record.Kind, record.Negative, record.SourceId, record.Provider, record.SubjectId)
            .ShouldBe((RecordKind.Interview, negative, rectification.Id, "tax", rectification.SubjectId));
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.d")]
    public void An_interview_is_recorded_with_minutes_for_a_day_after_the_term_and_not_ahead()
    {
        foreach (var day in new[] { Due, Due.AddDays(4) })
        {
            TalkDue(ListKind.Watch).RecordInterview(InterviewKind.Reminder, InterviewOutcome.Held, day, "到场", "tax.officer", Due.AddDays(3))
                .Refusals.Single().Code.ShouldBe("interview-day");
        }

        TalkDue(ListKind.Watch).RecordInterview(InterviewKind.Reminder, InterviewOutcome.Held, Due.AddDays(3), " ", "tax.officer", Due.AddDays(3))
            .Refusals.Single().Code.ShouldBe("minutes-missing");
    }

    [Fact]
    [Trait("Invariant", "I22")]
    public void With_the_exit_of_the_entry_whatever_is_open_ends()
    {
        var overdue = Required();
        _ = overdue.Pass(Due.AddDays(1)).Value;
        var rejected = Required();
        _ = rejected.Submit("已补报", "证明", Today).Value;
        _ = rejected.Reject("不全", Today).Value;
        var submitted = Required();
        _ = submitted.Submit("已补报", "证明", Today).Value;
        foreach (var open in new[] { Required(), submitted, rejected, overdue, TalkDue(ListKind.Black) })
        {
            _ = open.End().Value;
            open.State.ShouldBe(RectificationState.Ended);
        }

        var ended = TalkDue(ListKind.Black);
        _ = ended.End().Value;
        Record(ended, InterviewKind.Warning).Refusals.Single().Code.ShouldBe("state-does-not-allow");
    }

    private static Rectification Required(ListKind list = ListKind.Watch) => Rectification.Require(Sample.InForce(list), "补报税款", Due, Today).Value;

    private static Rectification TalkDue(ListKind list)
    {
        var rectification = Required(list);
        _ = rectification.Pass(Due.AddDays(1)).Value;
        return rectification.OpenInterview(Due.AddDays(15)).Value;
    }

    private static Outcome<Rectification> Record(Rectification rectification, InterviewKind kind, InterviewOutcome outcome = InterviewOutcome.Held) =>
        rectification.RecordInterview(kind, outcome, Due.AddDays(3), "主要负责人到场。", "tax.officer", Due.AddDays(3));
}
