using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Penalties;

/// <summary>The thirty fields of 行政处罚 (发改办财金〔2018〕424号) and where they stand.</summary>
internal static class PenaltyLayout
{
    /// <summary>The fields.</summary>
    public static readonly Layout Layout = new(
        "penalties",
        [
            .. CounterpartFields.Define("CF"),
            new("CF_WSH", "行政处罚决定书文号", 128, Mandatory: true, Synonyms: ["行政处罚决定文书号", "行政处罚决定书文书号", "处罚决定书文号", "决定书文号"]),
            new("CF_WFXW", "违法行为类型", 2000, Mandatory: true, Synonyms: ["违法行为"]),
            new("CF_SY", "违法事实", 5000, Mandatory: true, Synonyms: ["处罚事由"]),
            new("CF_YJ", "处罚依据", 2048, Mandatory: true, Synonyms: ["行政处罚依据"]),
            new("CF_CFLB", "处罚类别", 100, Mandatory: true, FieldShape.Listed, "行政处罚类别"),
            new("CF_NR", "处罚内容", 4000, Mandatory: true, Synonyms: ["行政处罚内容"]),
            new("CF_NR_FK", "罚款金额(万元)", 0, Shape: FieldShape.Number, Synonyms: ["罚款金额"]),
            new("CF_NR_WFFF", "没收违法所得、没收非法财物的金额(万元)", 0, Shape: FieldShape.Number, Synonyms: ["没收违法所得、没收非法财物的金额", "没收金额(万元)"]),
            new("CF_NR_ZKDX", "暂扣或吊销证照名称及编号", 200),
            new("CF_JDRQ", "处罚决定日期", 0, Mandatory: true, FieldShape.Date, "行政处罚决定日期", "决定日期"),
            new("CF_YXQ", "处罚有效期", 0, Mandatory: true, FieldShape.Date, "处罚有效期至"),
            new("CF_GSJZQ", "公示截止期", 0, Shape: FieldShape.Date, Synonyms: ["公示截止日期", "公示期限"]),
            new("CF_CFJG", "处罚机关", 200, Mandatory: true, Synonyms: ["行政处罚机关"]),
            new("CF_CFJGDM", "处罚机关统一社会信用代码", 18, Mandatory: true, FieldShape.Identifier, "处罚机关代码"),
            new("CF_SJLY", "数据来源单位", 200, Mandatory: true),
            new("CF_SJLYDM", "数据来源单位统一社会信用代码", 18, Mandatory: true, FieldShape.Identifier, "数据来源单位代码"),
            new("BZ", "备注", 4000, Synonyms: ["CF_BZ"]),
        ]);

    /// <summary>The fields about the counterpart.</summary>
    public static readonly CounterpartFields Counterpart = new(Layout, "CF");

    /// <summary>行政处罚决定书文号.</summary>
    public static readonly int DocumentNumber = Layout.Ordinal("CF_WSH");

    /// <summary>违法行为类型.</summary>
    public static readonly int Violation = Layout.Ordinal("CF_WFXW");

    /// <summary>违法事实.</summary>
    public static readonly int Facts = Layout.Ordinal("CF_SY");

    /// <summary>处罚依据.</summary>
    public static readonly int LegalBasis = Layout.Ordinal("CF_YJ");

    /// <summary>处罚类别.</summary>
    public static readonly int Categories = Layout.Ordinal("CF_CFLB");

    /// <summary>处罚内容.</summary>
    public static readonly int Content = Layout.Ordinal("CF_NR");

    /// <summary>罚款金额(万元).</summary>
    public static readonly int Fine = Layout.Ordinal("CF_NR_FK");

    /// <summary>没收违法所得、没收非法财物的金额(万元).</summary>
    public static readonly int Confiscated = Layout.Ordinal("CF_NR_WFFF");

    /// <summary>暂扣或吊销证照名称及编号.</summary>
    public static readonly int Certificate = Layout.Ordinal("CF_NR_ZKDX");

    /// <summary>处罚决定日期.</summary>
    public static readonly int DecidedOn = Layout.Ordinal("CF_JDRQ");

    /// <summary>处罚有效期.</summary>
    public static readonly int ValidTo = Layout.Ordinal("CF_YXQ");

    /// <summary>公示截止期.</summary>
    public static readonly int PublishedTo = Layout.Ordinal("CF_GSJZQ");

    /// <summary>处罚机关.</summary>
    public static readonly int Organ = Layout.Ordinal("CF_CFJG");

    /// <summary>处罚机关统一社会信用代码.</summary>
    public static readonly int OrganCode = Layout.Ordinal("CF_CFJGDM");

    /// <summary>数据来源单位.</summary>
    public static readonly int Source = Layout.Ordinal("CF_SJLY");

    /// <summary>数据来源单位统一社会信用代码.</summary>
    public static readonly int SourceCode = Layout.Ordinal("CF_SJLYDM");

    /// <summary>备注.</summary>
    public static readonly int Remark = Layout.Ordinal("BZ");
}
