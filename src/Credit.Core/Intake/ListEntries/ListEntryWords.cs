using Credit.Core.Intake.Records;
using Credit.Domain.Listing;

namespace Credit.Core.Intake.ListEntries;

/// <summary>The code lists of proposals.</summary>
internal static class ListEntryWords
{
    /// <summary>名单类别: the policy's words, the titles of the national site and its numbers.</summary>
    public static readonly WordList<ListKind> Lists = new(
        (ListKind.Red, "红名单", ["守信红名单", "守信联合激励对象名单", "2"]),
        (ListKind.Black, "黑名单", ["失信黑名单", "失信联合惩戒对象名单", "严重失信主体名单", "8"]),
        (ListKind.Watch, "重点关注名单", ["重点关注对象名单", "4"]));

    /// <summary>失信行为分类 .</summary>
    public static readonly WordList<ConductCategory> Categories = new(
        (ConductCategory.HealthAndSafety, "严重危害人民群众身体健康和生命安全的行为", ["严重危害人民群众身体健康和生命安全"]),
        (ConductCategory.Market, "严重破坏市场公平竞争秩序和社会正常秩序的行为", ["严重破坏市场公平竞争秩序和社会正常秩序"]),
        (ConductCategory.Refusal, "拒不履行法定义务，严重影响司法机关、行政机关公信力的行为", ["拒不履行法定义务,严重影响司法机关、行政机关公信力的行为", "拒不履行法定义务"]),
        (ConductCategory.Defence, "拒不履行国防义务的行为", ["拒不履行国防义务"]));

    /// <summary>列入情形.</summary>
    public static readonly WordList<WatchReason> WatchReasons = new(
        (WatchReason.Heavier, "较重失信", ["较重失信行为"]),
        (WatchReason.RepeatedMinor, "多次轻微失信", ["多次轻微失信行为"]));

    /// <summary>依据类型 (R-3.2.1.b).</summary>
    public static readonly WordList<BasisKind> BasisKinds = new(
        (BasisKind.Registration, "登记类信息", []),
        (BasisKind.AdministrativeAct, "行政行为信息", []),
        (BasisKind.UnfulfilledJudgment, "生效司法裁决", ["拒不履行生效裁决信息", "生效司法裁判", "生效司法裁决信息"]),
        (BasisKind.Commendation, "表彰奖励信息", []),
        (BasisKind.Other, "其他依法认定信息", []));

    /// <summary>认定标准级别; those below the province are known so that they can be refused by name.</summary>
    public static readonly WordList<StandardLevel> StandardLevels = new(
        (StandardLevel.National, "国家级", ["国家"]),
        (StandardLevel.Provincial, "省级", ["省"]),
        (StandardLevel.City, "市级", ["市"]),
        (StandardLevel.District, "区级", ["区县级", "县级", "区", "县"]));
}
