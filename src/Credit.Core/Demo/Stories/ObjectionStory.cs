using System.Security.Claims;
using Credit.Core.DueProcess;

namespace Credit.Core.Demo.Stories;

/// <summary>The story of one objection against the entry of another story.</summary>
internal sealed class ObjectionStory(StoryBook book, EntryStory about)
{
    private Guid _objection;
    private int _version;

    private ClaimsPrincipal Officer => DemoCaller.Officer(about.Standard.Department);

    private ClaimsPrincipal Reviewer => DemoCaller.Reviewer(about.Standard.Department);

    /// <summary>Goes so many working days on, in the story of the entry.</summary>
    public ObjectionStory Later(int workingDays)
    {
        about.Later(workingDays);
        return this;
    }

    /// <summary>The objection is filed.</summary>
    public void File(ClaimsPrincipal by) => book.Add(about.Day, about.Subject, async stage =>
    {
        var answer = await stage.AskAsync(by, nameof(FileObjection), new { grounds = "相关义务已履行完毕，认定事实与实际不符，请核实。" }, about.Entry);
        (_objection, _version) = (answer.GetProperty("id").GetGuid(), answer.GetProperty("version").GetInt32());
        about.Forget();
    });

    /// <summary>Taken up: measures rest.</summary>
    public ObjectionStory Accept() => Move(Officer, nameof(AcceptObjection), body: null);

    /// <summary>The term is extended.</summary>
    public ObjectionStory Extend() => Move(Reviewer, nameof(ExtendObjection), body: null);

    /// <summary>Not taken up.</summary>
    public ObjectionStory Dismiss() => Move(Reviewer, nameof(DismissObjection), new { finding = "异议事项不属于本条目，不予受理。" });

    /// <summary>The entry is right.</summary>
    public ObjectionStory Uphold() => Conclude("Upheld", "经核实，认定事实清楚、依据充分。", facts: null);

    /// <summary>The entry is right, its facts are corrected.</summary>
    public ObjectionStory Correct() => Conclude("Corrected", "经核实，部分事实表述有误，予以更正。", about.Standard.Facts + "（经核实更正）");

    /// <summary>The entry is wrong.</summary>
    public ObjectionStory Revoke() => Conclude("Revoked", "经核实，列入有误，予以撤销。", facts: null);

    /// <summary>Back to the story of the entry.</summary>
    public EntryStory Entry => about;

    private ObjectionStory Conclude(string conclusion, string finding, string? facts) =>
        Move(Reviewer, nameof(ConcludeObjection), new { conclusion, finding, correctedFacts = facts });

    private ObjectionStory Move(ClaimsPrincipal by, string useCase, object? body)
    {
        book.Add(about.Day, about.Subject, async stage =>
        {
            _version = (await stage.AskAsync(by, useCase, body, _objection, _version)).GetProperty("version").GetInt32();
            about.Forget();
        });
        return this;
    }
}
