using System.Collections.Frozen;

namespace Credit.Core.Intake.Penalties;

/// <summary>What the categories of a penalty make compulsory.</summary>
[Flags]
internal enum PenaltyDemands
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The amount of the fine.</summary>
    Fine = 1,

    /// <summary>The amount confiscated.</summary>
    Confiscation = 2,

    /// <summary>Name and number of the suspended or revoked certificate.</summary>
    Certificate = 4,

    /// <summary>A fine or a confiscated amount, where one category covers both.</summary>
    EitherAmount = 8,

    /// <summary>The category is in no code list.</summary>
    Unknown = 16,
}

/// <summary>处罚类别: the values of the 2018 standard and those of article 9 of the Administrative Penalty Law of 2021, single and in their groups.</summary>
internal static class PenaltyCategories
{
    private static readonly FrozenDictionary<string, PenaltyDemands> Known = new Dictionary<string, PenaltyDemands>(StringComparer.Ordinal)
    {
        ["警告"] = PenaltyDemands.None,
        ["罚款"] = PenaltyDemands.Fine,
        ["没收违法所得、没收非法财物"] = PenaltyDemands.Confiscation,
        ["责令停产停业"] = PenaltyDemands.None,
        ["暂扣或者吊销许可证、暂扣或者吊销执照"] = PenaltyDemands.Certificate,
        ["行政拘留"] = PenaltyDemands.None,
        ["其他"] = PenaltyDemands.None,
        ["警告、通报批评"] = PenaltyDemands.None,
        ["通报批评"] = PenaltyDemands.None,
        ["罚款、没收违法所得、没收非法财物"] = PenaltyDemands.EitherAmount,
        ["没收违法所得"] = PenaltyDemands.Confiscation,
        ["没收非法财物"] = PenaltyDemands.Confiscation,
        ["暂扣许可证件、降低资质等级、吊销许可证件"] = PenaltyDemands.Certificate,
        ["暂扣许可证件"] = PenaltyDemands.Certificate,
        ["降低资质等级"] = PenaltyDemands.None,
        ["吊销许可证件"] = PenaltyDemands.Certificate,
        ["限制开展生产经营活动、责令停产停业、责令关闭、限制从业"] = PenaltyDemands.None,
        ["限制开展生产经营活动"] = PenaltyDemands.None,
        ["责令关闭"] = PenaltyDemands.None,
        ["限制从业"] = PenaltyDemands.None,
        ["法律、行政法规规定的其他"] = PenaltyDemands.None,
        ["法律、行政法规规定的其他行政处罚"] = PenaltyDemands.None,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PenaltyDemands>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a list of categories, separated by half-width semicolons, makes compulsory.</summary>
    public static PenaltyDemands DemandsOf(string categories)
    {
        var demands = PenaltyDemands.None;
        var text = categories.AsSpan();
        foreach (var part in text.Split(';'))
        {
            var category = text[part].Trim();
            if (!category.IsEmpty)
            {
                demands |= BySpan.TryGetValue(category, out var demand) ? demand : PenaltyDemands.Unknown;
            }
        }

        return demands;
    }
}
