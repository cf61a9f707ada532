using System.Security.Claims;
using Credit.Core.DueProcess;
using Credit.Domain.DueProcess;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Demo.Stories;

/// <summary>The story of one rectification of the entry of another story, and of the interview when its day passes.</summary>
internal sealed class RectificationStory(StoryBook book, EntryStory about)
{
    private Guid _rectification;

    private ClaimsPrincipal Officer => DemoCaller.Officer(about.Standard.Department);

    /// <summary>Back to the story of the entry.</summary>
    public EntryStory Entry => about;

    /// <summary>Goes so many working days on, in the story of the entry.</summary>
    public RectificationStory Later(int workingDays)
    {
        about.Later(workingDays);
        return this;
    }

    /// <summary>The recogniser wants it put right within so many working days.</summary>
    public RectificationStory Require(int workingDays)
    {
        var due = book.Later(about.Day, workingDays);
        book.Add(about.Day, about.Subject, async stage => _rectification = (await stage.AskAsync(
            Officer, nameof(RequireRectification), new { requirement = "限期改正违法行为，并建立内部检查台账。", due }, about.Entry)).GetProperty("id").GetGuid());
        return this;
    }

    /// <summary>The subject says what it put right.</summary>
    public RectificationStory Submit() => Move(
        DemoCaller.Subject(about.Subject.Id), nameof(SubmitRectification), new { report = "已按要求改正，并建立检查台账。", evidence = "整改报告及现场照片" });

    /// <summary>Found put right.</summary>
    public RectificationStory Accept() => Move(Officer, nameof(AcceptRectification), new { finding = "经现场核查，已按要求整改。" });

    /// <summary>Found not put right.</summary>
    public RectificationStory Reject() => Move(Officer, nameof(RejectRectification), new { finding = "台账不完整，请补充后再次提交。" });

    /// <summary>The interview that the passed day led to.</summary>
    public RectificationStory Interview(InterviewOutcome outcome)
    {
        var heldOn = about.Day;
        return Move(
            Officer,
            nameof(RecordInterview),
            new
            {
                kind = nameof(InterviewKind.Reminder),
                outcome = outcome.ToString(),
                heldOn,
                minutes = outcome == InterviewOutcome.Held ? "主要负责人到场，承诺十日内完成整改。" : "主要负责人经两次通知未到场。",
            });
    }

    private RectificationStory Move(ClaimsPrincipal by, string useCase, object body)
    {
        book.Add(about.Day, about.Subject, async stage =>
        {
            // The sweeper may have moved it since.
            var version = await stage.ReadAsync((db, cancel) =>
                db.Rectifications.Where(each => each.Id == _rectification).Select(each => each.Version).SingleAsync(cancel));
            await stage.AskAsync(by, useCase, body, _rectification, version);
        });
        return this;
    }
}
