using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Incentives;

/// <summary>Offers are asked with yes or no, and about persons and for banks only with authorisation.</summary>
public sealed class OfferTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Theory]
    [InlineData("Lodging", "Enterprise", "R-3.3.3.f")]
    [InlineData("Lease", "Enterprise", "R-3.3.4.b")]
    [InlineData("PersonalSupport", "Department", "R-3.3.3.c")]
    [InlineData("Promotion", "Department", "R-3.3.5")]
    [Trait("Requirement", "R-3.3.3.f")]
    [Trait("Requirement", "R-3.3.4.b")]
    [Trait("Requirement", "R-3.3.3.c")]
    public async Task An_offer_is_in_the_public_catalogue_until_it_is_closed(string programme, string provider, string clause)
    {
        var offer = await OpenAsync("finance.officer", programme, provider, "Exemplar", "Everybody");
        var query = $"Offers?$filter=Programme eq '{programme}' and Need eq 'Exemplar'";
        (await _journey.PublicAsync(query)).ShouldContain(each => each.GetProperty("Id").GetGuid() == offer, clause);
        (await _journey.PostAsync("tax.officer", $"/api/offers/{offer}/closing")).Status.ShouldBe(HttpStatusCode.NotFound);
        await _journey.DoneAsync("finance.officer", $"/api/offers/{offer}/closing");
        (await _journey.PublicAsync(query)).ShouldNotContain(each => each.GetProperty("Id").GetGuid() == offer);
        (await _journey.PostAsync("finance.officer", $"/api/offers/{offer}/eligibility", new { subject = IncentiveJourney.Company(Proposals.Code("F00")) })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.f")]
    [Trait("Requirement", "R-3.3.4.b")]
    public async Task The_answer_is_yes_or_no_and_holds_nothing_of_the_record()
    {
        var clean = Proposals.Code("F10");
        var marked = Proposals.Code("F11");
        var listed = Proposals.Code("F12");
        var red = Proposals.Code("F13");
        await _journey.RegisteredAsync(clean);
        await _journey.RegisteredAsync(marked, new(2025, 11, 24));
        await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(listed));
        await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(red));
        var oneYear = await OpenAsync("finance.officer", "Lease", "Enterprise", "CleanRecord", "Organisations", 1);
        var threeYears = await OpenAsync("finance.officer", "Lease", "Enterprise", "CleanRecord", "Organisations", 3);
        var forRed = await OpenAsync("finance.officer", "Lease", "Enterprise", "RedEntry", "Organisations");
        var forPersons = await OpenAsync("finance.officer", "Travel", "Enterprise", "CleanRecord", "Persons", 3);
        (Guid Offer, string Code, bool Answer)[] asked =
        [
            (oneYear, clean, true), (oneYear, marked, true), (oneYear, listed, false), (threeYears, clean, true), (threeYears, marked, false), (threeYears, listed, false),
            (forRed, red, true), (forRed, clean, false), (forPersons, clean, false), (threeYears, Proposals.Code("F14"), false),
        ];
        foreach (var (offer, code, answer) in asked)
        {
            var given = await _journey.PostAsync("finance.officer", $"/api/offers/{offer}/eligibility", new { subject = new { kind = "LegalPerson", code } });
            given.Body.ShouldBe($"{{\"eligible\":{(answer ? "true" : "false")}}}", $"{code}");
        }

        (await _journey.PostAsync("tax.officer", $"/api/offers/{oneYear}/eligibility", new { subject = new { kind = "LegalPerson", code = clean } })).Status
            .ShouldBe(HttpStatusCode.NotFound, "another department's offer");
    }

    [Fact]
    [Trait("Requirement", "R-3.3.4.a")]
    [Trait("Requirement", "R-3.3.3.f")]
    public async Task A_bank_and_whoever_asks_about_a_person_needs_the_subjects_authorisation_which_it_can_take_back()
    {
        var code = Proposals.Code("F20");
        var company = await _journey.RegisteredAsync(code);
        var bank = await OpenAsync("finance.officer", "TaxLoan", "Bank", "CleanRecord", "Organisations", 3);
        var lodging = await OpenAsync("finance.officer", "Lodging", "Enterprise", "CleanRecord", "Persons", 3);
        var made = await _journey.DoneAsync("finance.officer", "/api/recorded-commitments", new { subject = IncentiveJourney.Someone(), kind = "Repair", text = "诚信履约。" });
        var person = made.GetProperty("subjectId").GetGuid();
        (Guid Offer, Guid Subject, object Named)[] cases =
        [
            (bank, company, new { kind = "LegalPerson", code }),
            (lodging, person, new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = IncentiveJourney.Person }),
        ];
        foreach (var (offer, subject, named) in cases)
        {
            var path = $"/api/offers/{offer}/eligibility";
            (await _journey.RefusedAsync("finance.officer", path, new { subject = named })).ShouldSatisfyAllConditions(
                refused => refused.Status.ShouldBe(HttpStatusCode.Forbidden), refused => refused.Codes.ShouldBe(["authorisation-missing"]));
            (await _journey.PostAsync(HostFixture.AccountOf(subject), path, new { })).Body.ShouldBe("{\"eligible\":true}", "about oneself");
            var granted = await _journey.DoneAsync(HostFixture.AccountOf(subject), $"/api/offers/{offer}/authorisations", new { until = "2026-11-24" });
            (await _journey.PostAsync("finance.officer", path, new { subject = named })).Body.ShouldBe("{\"eligible\":true}");
            var revocation = $"/api/offer-authorisations/{granted.GetProperty("id").GetGuid()}/revocation";
            (await _journey.PostAsync("finance.officer", revocation)).Status.ShouldBe(HttpStatusCode.NotFound);
            await _journey.DoneAsync(HostFixture.AccountOf(subject), revocation);
            (await _journey.RefusedAsync("finance.officer", path, new { subject = named })).Codes.ShouldBe(["authorisation-missing"]);
        }

        var expiring = await _journey.RefusedAsync(HostFixture.AccountOf(company), $"/api/offers/{bank}/authorisations", new { until = "2026-11-23" });
        expiring.Codes.ShouldBe(["authorisation-term-invalid"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.4.a")]
    public async Task Amount_and_rate_of_a_loan_are_reported_only_where_the_authorisation_covers_it()
    {
        var company = await _journey.RegisteredAsync(Proposals.Code("F30"));
        var bank = await OpenAsync("finance.officer", "CreditLoan", "Bank", "CleanRecord", "Organisations", 3);
        var path = $"/api/offers/{bank}/outcomes";
        var narrow = await _journey.DoneAsync(HostFixture.AccountOf(company), $"/api/offers/{bank}/authorisations", new { until = "2027-11-23" });
        (await _journey.RefusedAsync("finance.officer", path, new { authorisationId = narrow.GetProperty("id").GetGuid(), granted = true })).Codes.ShouldBe(["authorisation-missing"]);
        var wide = await _journey.DoneAsync(HostFixture.AccountOf(company), $"/api/offers/{bank}/authorisations", new { until = "2027-11-23", withOutcome = true });
        var authorisationId = wide.GetProperty("id").GetGuid();
        (await _journey.RefusedAsync("finance.officer", path, new { authorisationId, granted = true, amountYuan = 0 })).Codes.ShouldBe(["outcome-out-of-range"]);

        await _journey.DoneAsync("finance.officer", path, new { authorisationId, granted = true, amountYuan = 500000, ratePercent = 3.85 });

        var row = (await _journey.OfficialAsync("finance.officer", $"OfferOutcomes?$filter=OfferId eq {bank}")).ShouldHaveSingleItem();
        (row.GetProperty("AmountYuan").GetDecimal(), row.GetProperty("RatePercent").GetDecimal()).ShouldBe((500000m, 3.85m));
        row.GetRawText().ShouldNotContain(company.ToString());
        (await _journey.OfficialAsync("tax.officer", $"OfferOutcomes?$filter=OfferId eq {bank}")).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.f")]
    public async Task An_offer_without_wording_or_with_years_that_do_not_fit_is_refused()
    {
        (await _journey.RefusedAsync("finance.officer", "/api/offers", Offer("Lease", "Enterprise", "CleanRecord", "Organisations", null))).Codes.ShouldBe(["offer-years-invalid"]);
        (await _journey.RefusedAsync("finance.officer", "/api/offers", Offer("Lease", "Enterprise", "Exemplar", "Organisations", 3))).Codes.ShouldBe(["offer-years-invalid"]);
        (await _journey.RefusedAsync("finance.officer", "/api/offers", Offer("Lease", "Enterprise", "CleanRecord", "Organisations", 11))).Codes.ShouldBe(["offer-years-invalid"]);
        (await _journey.RefusedAsync("finance.officer", "/api/offers", Offer("PersonalSupport", "Department", "CleanRecord", "Persons", 3))).Codes.ShouldBe(["offer-need-too-weak"], "I49");
        (await _journey.RefusedAsync("finance.officer", "/api/offers", Offer("Lease", "Enterprise", "Exemplar", "Organisations", null, " "))).Codes.ShouldBe(["offer-wording-missing"]);
    }

    private static object Offer(string programme, string provider, string need, string audience, int? cleanYears, string title = "信易优惠") => new
    {
        programme,
        provider,
        providerName = "任城某某提供方",
        title,
        terms = "免押金、九折。",
        need,
        audience,
        cleanYears,
    };

    private async Task<Guid> OpenAsync(string user, string programme, string provider, string need, string audience, int? years = null) =>
        (await _journey.DoneAsync(user, "/api/offers", Offer(programme, provider, need, audience, years))).GetProperty("id").GetGuid();
}
