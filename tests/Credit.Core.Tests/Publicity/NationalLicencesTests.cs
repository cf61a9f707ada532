using System.Net;
using System.Net.Http.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Publicity;

/// <summary>The national enterprise system gets the licences of enterprises and individual businesses too.</summary>
[Trait("Requirement", "R-3.1.4.e")]
public sealed class NationalLicencesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly (string Field, string Value)[] Person =
        [("XK_XDR_MC", "张样本"), ("XK_XDR_LB", "自然人"), ("XK_XDR_SHXYM", ""), ("XK_FRDB", ""), ("XK_XDR_ZJLX", "身份证"), ("XK_XDR_ZJHM", "370811199001010014")];

    private readonly Reports _reports = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I79")]
    public async Task Licences_of_enterprises_and_individual_businesses_are_queued_exactly_once_and_those_of_natural_persons_never()
    {
        var business = Code("92370811TX0000002");
        var sent = await _reports.SendLicencesAsync(
            Reports.Officer, [], SampleSheet.Licence(1), SampleSheet.Licence(2, ("XK_XDR_LB", "个体工商户"), ("XK_XDR_SHXYM", business)),
            SampleSheet.Licence(3, Person), SampleSheet.Licence(5, [.. Person, ("XK_XDR_SHXYM", Code("92370811TX0000005"))]), SampleSheet.Licence(4, ("XK_XDR_SHXYM", Code("12370811TX0000004"))));
        (Reports.Total(sent, "accepted"), Reports.Total(sent, "rejected")).ShouldBe((4, 1), "stored, the person's and the institution's too; a person under the code of a business is refused");
        await host.SettleAsync();

        var first = await ReadAsync();

        first.Messages.Select(message => message.SubjectCode).ShouldBe([SampleSheet.Code(1), business], ignoreOrder: true);
        first.Messages.ShouldAllBe(message => message.Version == 1 && message.Kind == "licences" && message.ValidTo == new DateOnly(2031, 11, 19));

        // The department and the service hall repeat one: nothing comes of it. A correction is one message more, and of the person still none.
        await _reports.SendLicencesAsync(Reports.Officer, [], SampleSheet.Licence(1));
        await _reports.SendLicencesAsync(Reports.Hall, Reports.FromHall, SampleSheet.Licence(2, ("XK_XDR_LB", "个体工商户"), ("XK_XDR_SHXYM", business)));
        foreach (var changed in new[] { SampleSheet.Licence(1, ("XK_NR", "散装食品销售")), SampleSheet.Licence(3, [.. Person, ("XK_NR", "散装食品销售")]) })
        {
            await _reports.CorrectAsync("market-supervision.approver", await _reports.SendLicencesAsync(Reports.Officer, [], changed));
        }

        await host.SettleAsync();

        var all = await ReadAsync();

        all.Messages.Take(2).ShouldBe(first.Messages, "what is queued stays as it was");
        all.Messages.Skip(2).Select(message => (message.SubjectCode, message.Version)).ShouldBe([(SampleSheet.Code(1), 2)]);
        var stored = await _register.ReadAsync(db => db.Licences.AsNoTracking().ToListAsync());
        stored.Count(licence => licence.SubjectCategory == "自然人").ShouldBe(2);
        all.Messages.Select(message => message.RecordId).ShouldBe(
            stored.Where(licence => licence.SubjectCode == SampleSheet.Code(1) || licence.SubjectCode == business).Select(licence => licence.Id), ignoreOrder: true);

        using var system = await host.AsAsync("city.system");
        (await system.PostAsJsonAsync("/api/exchange/national/receipts", new { position = all.Messages[^1].Position })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync()).Messages.ShouldBeEmpty("confirmed once, never offered again");
    }

    private static string Code(string first17) => first17 + UnifiedCreditCode.ComputeCheck(first17);

    private async Task<Page> ReadAsync()
    {
        using var system = await host.AsAsync("city.system");
        return (await system.GetFromJsonAsync<Page>("/api/exchange/national/messages"))!;
    }

    private sealed record Message(long Position, Guid RecordId, int Version, string Kind, string SubjectCode, DateOnly ValidTo);

    private sealed record Page(IReadOnlyList<Message> Messages);
}
