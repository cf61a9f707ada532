using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Subjects;

public sealed class SubjectTests
{
    private const string First = "91370811MA3TEXT0X0";
    private const string Second = "92370811MA3TEXT18W";

    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    public void A_changed_code_takes_the_place_of_the_old_one_which_stays_in_the_history()
    {
        var subject = Registered();

        _ = subject.ChangeCode(Second, Today, confirmedException: false).Value;

        subject.Code.ShouldBe(Second);
        subject.Identifiers.Select(identifier => (identifier.Lookup, identifier.Since, identifier.Until)).ShouldBe(
            [(First, new DateOnly(2020, 1, 2), Today.AddDays(-1)), (Second, Today, null)]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    public void A_code_already_in_force_is_no_change()
    {
        var subject = Registered();

        subject.ChangeCode(First, Today, confirmedException: false).Refusals.ShouldHaveSingleItem().Code.ShouldBe("code-unchanged");

        subject.Identifiers.ShouldHaveSingleItem().Until.ShouldBeNull();
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    public void A_cancelled_subject_keeps_its_codes_and_is_cancelled_once()
    {
        var subject = Registered();

        _ = subject.Cancel().Value;

        subject.Status.ShouldBe(SubjectStatus.Cancelled);
        subject.Code.ShouldBe(First);
        subject.Cancel().Refusals.ShouldHaveSingleItem().Code.ShouldBe("subject-cancelled");
    }

    private static Subject Registered() => Subject.Register(
        SubjectKind.LegalPerson, "任城某某商贸有限公司", new SubjectParticulars(), Clause.R("3.1.3.d"),
        SubjectIdentifier.Plain(SubjectIdentifier.Uscc, First, new DateOnly(2020, 1, 2)));
}
