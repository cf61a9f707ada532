using System.Text.Json;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Policy;

public sealed class PolicyPackTests
{
    private static readonly PolicyPack Shipped = PolicyPack.Shipped("rencheng-2019");

    [Fact]
    [Trait("Invariant", "I30")]
    [Trait("Requirement", "R-3.2.4.c")]
    public void Another_term_applies_only_in_its_domain_and_only_by_the_law_it_cites()
    {
        var pack = Shipped with { ReportEntryExceptions = [new StatutoryTerm { Domain = "生态环境", Days = 3, Citation = "某条例第八条" }] };

        pack.ReportEntryDaysOf("生态环境").ShouldBe(3);
        pack.ReportEntryDaysOf("税收征管").ShouldBe(7);
        Shipped.ReportEntryDaysOf("生态环境").ShouldBe(7, "the pack shipped makes no exception");
    }

    [Theory]
    [Trait("Invariant", "I30")]
    [InlineData("""{"domain":"生态环境","days":3,"citation":" "}""")]
    [InlineData("""{"domain":"生态环境","days":3}""")]
    public void A_pack_with_another_term_and_no_citation_is_not_read(string row) =>
        Should.Throw<Exception>(() => JsonSerializer.Deserialize<StatutoryTerm>(row, JsonSerializerOptions.Web))
            .ShouldBeAssignableTo<Exception>()!.GetType().ShouldBeOneOf(typeof(ArgumentException), typeof(JsonException));

    [Fact]
    public void A_pack_that_is_not_shipped_is_not_guessed() => Should.Throw<ArgumentException>(() => PolicyPack.Shipped("rencheng-2099"));
}
