using Credit.Core.Deadlines;
using Credit.Core.DueProcess;
using Credit.Core.Enforcement;
using Credit.Core.Incentives;
using Credit.Core.Listing;
using Credit.Domain.Tests.Model;

namespace Credit.Core.Tests.Model;

/// <summary>A use case and what it is asked.</summary>
internal sealed record Call(string UseCase, object? About, object? Body, bool Versioned = true);

/// <summary>The requests of the model as calls of the platform's use cases.</summary>
internal static class Calls
{
    public static Call Of(Request request, Twin twin)
    {
        var about = request.Target == default ? (Guid?)null : twin.Names.Of(request.Target);
        return request.Kind switch
        {
            CommandKind.Submit or CommandKind.Upgrade => new(nameof(ProposeEntry), null, Proposal(request, twin), Versioned: false),
            CommandKind.GivePriorNotice => new(nameof(NotifySubject), about, new { deliveredOn = request.Day }),
            CommandKind.Recognise => new(nameof(RecogniseEntry), about, new { recognisedOn = request.Day, watchMonthsAfterExit = request.Months, defenceAnswered = request.Also }),
            CommandKind.PublishReview => new(nameof(ReportEntry), about, new { channels = request.Channels.Select(channel => channel.ToString()) }),
            CommandKind.Withdraw => new(nameof(WithdrawEntry), about, new { reason = request.Text }),
            CommandKind.ChoosePublic => new(nameof(ChoosePublication), about, new { shown = request.Yes, reason = request.Text }),
            CommandKind.NoteClosed => new(nameof(RecordClosedNotice), about, new { addressee = request.Text.Length == 0 ? "" : "区国防动员办公室" }),
            CommandKind.StandardChanged => new(nameof(ExitEntry), about, new { reason = "StandardChanged", explanation = request.Text }),
            CommandKind.MisuseFound => new(nameof(ExitEntry), about, new { reason = "Misuse", explanation = request.Text }),
            CommandKind.AnnounceExit => new(nameof(AnnounceExit), about, new { channel = request.Channels[0].ToString() }),
            CommandKind.ObjectPreliminary or CommandKind.RaiseObjection or CommandKind.Complain or CommandKind.SelfDoubt =>
                new(nameof(FileObjection), about, new { grounds = request.Text }, Versioned: false),
            CommandKind.Accept => new(nameof(AcceptObjection), about, null),
            CommandKind.Reject => new(nameof(DismissObjection), about, new { finding = request.Text }),
            CommandKind.Extend => new(nameof(ExtendObjection), about, null),
            CommandKind.ConcludeUpheld => new(nameof(ConcludeObjection), about, new { conclusion = "Upheld", finding = request.Text }),
            CommandKind.ConcludeCorrected => new(nameof(ConcludeObjection), about, new
            {
                conclusion = "Corrected",
                finding = request.Text,
                correctedFacts = request.Yes ? "更正后的事实。" : null,
                correctedValidTo = request.LastDay,
            }),
            CommandKind.ConcludeRevoked => new(nameof(ConcludeObjection), about, new { conclusion = "Revoked", finding = request.Text }),
            _ => OfRepairAndMeasure(request, about, twin),
        };
    }

