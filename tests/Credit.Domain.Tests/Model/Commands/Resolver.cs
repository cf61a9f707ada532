using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>
/// Settles what a command means in the state it meets. Mostly it chooses something the command fits and the officer whose
/// matter it is; now and then something it does not fit, or somebody whom it does not concern.
/// </summary>
internal static class Resolver
{
    /// <summary>The request; null when there is nothing the command could be about.</summary>
    public static Request? Resolve(Command command, District district) => command.Kind switch
    {
        CommandKind.Submit or CommandKind.Upgrade => Proposing.Submit(command, district),
        CommandKind.GivePriorNotice or CommandKind.Recognise or CommandKind.PublishReview or CommandKind.Withdraw or CommandKind.ChoosePublic
            or CommandKind.NoteClosed or CommandKind.SetRectification or CommandKind.NameResponsible or CommandKind.StandardChanged or CommandKind.MisuseFound or CommandKind.AnnounceExit => OnEntry(command, district),
        CommandKind.ObjectPreliminary or CommandKind.RaiseObjection or CommandKind.Complain or CommandKind.SelfDoubt => Doubt(command, district),
        CommandKind.Accept or CommandKind.Reject or CommandKind.Extend or CommandKind.ConcludeUpheld or CommandKind.ConcludeCorrected
            or CommandKind.ConcludeRevoked => OnObjection(command, district),
        CommandKind.ApplyRepair => ApplyRepair(command, district),
        CommandKind.AcceptRepair or CommandKind.ReturnRepair or CommandKind.CompleteRepair or CommandKind.ApproveRepair or CommandKind.RefuseRepair
            or CommandKind.RequestExit or CommandKind.GrantExit or CommandKind.DenyExit => OnRepair(command, district),
        CommandKind.SubmitRectification or CommandKind.Rectified or CommandKind.RejectRectification or CommandKind.Talk => OnRectification(command, district),
        CommandKind.Acknowledge or CommandKind.Apply or CommandKind.Feedback or CommandKind.NotApplicable or CommandKind.Decline
            or CommandKind.ConfirmStop or CommandKind.CloseTask => OnTask(command, district),
        CommandKind.Commit => Commit(command, district),
        CommandKind.FindCommitment or CommandKind.AcceptTolerantly or CommandKind.SupplyPaper => OnCommitment(command, district),
        CommandKind.HostCrash => Crash(command, district),
        _ => Clockwork.Resolve(command, district),
    };

    private static Request? OnEntry(Command command, District district)
    {
        var today = district.Today;
        if (Choose(district.Register.Entries.Rows, command, entry => Fits(command.Kind, entry, today) && !IsLeftOut(command, entry, district)) is not { } entry)
        {
            return null;
        }

        var knob = command.Knob;
        var request = new Request(command.Kind, Officer(
            command, entry.Recogniser, decides: command.Kind is not (CommandKind.GivePriorNotice or CommandKind.Withdraw or CommandKind.AnnounceExit or CommandKind.NoteClosed or CommandKind.SetRectification or CommandKind.NameResponsible), entry.ProposedBy))
        {
            Target = entry.Id,
            Text = knob % 37 == 0 ? "" : "理由",
        };
        return command.Kind switch
        {
            CommandKind.GivePriorNotice => request with { Day = today.AddDays((knob % 4) switch { 0 => 0, 1 => 1, 2 => -3, _ => -20 }) },
            CommandKind.Recognise => request with
            {
                Day = (knob % 6) switch { 0 => today, 1 => today.AddDays(-2), 2 => today.AddDays(knob % 7 == 0 ? 1 : 0), _ => null },
                Months = (knob % 11) switch { 0 => null, 1 => 61, 2 => 0, 3 => 12, _ => 1 },
                Also = knob % 3 == 0,
            },
            CommandKind.PublishReview => request with
            {
                Channels = (knob % 5) switch
                {
                    0 => [PublicationChannel.CreditChina],
                    1 => [PublicationChannel.DepartmentSite, PublicationChannel.GovernmentPortal],
                    2 => [PublicationChannel.GovernmentPortal],
                    _ => [PublicationChannel.DepartmentSite],
                },
            },
            CommandKind.SetRectification => request with { LastDay = today.AddDays((knob % 9) switch { 0 => 0, 1 => 400, < 6 => 1, _ => 10 }) },
            CommandKind.ChoosePublic => request with { Yes = knob % 4 != 0 },
            CommandKind.AnnounceExit => request with { Channels = [ChannelOf(entry, knob)] },
            _ => request,
        };
    }

