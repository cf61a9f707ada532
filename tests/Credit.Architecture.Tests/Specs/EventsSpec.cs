using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;
using Credit.Core.Register;
using Credit.Testing;

namespace Credit.Architecture.Tests.Specs;

/// <summary>Writes what is announced, by whom and why, in which shape, and who reacts.</summary>
[Collection(OverTheBuiltHost.Name)]
public sealed class EventsSpec(BuiltHost host)
{
    private static readonly JsonSerializerOptions Layout = new(RegisterInterceptor.Json) { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task The_announcements_in_the_repository_are_those_of_the_code()
    {
        var catalogue = JsonNode.Parse(EventCatalogue.Describe(host.Get<IReadOnlyList<Reaction>>()))!;
        var announcers = Announcers.In(House.All.SelectMany(assembly => assembly.GetTypes()));
        foreach (var announced in catalogue["events"]!.AsArray().Select(each => each!.AsObject()))
        {
            var type = WireNames.All.Single(named => named.Value == (string)announced["wireName"]!).Key;
            announced.Insert(announced.IndexOf("kind") + 1, "announcedBy", new JsonArray([.. announcers.Where(each => each.Announcement == type)
                .Select(each => (JsonNode)new JsonObject { ["by"] = each.By, ["clause"] = each.Clause })]));
        }

        await SpecificationFile.HoldAsync("api-specs/events.v1.json", catalogue.ToJsonString(Layout) + "\n");
    }

    [Fact]
    public void Who_announces_and_why_is_read_from_the_code()
    {
        var announcers = Announcers.In(typeof(Herald).Assembly.GetTypes().Where(type => type == typeof(Herald) || type.DeclaringType == typeof(Herald)));

        announcers.ShouldBe(
        [
            new Announcer(typeof(AnnouncedOnce), "Herald.ByClause", "R-3.2.4.c"),
            new Announcer(typeof(AnnouncedOnce), "Herald.ByHand", Announcers.OfTheCaller),
            new Announcer(typeof(AnnouncedOnce), "Herald.ByInvariant", "I32"),
            new Announcer(typeof(AnnouncedOnce), "Herald.ByMove", Announcers.OfTheMove),
            new Announcer(typeof(AnnouncedOnce), "Herald.Later", "R-3.5.7.c"),
        ]);
    }
}
