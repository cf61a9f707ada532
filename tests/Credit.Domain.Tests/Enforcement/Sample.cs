using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Enforcement;

/// <summary>Entries, measures and tasks to test with.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    public static ListEntry Proposed(ListKind list = ListKind.Black, SubjectKind kind = SubjectKind.LegalPerson, string name = "任城某某商贸有限公司") =>
        ListEntry.Propose(Proposal(list, kind, name)).Value;

    public static EntryProposal Proposal(ListKind list = ListKind.Black, SubjectKind kind = SubjectKind.LegalPerson, string name = "任城某某商贸有限公司") => new()
    {
        List = list,
        Domain = "税收征管",
        Category = list == ListKind.Red ? null : ConductCategory.Market,
        Subject = Subject.Register(kind, name, new SubjectParticulars { LegalRepresentative = "张某" }, Clause.R("3.1.1.a")),
        Facts = "少缴税款。",
        Standard = "测试标准",
        StandardLevel = StandardLevel.National,
        Recogniser = "tax",
        ProposedBy = "tax.officer",
        ProposedOn = Today,
        ValidTo = Today.AddYears(3),
        NoticeDeliveredOn = kind == SubjectKind.NaturalPerson ? Today.AddDays(-30) : null,
        PunishMonths = 36,
        WatchReason = list == ListKind.Watch ? WatchReason.Heavier : null,
        PolicyPack = "rencheng-2019",
        Bases = [new EntryBasis { Kind = BasisKind.AdministrativeAct, Text = "税收征收管理法", DocumentNumber = "任税稽罚〔2026〕1号" }],
    };

    /// <summary>A recognition by the second officer, today.</summary>
    public static Recognition Recognition(string officer = "tax.approver") =>
        new(officer, Today, Today, Today.AddDays(9), DefenceAnswered: false, WatchMonthsAfterExit: 12);

    public static ListEntry InForce(ListKind list = ListKind.Black, SubjectKind kind = SubjectKind.LegalPerson, string name = "任城某某商贸有限公司")
    {
        var entry = Proposed(list, kind, name);
        _ = entry.Recognise(Recognition()).Value;
        _ = entry.Report(Today, "tax.approver", [PublicationChannel.DepartmentSite]).Value;
        return entry;
    }

    public static Measure Measure(MeasureObligation obligation = MeasureObligation.Mandatory) => new()
    {
        Key = "TAX-BLACK/9",
        Ordinal = "9",
        Wording = "禁止参加政府采购活动",
        Canonical = ["P01"],
        Nature = MeasureNature.Administrative,
        Obligation = obligation,
        Departments = ["finance"],
        LegalBases = [new LegalBasis("政府采购法第二十二条", LegalLevel.Law)],
        Within = new WorkingDays(20),
        Evidence = Evidence.Seen,
    };

    public static MeasureTask Task(MeasureObligation obligation = MeasureObligation.Mandatory) =>
        MeasureTask.Dispatch(InForce(), "TAX-BLACK", 1, Measure(obligation), "finance", Today, Today.AddDays(28));

    /// <summary>A task walked to a state through its own moves.</summary>
    public static MeasureTask TaskIn(TaskState state, MeasureObligation obligation = MeasureObligation.Recommended)
    {
        var task = Task(obligation);
        foreach (var move in WayTo(state))
        {
            _ = move(task).Value;
        }

        task.State.ShouldBe(state);
        return task;
    }

    /// <summary>Fires a trigger with everything it could want, so that only the state can be at fault.</summary>
    public static Outcome<MeasureTask> Fire(MeasureTask task, TaskTrigger on) => on switch
    {
        TaskTrigger.Acknowledge => task.Acknowledge(),
        TaskTrigger.Apply => task.Apply(),
        TaskTrigger.FindNotApplicable => task.FindNotApplicable("未参与政府采购", "政府采购法第二条"),
        TaskTrigger.Decline => task.Decline("审慎评估后暂不采用"),
        TaskTrigger.FeedBack => task.FeedBack(Today),
        TaskTrigger.RequestStop => task.RequestStop(Today.AddDays(7)),
        TaskTrigger.ConfirmStop => task.ConfirmStop(Today, "已解除"),
        _ => task.Close(),
    };

    private static IEnumerable<Func<MeasureTask, Outcome<MeasureTask>>> WayTo(TaskState state)
    {
        TaskTrigger[] way = state switch
        {
            TaskState.Dispatched => [],
            TaskState.Acknowledged => [TaskTrigger.Acknowledge],
            TaskState.Applied => [TaskTrigger.Acknowledge, TaskTrigger.Apply],
            TaskState.NotApplicable => [TaskTrigger.Acknowledge, TaskTrigger.FindNotApplicable],
            TaskState.Declined => [TaskTrigger.Acknowledge, TaskTrigger.Decline],
            TaskState.FedBack => [TaskTrigger.Acknowledge, TaskTrigger.Apply, TaskTrigger.FeedBack],
            TaskState.StopRequested => [TaskTrigger.RequestStop],
            TaskState.Stopped => [TaskTrigger.RequestStop, TaskTrigger.ConfirmStop],
            _ => [TaskTrigger.RequestStop, TaskTrigger.ConfirmStop, TaskTrigger.Close],
        };
        return way.Select<TaskTrigger, Func<MeasureTask, Outcome<MeasureTask>>>(on => task => Fire(task, on));
    }
}