    // Every third time only what was talked about once already is to be put right again.
    private static bool IsLeftOut(Command command, ListEntry entry, District district) => command is { Kind: CommandKind.SetRectification, Turn: var turn } && turn % 3 == 0
        && !district.Register.Rectifications.Rows.Any(each => each.EntryId == entry.Id && each.State == RectificationState.TalkDone);

    private static bool Fits(CommandKind kind, ListEntry entry, DateOnly today) => kind switch
    {
        CommandKind.GivePriorNotice => entry.State is EntryState.Draft or EntryState.Noticed && entry.NoticedOn is null,
        CommandKind.Recognise => entry.State is EntryState.Draft or EntryState.Noticed && (entry.DefenceUntil is not { } until || until < today) && entry.ValidTo >= today
            && (entry.SubjectKind == SubjectKind.LegalPerson || entry.List == ListKind.Red || entry.NoticedOn is not null || entry.NoticeExemption is not null),
        CommandKind.PublishReview => entry.State == EntryState.Recognised && entry.ValidTo >= today,
        CommandKind.Withdraw => entry.State is EntryState.Draft or EntryState.Noticed or EntryState.Recognised,
        CommandKind.ChoosePublic => entry.List == ListKind.Watch && entry.State is EntryState.Draft or EntryState.Active or EntryState.Verifying,
        CommandKind.NoteClosed => !entry.Publishable,
        CommandKind.NameResponsible => entry.List != ListKind.Red && entry.State is EntryState.Recognised or EntryState.Active or EntryState.Verifying,
        CommandKind.SetRectification => entry.List != ListKind.Red && entry.State == EntryState.Active && entry.ValidTo > today,
        CommandKind.MisuseFound => entry.List == ListKind.Red && entry.State is EntryState.Active or EntryState.Verifying,
        CommandKind.AnnounceExit => entry.State == EntryState.Exited && entry.ExitAnnouncedOn is null,
        _ => entry.State is EntryState.Active or EntryState.Verifying,
    };

    private static PublicationChannel ChannelOf(ListEntry entry, int knob)
    {
        var open = entry.Publications.Where(each => each.ExitAnnouncedOn is null).Select(each => each.Channel).Order().ToArray();
        return open.Length > 0 && knob % 10 != 0 ? open[knob % open.Length] : (PublicationChannel)(knob % 4);
    }

    private static Request? Doubt(Command command, District district)
    {
        var early = command.Kind == CommandKind.ObjectPreliminary;
        var entry = Choose(district.Register.Entries.Rows, command, each => early
            ? each.State is EntryState.Draft or EntryState.Noticed
            : each.State is EntryState.Active || (each.State == EntryState.Recognised && command.Kind == CommandKind.SelfDoubt));
        if (entry is null)
        {
            return null;
        }

        var user = command.Kind switch
        {
            CommandKind.SelfDoubt => Officer(command, entry.Recogniser, decides: command.Turn % 2 == 0),
            CommandKind.Complain => command.Turn % 2 == 0
                ? $"subject:{(district.NumberOf(entry.SubjectId) + 1) % Cast.Subjects}"
                : Officer(command, Cast.Departments[command.Turn % Cast.Departments.Length], decides: false),
            _ => $"subject:{district.NumberOf(entry.SubjectId)}",
        };
        return new Request(command.Kind, user) { Target = entry.Id, Text = command.Knob % 31 == 0 ? " " : "事实有误" };
    }

    private static Request? OnObjection(Command command, District district)
    {
        var wanted = command.Kind is CommandKind.Accept or CommandKind.Reject ? ObjectionState.Filed : ObjectionState.Accepted;
        var later = command.Kind is CommandKind.ConcludeCorrected;
        if (Choose(district.Register.Objections.Rows, command, each => each.State == wanted && !(later && each.BeforeRecognition) && Waits(district, each)) is not { } objection)
        {
            return null;
        }

        var entry = district.Register.Entries[objection.EntryId];
        return new Request(command.Kind, Officer(command, objection.Handler, decides: command.Kind != CommandKind.Accept, entry.ProposedBy, entry.RecognisedBy, objection.FiledBy))
        {
            Target = objection.Id,
            Text = command.Knob % 29 == 0 ? "" : "经核实",
            Yes = command.Knob % 13 != 0,
            LastDay = command.Kind == CommandKind.ConcludeCorrected && command.Knob % 2 == 0
                ? district.Today.AddDays((command.Knob / 2 % 5) switch { 0 => 0, 1 => 1, 2 => 30, 3 => -1, _ => 400 })
                : null,
        };
    }

