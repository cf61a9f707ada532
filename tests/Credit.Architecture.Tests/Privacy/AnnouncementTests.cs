using Credit.Core.Register;

namespace Credit.Architecture.Tests.Privacy;

/// <summary>Announcements go to more readers than the row they are about: none carries what identifies a person, or who reported one.</summary>
public sealed class AnnouncementTests
{
    [Fact]
    [Trait("Invariant", "X7")]
    public void No_announcement_carries_what_identifies_a_person()
    {
        WireNames.All.Count.ShouldBeGreaterThan(20);
        Personal(WireNames.All.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void A_personal_field_of_an_announcement_is_found() =>
        Personal([typeof(LeakyAnnouncement)]).ShouldBe(["LeakyAnnouncement.InformantName", "LeakyAnnouncement.IdNumber", "LeakyAnnouncement.Photo"]);

    // The hash of a whole record or batch says what changed, not who it is about.
    private static IEnumerable<string> Personal(IEnumerable<Type> announcements) =>
        from announcement in announcements
        from property in announcement.GetProperties()
        where property.Name is not ("ContentHash" or "RecordsHash")
        where PersonalWords.AreIn(property.Name, PersonalWords.All) || property.PropertyType == typeof(byte[])
        select $"{announcement.Name}.{property.Name}";

    private sealed record LeakyAnnouncement(Guid EntryId, string InformantName, string IdNumber, byte[] Photo);
}
