using System.Reflection;
using Credit.Architecture.Tests.Policy;
using Credit.Testing;

namespace Credit.Architecture.Tests.Compliance;

/// <summary>What is said to be met is met, as far as tests and a reviewer can say.</summary>
public sealed class ComplianceTests
{
    private const string Planted = """"
        namespace Planted;

        [Trait("Invariant", "I22")]
        public sealed class LampTests(HostFixture host) : IClassFixture<HostFixture>
        {
            private static readonly int[] Numbers = [1];

            [Fact]
            [Trait("Requirement", "R-3.2.2.d")]
            [Trait("Requirement", "R-3.2.2.e")]
            public async Task A_lamp_is_lit()
            {
                host.ToString();
            }

            [Theory]
            [InlineData("""[Trait("Invariant", "I1")]""")]
            [InlineData("two")]
            public void A_lamp_goes_out(string word) => word.ShouldBe("two");

            [Fact(Skip = "later")]
            [Trait("Requirement", "R-3.2.2.a")]
            public void A_lamp_that_nobody_lights()
            {
            }

            private static int Number() => 1;

            private sealed class Switch
            {
                public void Turn() => Number();
            }

            [Fact]
            public void A_lamp_breaks() => Number().ShouldBe(1);
        }

        internal static class NoTests
        {
            public static void Nothing()
            {
            }
        }
        """";

    [Fact]
    public void Review_and_tests_cite_what_exists_and_nothing_is_met_without_a_test()
    {
        var citations = TestSources.All();

        citations.Count.ShouldBeGreaterThan(100);
        Review.Faults(Review.Read(), citations).ShouldBeEmpty();
    }

    [Fact]
    public Task The_compliance_in_the_repository_is_the_one_of_the_tests() =>
        SpecificationFile.HoldAsync("docs/compliance.md", new ComplianceDocument(Review.Read(), TestSources.All()).Print());

    [Fact]
    public void Tests_and_what_they_carry_are_read_from_the_source() => TestSources.In(Planted).ShouldBe(
    [
        new Citation("LampTests.A_lamp_is_lit", "Invariant", "I22"),
        new Citation("LampTests.A_lamp_is_lit", "Requirement", "R-3.2.2.d"),
        new Citation("LampTests.A_lamp_is_lit", "Requirement", "R-3.2.2.e"),
        new Citation("LampTests.A_lamp_goes_out", "Invariant", "I22"),
        new Citation("LampTests.A_lamp_breaks", "Invariant", "I22"),
    ]);

    [Fact]
    public void What_is_read_of_this_project_is_what_was_compiled()
    {
        var compiled =
            from type in typeof(ComplianceTests).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetCustomAttribute<FactAttribute>() is not null
            from trait in type.GetCustomAttributesData().Concat(method.GetCustomAttributesData())
            where trait.AttributeType == typeof(TraitAttribute)
            select new Citation($"{type.Name}.{method.Name}", (string)trait.ConstructorArguments[0].Value!, (string)trait.ConstructorArguments[1].Value!);

        Repository.Sources("tests/Credit.Architecture.Tests").SelectMany(file => TestSources.In(File.ReadAllText(file))).ShouldBe(compiled, ignoreOrder: true);
    }

    [Fact]
    public void A_review_that_says_too_much_is_found()
    {
        var review = Review.Parse("""
            {
              "R-3.2.2.d": { "met": "all of it" },
              "R-3.2.2.a": { "met": "nobody tests it" },
              "R-9.9.9": { "missing": "the requirement" },
              "R-3.2.2.e": { "met": "some", "missing": "the rest" },
              "I1": {}
            }
            """);

        Review.Faults(review, TestSources.In(Planted)).ShouldBe(
        [
            "R-3.2.2.a is said to be met and no test carries it",
            "R-9.9.9 is reviewed and does not exist",
            "R-3.2.2.e is either met or something is missing",
            "I1 is either met or something is missing",
        ]);
    }

    [Theory]
    [InlineData("Requirement", "R-3.2.2.z")]
    [InlineData("Requirement", "R-3.2.2")]
    [InlineData("Requirement", "I22")]
    [InlineData("Invariant", "R-3.2.2.d")]
    [InlineData("Invariant", "I97")]
    public void A_test_that_carries_what_does_not_exist_is_found(string kind, string id) =>
        Review.Faults(Review.Parse("{}"), [new Citation("LampTests.A_lamp", kind, id)]).ShouldBe([$"LampTests.A_lamp carries {kind} {id}, which does not exist"]);

    [Fact]
    public void Neither_a_test_nor_a_review_alone_makes_anything_met()
    {
        var document = new ComplianceDocument(Review.Parse("""{ "R-3.2.2.d": { "met": "all" }, "R-3.2.2.a": { "met": "untested" } }"""), TestSources.In(Planted));

        document.StandingOf("R-3.2.2.d").ShouldBe(Standing.Met);
        document.StandingOf("R-3.2.2.e").ShouldBe(Standing.Partial);
        document.StandingOf("R-3.2.2.a").ShouldBe(Standing.Open);
    }

    [Fact]
    public void The_document_shows_every_row_with_its_tests_and_what_is_missing()
    {
        var text = new ComplianceDocument(Review.Parse("""{ "R-3.2.2.d": { "met": "all" }, "R-3.2.2.e": { "missing": "the race" }, "R-4.1": { "notApplicable": "people" } }"""), TestSources.In(Planted)).Print();

        Papers.Requirements.Select(row => row.Id).Concat(Papers.Invariants.Select(row => row.Id)).ShouldAllBe(id => text.Contains($"\n**{id}** · "));
        text.ShouldContain("### R-3.2.2 明确名单认定程序\n");
        text.ShouldContain("**R-3.2.2.d** · met · ");
        text.ShouldContain("- `LampTests.A_lamp_is_lit`\n- covers: all\n");
        text.ShouldContain("- missing: the race\n");
        text.ShouldContain("**R-4.1** · not applicable · ");
        text.ShouldContain("- because: people\n");
        text.ShouldContain("| requirements of 济任政发〔2019〕8号 | 1 | 1 | 112 | 1 |");
        text.ShouldContain("| invariants | 0 | 1 | 95 | 0 |");
        text.ShouldContain("**I22** · partial · ◇ only transitions of the published table occur.\n");
    }
}