    // A doubt about an entry that left meanwhile waits for nothing but its dismissal.
    private static bool Waits(District district, Objection objection) =>
        objection.State != ObjectionState.Filed || objection.BeforeRecognition || district.Register.Entries[objection.EntryId].State is EntryState.Active or EntryState.Verifying;

    private static Request? ApplyRepair(Command command, District district) =>
        Choose(district.Register.Entries.Rows, command, each => each.List != ListKind.Red && each.Repairable && each.InForce(district.Today)) is not { } entry
            ? null
            : new Request(command.Kind, $"subject:{district.NumberOf(entry.SubjectId)}")
            {
                Target = entry.Id,
                Yes = command.Knob % 9 != 0,
                Day = district.Today.AddDays(command.Knob % 17 == 0 ? 1 : 0),
            };

    private static Request? OnRepair(Command command, District district)
    {
        var wanted = command.Kind switch
        {
            CommandKind.AcceptRepair or CommandKind.ReturnRepair => RepairState.Submitted,
            CommandKind.CompleteRepair => RepairState.Correction,
            CommandKind.ApproveRepair or CommandKind.RefuseRepair => RepairState.UnderReview,
            CommandKind.RequestExit => RepairState.Approved,
            _ => RepairState.ExitRequested,
        };
        var exit = command.Kind is CommandKind.RequestExit;
        if (Choose(district.Register.Repairs.Rows, command, each => each.State == wanted && (!exit || IsBlackInForce(district, each.EntryId))) is not { } repair)
        {
            return null;
        }

        var proposer = district.Register.Entries[repair.EntryId].ProposedBy;

        var own = command.Kind is CommandKind.CompleteRepair or CommandKind.RequestExit;
        var user = own
            ? $"subject:{(district.NumberOf(repair.SubjectId) + (command.Turn % 23 == 0 ? 1 : 0)) % Cast.Subjects}"
            : Officer(
                command, repair.Handler, decides: command.Kind is not (CommandKind.AcceptRepair or CommandKind.ReturnRepair), proposer, repair.AcceptedBy, repair.DecidedBy);
        return new Request(command.Kind, user) { Target = repair.Id, Yes = command.Knob % 7 != 0, Day = district.Today, Text = command.Knob % 27 == 0 ? "" : "已履行" };
    }

    private static bool IsBlackInForce(District district, Guid entry) => district.Register.Entries[entry] is { List: ListKind.Black } black && black.InForce(district.Today);

    // Whoever commits is known to the register already.
    private static Request? Commit(Command command, District district)
    {
        var subject = command.Pick % Cast.Subjects;
        return district.Register.Entries.Rows.All(entry => district.NumberOf(entry.SubjectId) != subject) ? null
            : new Request(command.Kind, Officer(command, Cast.Departments[command.Pick / 3 % Cast.Departments.Length], decides: false))
            {
                Subject = subject,
                Yes = command.Knob % 4 != 0,
                Text = command.Knob % 27 == 0 ? "" : "承诺按期补齐",
            };
    }

    private static Request? OnCommitment(Command command, District district)
    {
        var request = new Request(command.Kind, "") { Text = command.Knob % 27 == 0 ? "" : "经查", Yes = command.Knob % 3 == 0, Also = command.Knob % 7 == 0 };
        if (command.Kind == CommandKind.SupplyPaper)
        {
            return Choose(district.Register.Acceptances.Rows, command, each => each.State == AcceptanceState.Accepted) is { } acceptance
                ? request with { Target = acceptance.Id, User = Officer(command, acceptance.Department, decides: false) }
                : null;
        }

        var fresh = command.Kind == CommandKind.AcceptTolerantly;
        return Choose(district.Register.Commitments.Rows, command, each => each.State == CommitmentState.Made && (!fresh || each.Kind == CommitmentKind.MissingPapers)) is { } commitment
            ? request with { Target = commitment.Id, User = Officer(command, commitment.Department, decides: !fresh, commitment.RecordedBy) }
            : null;
    }

