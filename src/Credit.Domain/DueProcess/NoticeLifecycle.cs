using Credit.Domain.Policy;
using static Credit.Domain.DueProcess.NoticeState;
using static Credit.Domain.DueProcess.NoticeTrigger;

namespace Credit.Domain.DueProcess;

/// <summary>What a notice tells its subject.</summary>
public enum NoticeKind
{
    /// <summary>事前告知 before recognition (R-3.2.2.d).</summary>
    PriorNotice,

    /// <summary>警示: on the watch list, until when (R-3.5.5.d).</summary>
    Warning,

    /// <summary>认定, together with how it can be repaired.</summary>
    Recognition,

    /// <summary>信用修复告知.</summary>
    RepairInformation,

    /// <summary>限期整改通知 (R-3.4.2.c).</summary>
    Rectification,

    /// <summary>约谈通知 (R-3.4.2.d).</summary>
    Interview,

    /// <summary>Answer to an objection, complaint or application (R-3.5.7.b).</summary>
    Answer,

    /// <summary>名单退出 (R-3.5.6.d).</summary>
    Exit,

    /// <summary>更正: what was said was wrong (R-3.5.7.d).</summary>
    Correction,
}

/// <summary>How a notice reached its subject.</summary>
public enum DeliveryWay
{
    /// <summary>On the platform, to the subject signed in.</summary>
    Platform,

    /// <summary>直接送达.</summary>
    InPerson,

    /// <summary>邮寄送达.</summary>
    Post,

    /// <summary>公告送达.</summary>
    PublicNotice,
}

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    /// <summary>Written; not delivered yet.</summary>
    Issued,

    /// <summary>Delivered.</summary>
    Delivered,

    /// <summary>Answered by the subject.</summary>
    Answered,
}

/// <summary>What moves a notice.</summary>
public enum NoticeTrigger
{
    /// <summary>Delivered.</summary>
    Deliver,

    /// <summary>The subject answers.</summary>
    Answer,
}

/// <summary>The life of a notice.</summary>
public static class NoticeLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<NoticeState, NoticeTrigger> Table = new("Notice", Issued,
        (Issued, Deliver, Delivered, "R-3.5.5.d"),
        (Delivered, NoticeTrigger.Answer, Answered, "R-3.2.2.c"));
}
