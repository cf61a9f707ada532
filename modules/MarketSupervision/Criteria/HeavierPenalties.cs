namespace Credit.Modules.MarketSupervision.Criteria;

/// <summary>较重行政处罚: penalties that meet the standard of order 44 by their kind alone, as files of penalties name them.</summary>
internal static class HeavierPenalties
{
    private static readonly string[] Kinds = ["吊销许可证件", "降低资质等级", "责令停产停业", "责令关闭", "限制从业", "限制开展生产经营活动"];

    /// <summary>True when the category names one of them alone; a category that lumps it with lighter ones says nothing.</summary>
    public static bool Contains(string category) => Kinds.Contains(category.Trim());
}
