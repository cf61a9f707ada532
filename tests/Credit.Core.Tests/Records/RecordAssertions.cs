using Credit.Domain.Records;

namespace Credit.Core.Tests.Records;

/// <summary>What every credit record says of itself, however it came (I90).</summary>
internal static class RecordAssertions
{
    public static void ShouldSayWhereItCameFrom(this CreditRecord record, RecordOrigin origin, string item)
    {
        record.Provider.ShouldNotBeEmpty();
        record.BatchId.ShouldNotBe(Guid.Empty);
        (record.Origin, record.CatalogueItem).ShouldBe((origin, item));
        record.FormedOn.ShouldBeGreaterThan(DateOnly.MinValue);
        record.ReceivedOn.ShouldBeGreaterThanOrEqualTo(record.FormedOn);
    }
}