    private static Request? OnRectification(Command command, District district)
    {
        if (Choose(district.Register.Rectifications.Rows, command, each => Fits(command.Kind, each)) is not { } rectification)
        {
            return null;
        }

        var user = command.Kind == CommandKind.SubmitRectification
            ? $"subject:{(district.NumberOf(rectification.SubjectId) + (command.Turn % 23 == 0 ? 1 : 0)) % Cast.Subjects}"
            : Officer(command, rectification.Recogniser, decides: false);
        return new Request(command.Kind, user)
        {
            Target = rectification.Id,
            Text = command.Knob % 27 == 0 ? "" : "已整改",
            Day = district.Today.AddDays(command.Knob % 8 == 0 ? 1 : 0),
            Yes = command.Knob % 3 != 0,
            Also = command.Knob % 5 != 0,
        };
    }

    private static bool Fits(CommandKind kind, Rectification rectification) => kind switch
    {
        CommandKind.SubmitRectification => rectification.State is RectificationState.Required or RectificationState.Rejected,
        CommandKind.Rectified or CommandKind.RejectRectification => rectification.State == RectificationState.Submitted,
        _ => rectification.State is RectificationState.TalkDue or RectificationState.Overdue,
    };

    private static Request? OnTask(Command command, District district)
    {
        if (Choose(district.Register.Tasks.Rows, command, each => Fits(command.Kind, each)) is not { } task)
        {
            return null;
        }

        return new Request(command.Kind, Officer(command, task.Department, decides: false))
        {
            Target = task.Id,
            Text = command.Knob % 27 == 0 ? "" : "已办理",
            Yes = command.Knob % 5 != 0,
            Also = command.Knob % 2 == 0,
        };
    }

    private static bool Fits(CommandKind kind, MeasureTask task) => kind switch
    {
        CommandKind.Acknowledge => task.State == TaskState.Dispatched,
        CommandKind.Apply => task is { State: TaskState.Acknowledged, Execution: TaskExecution.Running },
        CommandKind.Feedback => task.State is TaskState.Applied or TaskState.FedBack or TaskState.NotApplicable or TaskState.Acknowledged && task.Execution == TaskExecution.Running,
        CommandKind.NotApplicable or CommandKind.Decline => task.State == TaskState.Acknowledged,
        CommandKind.ConfirmStop => task.State == TaskState.StopRequested,
        _ => task.State == TaskState.Stopped,
    };

    private static Request? Crash(Command command, District district)
    {
        var inner = (CommandKind)(command.Knob % (int)CommandKind.TickSecond);
        return Resolve(new Command(inner, command.Pick, command.Turn, command.Knob / 64), district) is { } request ? request with { Crashes = true } : null;
    }

    // One in twelve is anything at all; the others are things the command fits, as long as there are any.
    private static T? Choose<T>(IReadOnlyList<T> rows, Command command, Func<T, bool> fits)
        where T : class
    {
        T[] fitting = command.Pick % 12 == 0 ? [] : [.. rows.Where(fits)];
        return fitting.Length > 0 ? fitting[At(command.Pick / 12, fitting.Length)] : rows.Count > 0 && command.Pick % 12 < 2 ? rows[command.Pick / 12 % rows.Count] : null;
    }

    // Every other time one of the latest four, so that lives are lived to their end.
    private static int At(int pick, int count) => pick % 2 == 0 ? count - 1 - (pick / 2 % Math.Min(count, 4)) : pick / 2 % count;

    // Mostly one who may: of the department, and none of those who had a hand in it before.
    private static string Officer(Command command, string department, bool decides, params string?[] before)
    {
        var stranger = command.Turn % 19 == 0;
        var acting = stranger ? Cast.Departments[(Array.IndexOf(Cast.Departments, department) + 1) % Cast.Departments.Length] : department;
        if (!decides)
        {
            return acting + ((command.Turn / 19 % 12) switch { 0 => ".approver", 1 => ".reviewer", _ => ".officer" });
        }

        string[] deciders = command.Turn / 19 % 2 == 0 ? [acting + ".approver", acting + ".reviewer"] : [acting + ".reviewer", acting + ".approver"];
        return command.Turn / 38 % 8 == 0 ? deciders[0] : deciders.FirstOrDefault(decider => !before.Contains(decider), deciders[0]);
    }
}
