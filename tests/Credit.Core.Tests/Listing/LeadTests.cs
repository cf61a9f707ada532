using System.Net;
using System.Net.Http.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

[Trait("Requirement", "R-3.2.2.b")]
public sealed class LeadTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Theory]
    [Trait("Invariant", "I12")]
    [InlineData("association", "Dishonest")]
    [InlineData("subject", "Trustworthy")]
    public async Task A_lead_reaches_the_inbox_of_its_department_and_lists_nobody(string user, string conduct)
    {
        var code = Proposals.Code(user == "subject" ? "A00" : "A01");

        var answer = await SupplyAsync(user, new { department = "tax", conduct, subjectCode = code, statement = "多次伪造检测报告。" });

        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        var item = await _register.ReadAsync(db => db.Inbox.AsNoTracking().SingleAsync(each => each.Kind == InboxKind.Lead && each.Text.Contains(code)));
        item.Department.ShouldBe("tax");
        item.Text.ShouldContain($"{item.AggregateId}");
        item.Text.ShouldNotContain("多次伪造检测报告", customMessage: "the lead itself is read where leads are");
        (await _register.ReadAsync(db => db.Entries.CountAsync(entry => entry.SubjectCode == code))).ShouldBe(0, "a lead is no entry");
        (await _register.ReadAsync(db => db.Subjects.CountAsync(subject => subject.Code == code))).ShouldBe(0);
        (await _register.ReadAsync(db => db.RegisterEntries.SingleAsync(entry => entry.AggregateId == item.AggregateId))).Actor.ShouldBe(user);
    }

    [Theory]
    [InlineData("public-resource-trading", "91370811MA3TEA02X0", "好", "lead-addressee-unknown")]
    [InlineData("tax", "91370811MA3TEA02X0", "好", "subject-code-invalid")]
    [InlineData("tax", null, " ", "lead-statement-missing")]
    [InlineData("tax", null, "联系电话13800138000", "lead-names-person")]
    public async Task A_lead_says_to_whom_about_whom_and_what_and_names_no_person(string department, string? code, string statement, string refusal)
    {
        var answer = await SupplyAsync("association", new { department, conduct = "Dishonest", subjectCode = code ?? Proposals.Code("A02"), statement });

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Body.ShouldContain(refusal);
    }

    private async Task<MoveAnswer> SupplyAsync(string user, object lead)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/leads", lead);
        return new MoveAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
