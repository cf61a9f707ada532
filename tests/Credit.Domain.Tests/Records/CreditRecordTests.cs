using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Records;

/// <summary>What a stated record is held against, and its life.</summary>
public sealed class CreditRecordTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");
    private static readonly Subject Company = Subject.Register(SubjectKind.LegalPerson, "任城某某商贸有限公司", new SubjectParticulars(), Clause.R("3.1.1.a"));
    private static readonly Subject Person = Subject.Register(SubjectKind.NaturalPerson, "张样本", new SubjectParticulars(), Clause.R("3.1.1.a"));

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    public void A_statement_of_its_provider_about_what_happened_is_accepted() => Codes(Stated()).ShouldBeEmpty();

    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    public void Every_reason_is_told_at_once() =>
        Codes(Stated() with { Text = " ", DocumentNumber = "", FormedOn = Today.AddDays(1), Kind = RecordKind.UnfulfilledJudgment })
            .ShouldBe(["not-provider", "record-text-missing", "record-number-missing", "formed-in-future"]);

    [Fact]
    [Trait("Requirement", "R-3.1.4.f")]
    [Trait("Requirement", "R-3.1.4.h")]
    public void Publication_needs_an_item_that_is_published_and_a_last_day_in_range()
    {
        Codes(Stated() with { Publish = true }).ShouldBe(["public-until-missing"]);
        Codes(Stated() with { Publish = true, PublicUntil = Today }).ShouldBeEmpty();
        Codes(Stated() with { PublicUntil = Today }).ShouldBe(["public-until-unasked"]);
        Codes(Stated() with { Publish = true, PublicUntil = Today.AddYears(5) }).ShouldBeEmpty();
        Codes(Stated() with { Publish = true, PublicUntil = Today.AddYears(5).AddDays(1) }).ShouldBe(["public-until-out-of-range"]);
        Codes(Stated() with { Kind = RecordKind.Payment, Publish = true, PublicUntil = Today.AddYears(1) }).ShouldBe(["item-not-published"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.b")]
    public void What_the_catalogue_does_not_have_is_not_collected() => Stated().Check(null, Today).Select(refusal => refusal.Code).ShouldBe(["item-not-in-catalogue"]);

    [Fact]
    [Trait("Invariant", "I21")]
    public void Words_of_forbidden_kinds_count_against_persons_and_every_word_is_found()
    {
        foreach (var word in ForbiddenKinds.All.SelectMany(kind => kind.Words))
        {
            Codes(Stated() with { Subject = Person, Text = $"查明其{word}。" }).ShouldBe(["forbidden-kind-of-data"], word);
            Codes(Stated() with { Text = $"查明其{word}。" }).ShouldBeEmpty(word);
        }

        ForbiddenKinds.All.Select(kind => kind.Key).ShouldBe(["religion", "genes", "fingerprints", "blood-type", "medical-history"]);
    }

    [Fact]
    [Trait("Invariant", "I27")]
    public void A_record_is_late_after_its_due_day_and_a_correction_does_not_make_it_timely()
    {
        var late = Formed(receivedOn: Today, due: Today.AddDays(-1));
        late.Late.ShouldBeTrue();
        Formed(receivedOn: Today, due: Today).Late.ShouldBeFalse();

        var corrected = late.Correct(Stated() with { Text = "更正。" }, Item, Today.AddDays(3), due: Today.AddDays(9)).Value;

        (corrected.Late, corrected.ReceivedOn, corrected.Revision, corrected.ReplacesId).ShouldBe((true, Today, 2, late.Id));
        (late.State, late.Text).ShouldBe((RecordState.Corrected, Stated().Text));
        late.Correct(Stated(), Item, Today, Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("state-does-not-allow");
    }

    [Fact]
    [Trait("Invariant", "I86")]
    public void The_same_statement_is_the_same_record_and_each_member_makes_another()
    {
        var record = Formed(Today, Today);

        record.Says(Stated() with { RecordedBy = "another", BatchId = Guid.CreateVersion7() }).ShouldBeTrue();
        RecordStatement[] others =
        [
            Stated() with { Text = "另" }, Stated() with { Negative = false }, Stated() with { Kind = RecordKind.Coercion }, Stated() with { FormedOn = Today.AddDays(-9) },
            Stated() with { Subject = Person }, Stated() with { PublicUntil = Today }, Stated() with { SourceSystem = "x" },
        ];
        others.ShouldAllBe(other => !record.Says(other));
        record.Correct(Stated() with { Subject = Person }, Item, Today, Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("record-number-taken");
    }

    [Fact]
    [Trait("Invariant", "I91")]
    public void Retention_is_over_on_the_day_after_its_last_month_and_never_while_it_counts()
    {
        var record = Formed(Today, Today);
        record.Anonymise(Guid.CreateVersion7(), 60, Today.AddYears(50)).Accepted.ShouldBeFalse("it still counts");
        record.Annul("有误", "other", Today).Accepted.ShouldBeTrue();

        record.Anonymise(Guid.CreateVersion7(), 60, Today.AddYears(5)).Accepted.ShouldBeFalse();
        record.Anonymise(Guid.CreateVersion7(), 60, Today.AddYears(5).AddDays(1)).Accepted.ShouldBeTrue();
        record.Anonymise(Guid.CreateVersion7(), 60, Today.AddYears(9)).Accepted.ShouldBeFalse("once");
    }

    [Theory]
    [Trait("Invariant", "I91")]
    [InlineData("2031-11-25", "2026-11-24")]
    [InlineData("2031-11-24", "2026-11-23")]
    [InlineData("2029-03-01", "2024-02-29")]
    [InlineData("2029-02-28", "2024-02-27")]
    public void What_ended_on_this_day_at_the_latest_is_over(string today, string last)
    {
        Retention.LastEnded(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), 60).ToString("yyyy-MM-dd").ShouldBe(last);
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.1.4.f")]
    public void What_is_to_be_public_is_so_only_once_a_second_officer_agreed_and_records_of_persons_never_are()
    {
        Codes(Stated() with { Subject = Person, Publish = true, PublicUntil = Today.AddYears(1) }).ShouldBe(["person-record-not-published"]);
        var record = CreditRecord.Form(Stated() with { Publish = true, PublicUntil = Today.AddYears(1) }, Item, Today, Today);
        record.PublicUntil.ShouldBeNull();

        record.Publish("tax.officer").Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        record.Publish("tax.approver").Accepted.ShouldBeTrue();
        (record.PublicUntil, record.PublishedBy).ShouldBe((Today.AddYears(1), "tax.approver"));
        record.Publish("tax.approver").Refusals.ShouldHaveSingleItem().Code.ShouldBe("publication-not-asked");
        Formed(Today, Today).Publish("tax.approver").Refusals.ShouldHaveSingleItem().Code.ShouldBe("publication-not-asked");

        var corrected = record.Correct(Stated() with { Text = "更正。", Publish = true, PublicUntil = Today.AddYears(1) }, Item, Today, Today).Value;
        corrected.PublicUntil.ShouldBeNull("another content is agreed to anew");
    }

    private static CatalogueItem Item => Pack.ItemOf(RecordKind.Inspection)!;

    private static RecordStatement Stated() => new()
    {
        Subject = Company,
        Kind = RecordKind.Inspection,
        Negative = true,
        Provider = "tax",
        DocumentNumber = "任税检〔2026〕1号",
        Text = "检查发现问题。",
        FormedOn = Today.AddDays(-1),
        BatchId = new("01890000-0000-7000-8000-000000000001"),
        RecordedBy = "tax.officer",
    };

    private static CreditRecord Formed(DateOnly receivedOn, DateOnly due) => CreditRecord.Form(Stated(), Item, receivedOn, due);

    private static string[] Codes(RecordStatement statement) => [.. statement.Check(Pack.ItemOf(statement.Kind), Today).Select(refusal => refusal.Code)];
}
