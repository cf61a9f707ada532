using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Core.TriggerFeedback;

/// <summary>The answer to a query, in the names departments' systems already read.</summary>
/// <param name="RequestId">查询编号; feedback names it as <c>redblackRequestId</c>.</param>
/// <param name="State">未反馈, 反馈中 or 已完成.</param>
/// <param name="RedblackType">The hits; none when the subject is on no list.</param>
internal sealed record TriggerAnswer(string RequestId, string State, IReadOnlyList<RedblackHit> RedblackType);

/// <summary>One hit.</summary>
/// <param name="UnitedId">The entry.</param>
/// <param name="UnitedType"><c>red</c>, <c>black</c> or <c>watch</c>; the older interface knows the first two only.</param>
/// <param name="UnitedName">The list in words, with its domain.</param>
/// <param name="UnionPair">Memoranda with the measures that concern the asking department in this matter; none while the entry is verified.</param>
/// <param name="RedblackDetail">The entry in words.</param>
internal sealed record RedblackHit(string UnitedId, string UnitedType, string UnitedName, IReadOnlyList<UnionPair> UnionPair, IReadOnlyList<RedblackDetail> RedblackDetail)
{
    /// <summary>The wire name of a list.</summary>
    public static string TypeOf(ListKind list) => list switch
    {
        ListKind.Red => "red",
        ListKind.Black => "black",
        _ => "watch",
    };

    /// <summary>The list in words.</summary>
    public static string NameOf(ListKind list, string domain) => domain + list switch
    {
        ListKind.Red => "守信红名单",
        ListKind.Black => "失信黑名单",
        _ => "重点关注名单",
    };
}

/// <summary>A memorandum with its measures.</summary>
/// <param name="ItemName">备忘录名称.</param>
/// <param name="OriginDept">The department that listed the subject.</param>
/// <param name="Contents">措施(第N条).</param>
internal sealed record UnionPair(string ItemName, string? OriginDept, IReadOnlyList<string> Contents)
{
    /// <summary>A measure as it stands in <see cref="Contents"/>: its wording and its ordinal.</summary>
    public static string ContentOf(string measureKey, string wording) => $"{wording}(第{measureKey[(measureKey.IndexOf('/', StringComparison.Ordinal) + 1)..]}条)";
}

/// <summary>An entry in words.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Name">Name of the subject.</param>
/// <param name="Code">Unified code; the masked identifier of a natural person.</param>
/// <param name="Contents">Titles with contents.</param>
internal sealed record RedblackDetail(string Id, string Name, string Code, IReadOnlyList<DetailLine> Contents);

/// <summary>One line of an entry.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Content">Its value.</param>
internal sealed record DetailLine(string Title, string Content);

/// <summary>How far a request is.</summary>
/// <param name="RequestId">查询编号.</param>
/// <param name="State">未反馈, 反馈中 or 已完成.</param>
/// <param name="AskedOn">Day asked.</param>
/// <param name="Details">Its hits.</param>
internal sealed record TriggerState(string RequestId, string State, DateOnly AskedOn, IReadOnlyList<DetailState> Details)
{
    public static TriggerState Of(TriggerRequest request) => new(
        request.Number, NameOf(request.State), request.AskedOn,
        [.. request.Details.Select(detail => new DetailState(
            $"{detail.EntryId}", RedblackHit.TypeOf(detail.List), detail.FedBackOn is not null, detail.HandleType, detail.Result, detail.OccurredOn, detail.FedBackOn))]);

    /// <summary>A state in the words of the interface.</summary>
    public static string NameOf(TriggerRequestState state) => state switch
    {
        TriggerRequestState.NotFedBack => "未反馈",
        TriggerRequestState.InFeedback => "反馈中",
        _ => "已完成",
    };
}

/// <summary>One hit and its feedback.</summary>
/// <param name="UnitedId">The entry.</param>
/// <param name="UnitedType"><c>red</c>, <c>black</c> or <c>watch</c>.</param>
/// <param name="FedBack">True once it was answered.</param>
/// <param name="HandleType">1 实施奖惩, 2 其他; null until then.</param>
/// <param name="FeedbackResult">What was done and what came of it.</param>
/// <param name="ClTime">Day it was done.</param>
/// <param name="FedBackOn">Day it was fed back.</param>
internal sealed record DetailState(
    string UnitedId, string UnitedType, bool FedBack, int? HandleType, string? FeedbackResult, DateOnly? ClTime, DateOnly? FedBackOn);