    private static Call OfRepairAndMeasure(Request request, Guid? about, Twin twin) => request.Kind switch
    {
        CommandKind.ApplyRepair => new(nameof(ApplyForRepair), about, new { steps = Steps(request) }, Versioned: false),
        CommandKind.AcceptRepair => new(nameof(AcceptRepair), about, null),
        CommandKind.ReturnRepair => new(nameof(SendBackRepair), about, new { finding = request.Text }),
        CommandKind.CompleteRepair => new(nameof(ResubmitRepair), about, new { steps = Steps(request) }),
        CommandKind.ApproveRepair => new(nameof(DecideRepair), about, new { approve = true, finding = request.Text }),
        CommandKind.RefuseRepair => new(nameof(DecideRepair), about, new { approve = false, finding = request.Text }),
        CommandKind.RequestExit => new(nameof(ApplyForEarlyExit), about, new { performance = request.Text, evidence = request.Text }),
        CommandKind.GrantExit => new(nameof(ExitEarly), about, new { grant = true, dutiesFulfilled = request.Yes, finding = request.Text }),
        CommandKind.DenyExit => new(nameof(ExitEarly), about, new { grant = false, dutiesFulfilled = request.Yes, finding = request.Text }),
        CommandKind.SetRectification => new(nameof(RequireRectification), about, new { requirement = request.Text, due = request.LastDay }, Versioned: false),
        CommandKind.SubmitRectification => new(nameof(SubmitRectification), about, new { report = request.Text, evidence = request.Text }),
        CommandKind.Rectified => new(nameof(AcceptRectification), about, new { finding = request.Text }),
        CommandKind.RejectRectification => new(nameof(RejectRectification), about, new { finding = request.Text }),
        CommandKind.Talk => new(nameof(RecordInterview), about, new
        {
            kind = request.Also ? Domain.DueProcess.Rectification.KindFor(twin.Model.Register.Rectifications[request.Target].List).ToString() : "Reminder",
            outcome = request.Yes ? "Held" : "Refused",
            heldOn = request.Day,
            minutes = request.Text,
        }),
        CommandKind.Commit => new(nameof(RecordCommitment), null, new { subject = Named(twin, request.Subject), kind = request.Yes ? "MissingPapers" : "Comprehensive", text = request.Text }, Versioned: false),
        CommandKind.FindCommitment => new(request.Yes ? nameof(FindCommitmentKept) : nameof(FindCommitmentBroken), about, new { finding = request.Text }),
        CommandKind.AcceptTolerantly => new(nameof(AcceptTolerantly), null, Acceptance(request, twin), Versioned: false),
        CommandKind.SupplyPaper => new(nameof(SupplyPaper), about, new { paperId = twin.Names.PaperOf(request.Target) }),
        CommandKind.Acknowledge => new(nameof(AcknowledgeTask), about, null),
        CommandKind.Apply => new(nameof(ApplyTask), about, null),
        CommandKind.Feedback => new(nameof(ReportFeedback), about, new { handleType = request.Yes ? 1 : 2, action = request.Text, result = request.Text }),
        CommandKind.NotApplicable => new(nameof(FindTaskNotApplicable), about, new { reason = request.Text, legalBasis = request.Also ? "某法第一条" : null }),
        CommandKind.Decline => new(nameof(DeclineTask), about, new { reason = request.Text }),
        CommandKind.ConfirmStop => new(nameof(ConfirmStop), about, new { note = request.Text }),
        CommandKind.CloseTask => new(nameof(CloseTask), about, null),
        CommandKind.CalendarUpdate => new(nameof(UploadCalendar), request.Day!.Value.Year, Calendar(request, twin), Versioned: false),
        _ => throw new InvalidOperationException($"{request.Kind} is no call."),
    };

    // Here a subject is named by its identifier alone.
    private static object Named(Twin twin, int subject)
    {
        var named = System.Text.Json.JsonSerializer.SerializeToNode(twin.Reference(subject))!.AsObject();
        _ = named.Remove("legalRepresentative");
        return named;
    }

    private static object Acceptance(Request request, Twin twin) => new
    {
        subject = Named(twin, twin.Model.NumberOf(twin.Model.Register.Commitments[request.Target].SubjectId)),
        matter = "食品经营许可",
        commitmentId = twin.Names.Of(request.Target),
        papers = new object[]
        {
            new { title = "营业执照", requiredBy = "食品经营许可管理办法", missing = request.Also },
            new { title = "场所平面图", missing = true },
        },
    };

    private static object[] Steps(Request request) =>
        [new { mode = request.Yes ? "PublicCommitment" : "CreditReport", evidence = request.Yes ? "信用承诺书" : "信用报告", doneOn = request.Day }];

    // The model has its new calendar already: what it has is what is uploaded.
    private static object Calendar(Request request, Twin twin)
    {
        var notice = twin.Model.Calendar.Notices.Single(each => each.Year == request.Day!.Value.Year);
        return new { offDays = notice.OffDays.Order(), makeUpDays = notice.MakeUpDays.Order(), source = notice.Source };
    }

    private static object Proposal(Request request, Twin twin)
    {
        var person = request.Subject == Domain.Tests.Model.Cast.Subjects - 1;
        var red = request.List == Domain.Listing.ListKind.Red;
        return new
        {
            list = request.List.ToString(),
            domain = request.Domain,
            category = red ? null : "Market",
            subject = twin.Reference(request.Subject),
            facts = "认定事实。",
            bases = new[] { new { kind = "AdministrativeAct", text = "某法第三条", documentNumber = $"任罚〔2026〕{request.Document}号" } },
            standard = "模型标准",
            standardLevel = "National",
            decidedOn = request.Day,
            validTo = request.LastDay,
            noticeExemption = person && request.Number % 6 == 0 ? "某法第二条" : null,
            publishable = request.Yes,
            unpublishableReason = request.Yes ? null : "涉密",
            punishMonths = 12,
            repairable = request.Also,
            repairModes = "公开信用承诺",
            repairMonths = request.Number % 5 == 0 ? 1 : (int?)null,
            ableButRefuses = request.Number % 2 == 0,
            watchReason = Domain.Tests.Model.Cast.ReasonOf(request)?.ToString(),
            minorOffences = Domain.Tests.Model.Cast.OffencesOf(request),
            watchMonthsAfterExit = request.List == Domain.Listing.ListKind.Black ? request.Months : null,
        };
    }
}
