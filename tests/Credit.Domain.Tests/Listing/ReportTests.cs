using Credit.Domain.Listing;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>Where an entry is published when it is reported.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData]
    [InlineData(PublicationChannel.CreditChina)]
    [Trait("Requirement", "R-3.2.4.d")]
    public void An_entry_is_published_on_a_channel_beside_Credit_China(params PublicationChannel[] channels)
    {
        var entry = Recognised();

        var refusal = entry.Report(Sample.Today, "tax.approver", channels).Refusals.ShouldHaveSingleItem();

        refusal.Code.ShouldBe("channel-missing");
        refusal.Field.ShouldBe("channels");
        entry.State.ShouldBe(EntryState.Recognised);
    }

    [Theory]
    [InlineData(PublicationChannel.DepartmentSite)]
    [InlineData(PublicationChannel.GovernmentPortal)]
    [InlineData(PublicationChannel.GovernmentPortal, PublicationChannel.CreditChina, PublicationChannel.GovernmentPortal)]
    [Trait("Requirement", "R-3.2.4.d")]
    public void Credit_China_and_every_channel_named_are_recorded_once_with_the_day(params PublicationChannel[] channels)
    {
        var entry = Recognised();

        _ = entry.Report(Sample.Today, "tax.approver", channels).Value;

        entry.Publications.Select(publication => (publication.Channel, publication.PublishedOn)).ShouldBe(
            channels.Append(PublicationChannel.CreditChina).Distinct().Select(channel => (channel, Sample.Today)), ignoreOrder: true);
    }

    private static ListEntry Recognised()
    {
        var entry = Sample.Proposed();
        _ = entry.Recognise(Sample.Recognition()).Value;
        return entry;
    }
}
