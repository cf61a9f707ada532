using Credit.Core.Demo;
using Credit.Core.Demo.Stories;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Tests.Demo;

/// <summary>What the demo district is made of, without a database.</summary>
public sealed class DemoDistrictTests
{
    private static readonly DemoPlan Full = new(new DateOnly(2026, 11, 24));
    private static readonly DemoDistrict District = DemoDistrict.Make(Full, WorkingCalendar.BuiltIn);

    [Fact]
    [Trait("Requirement", "R-3.1.3.a")]
    [Trait("Invariant", "I18")]
    public void Every_identifier_is_valid_in_form_and_nobody_else_has_it()
    {
        var codes = District.Subjects.Where(subject => subject.Code is not null).Select(subject => subject.Code!).ToArray();
        codes.ShouldAllBe(code => UnifiedCreditCode.Check(code) == CodeFault.None);
        codes.ShouldAllBe(code => OrganizationCode.Check(UnifiedCreditCode.OrganizationCodeOf(code)!) == CodeFault.None);
        codes.ShouldAllBe(code => code.Substring(8, 2) == "TY", "the range is not given out");
        codes.ShouldBeUnique();

        var card = PersonIdentifiers.ResidentIdentityCard;
        var numbers = District.Subjects.Where(subject => subject.IdentityNumber is not null).Select(subject => subject.IdentityNumber!).ToArray();
        numbers.ShouldAllBe(number => PersonIdentifiers.Check(card, number) == CodeFault.None);
        numbers.ShouldAllBe(number => PersonIdentifiers.BirthDate(card, number)!.Value.Year < 1890, "nobody born then lived to get 18 digits");
        numbers.ShouldAllBe(number => number.Substring(14, 3) == "000", "numbering starts with 001");
        numbers.ShouldBeUnique();
        District.Subjects.ShouldAllBe(subject => (subject.Code == null) != (subject.IdentityNumber == null));
    }

    [Fact]
    public void Every_identity_number_there_can_be_is_another_one()
    {
        var all = Enumerable.Range(0, MadeUpIdentifiers.MostPersons).Select(MadeUpIdentifiers.IdentityNumber).ToHashSet();

        all.Count.ShouldBe(MadeUpIdentifiers.MostPersons);
        Should.Throw<ArgumentOutOfRangeException>(() => MadeUpIdentifiers.IdentityNumber(MadeUpIdentifiers.MostPersons));
    }

    [Fact]
    public void The_same_day_and_seed_give_the_same_district_and_others_another()
    {
        var small = new DemoPlan(new DateOnly(2026, 11, 24), Subjects: 300);
        var fingerprint = DemoDistrict.Make(small, WorkingCalendar.BuiltIn).Fingerprint();

        DemoDistrict.Make(small, WorkingCalendar.BuiltIn).Fingerprint().ShouldBe(fingerprint);
        DemoDistrict.Make(small with { Seed = 1 }, WorkingCalendar.BuiltIn).Fingerprint().ShouldNotBe(fingerprint);
        DemoDistrict.Make(small with { Today = new DateOnly(2026, 11, 25) }, WorkingCalendar.BuiltIn).Fingerprint().ShouldNotBe(fingerprint);
    }

    [Fact]
    public void Chance_is_pinned_so_that_no_framework_changes_the_district()
    {
        var chance = new SeededSource(42);

        Enumerable.Range(0, 6).Select(_ => chance.Next(1000)).ShouldBe([83, 378, 680, 924, 991, 769]);
        new SeededSource(42).For("subjects").Next(1_000_000).ShouldNotBe(new SeededSource(42).For("penalties").Next(1_000_000));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    public void It_has_all_kinds_of_subjects_in_the_fifteen_towns_and_streets_that_report_to_the_district()
    {
        District.Subjects.Count.ShouldBe(20_000);
        District.Subjects.Select(subject => subject.Kind).Distinct().Count().ShouldBe(4);
        District.Subjects.Select(subject => subject.Id).ShouldBeUnique();
        District.Subjects.ShouldContain(subject => subject.Id == DemoPlan.AccountSubject);

        var towns = Area.LoadAll().Where(area => area is { ManagedByDistrict: true, Kind: "Town" or "Street" }).Select(area => area.Name).ToArray();
        towns.Length.ShouldBe(15);
        District.Subjects.Select(subject => subject.Town).Distinct().ShouldBe(towns, ignoreOrder: true);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Invariant", "I86")]
    public void It_has_two_years_of_licences_and_penalties_of_departments_that_exist()
    {
        District.Licences.Count.ShouldBe(30_000);
        District.Penalties.Count.ShouldBe(12_000);
        var decisions = District.Licences.Cast<DemoDecision>().Concat(District.Penalties).ToArray();
        decisions.ShouldAllBe(decision => decision.DecidedOn > Full.Start && decision.DecidedOn < decision.ReceivedOn && decision.ReceivedOn <= Full.Today);
        decisions.ShouldAllBe(decision => WorkingCalendar.BuiltIn.IsWorkingDay(decision.DecidedOn));
        decisions.Select(decision => (decision.DecidedOn.Year, decision.DecidedOn.Month)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(24);
        decisions.GroupBy(decision => decision.GetType()).ShouldAllBe(kind => kind.DistinctBy(decision => decision.DocumentNumber).Count() == kind.Count());

        var departments = DepartmentDirectory.Load();
        decisions.Select(decision => decision.Department).Concat(District.Subjects.Select(subject => subject.Registrar)).Distinct()
            .ShouldAllBe(key => departments.Find(key)!.Code != null);
        District.Tables.Standards.ShouldAllBe(standard => departments.Find(standard.Department)!.MayRecognise && ListDomains.Shipped.Contains(standard.Domain));
    }

    [Fact]
    public void Every_kind_of_report_of_a_module_the_demo_knows_has_a_sample() =>
        ModuleCatalog.Discover().FeedbackKinds.Select(kind => kind.Kind).GroupBy(kind => kind.Split('/')[0]).Where(module => module.Any(District.Tables.Feedback.ContainsKey))
            .SelectMany(module => module).Except(District.Tables.Feedback.Keys).ShouldBeEmpty("the demo leaves a newer module to its department, and no kind of one it plays");

    [Fact]
    public void History_ends_where_the_working_calendar_does()
    {
        var plan = DemoPlan.For(new DateOnly(2027, 3, 1), WorkingCalendar.BuiltIn);

        plan.Today.ShouldBeLessThan(new DateOnly(2026, 12, 1));
        WorkingCalendar.BuiltIn.DueDate(plan.Today, new WorkingDays(20)).Year.ShouldBe(2026);
        DemoPlan.For(new DateOnly(2026, 6, 1), WorkingCalendar.BuiltIn).Today.ShouldBe(new DateOnly(2026, 6, 1));
    }

    [Fact]
    public void Stories_can_be_told_on_any_day_of_the_calendar()
    {
        for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2026, 11, 26); day = day.AddDays(17))
        {
            var district = DemoDistrict.Make(new DemoPlan(day, Subjects: 300), WorkingCalendar.BuiltIn);
            var book = StoryBook.Tell(district, WorkingCalendar.BuiltIn);

            book.Steps.ShouldAllBe(step => step.Day > district.Plan.Start && step.Day <= day);
        }
    }
}
