using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Licences;

/// <summary>The twenty-eight fields of 行政许可 (发改办财金〔2018〕424号) and where they stand.</summary>
internal static class LicenceLayout
{
    /// <summary>The fields.</summary>
    public static readonly Layout Layout = new(
        "licences",
        [
            .. CounterpartFields.Define("XK"),
            new("XK_XKWS", "行政许可决定文书名称", 200, Mandatory: true, Synonyms: ["许可决定文书名称"]),
            new("XK_WSH", "行政许可决定文书号", 128, Mandatory: true, Synonyms: ["行政许可决定书文号", "许可决定文书号"]),
            new("XK_XKLB", "许可类别", 100, Mandatory: true, FieldShape.Listed, "行政许可类别"),
            new("XK_XKZS", "许可证书名称", 200),
            new("XK_XKBH", "许可编号", 64, Synonyms: ["许可证书编号"]),
            new("XK_NR", "许可内容", 4000, Synonyms: ["行政许可内容"]),
            new("XK_JDRQ", "许可决定日期", 0, Mandatory: true, FieldShape.Date, "行政许可决定日期", "决定日期"),
            new("XK_YXQZ", "有效期自", 0, Shape: FieldShape.Date, Synonyms: ["许可有效期自"]),
            new("XK_YXQZI", "有效期至", 0, Shape: FieldShape.Date, Synonyms: ["许可有效期至", "许可截止期"]),
            new("XK_XKJG", "许可机关", 200, Mandatory: true, Synonyms: ["行政许可机关"]),
            new("XK_XKJGDM", "许可机关统一社会信用代码", 18, Shape: FieldShape.Identifier, Synonyms: ["许可机关代码"]),
            new("XK_ZT", "当前状态", 10, Mandatory: true, FieldShape.Listed),
            new("XK_LYDW", "数据来源单位", 200, Synonyms: ["XK_SJLY"]),
            new("XK_LYDWDM", "数据来源单位统一社会信用代码", 18, Shape: FieldShape.Identifier, Synonyms: ["数据来源单位代码", "XK_SJLYDM"]),
            new("BZ", "备注", 4000, Synonyms: ["XK_BZ"]),
        ]);

    /// <summary>The fields about the counterpart.</summary>
    public static readonly CounterpartFields Counterpart = new(Layout, "XK");

    /// <summary>行政许可决定文书名称.</summary>
    public static readonly int DocumentName = Layout.Ordinal("XK_XKWS");

    /// <summary>行政许可决定文书号.</summary>
    public static readonly int DocumentNumber = Layout.Ordinal("XK_WSH");

    /// <summary>许可类别.</summary>
    public static readonly int Category = Layout.Ordinal("XK_XKLB");

    /// <summary>许可证书名称.</summary>
    public static readonly int CertificateName = Layout.Ordinal("XK_XKZS");

    /// <summary>许可编号.</summary>
    public static readonly int CertificateNumber = Layout.Ordinal("XK_XKBH");

    /// <summary>许可内容.</summary>
    public static readonly int Content = Layout.Ordinal("XK_NR");

    /// <summary>许可决定日期.</summary>
    public static readonly int DecidedOn = Layout.Ordinal("XK_JDRQ");

    /// <summary>有效期自.</summary>
    public static readonly int ValidFrom = Layout.Ordinal("XK_YXQZ");

    /// <summary>有效期至.</summary>
    public static readonly int ValidTo = Layout.Ordinal("XK_YXQZI");

    /// <summary>许可机关.</summary>
    public static readonly int Organ = Layout.Ordinal("XK_XKJG");

    /// <summary>许可机关统一社会信用代码.</summary>
    public static readonly int OrganCode = Layout.Ordinal("XK_XKJGDM");

    /// <summary>当前状态.</summary>
    public static readonly int Status = Layout.Ordinal("XK_ZT");

    /// <summary>数据来源单位.</summary>
    public static readonly int Source = Layout.Ordinal("XK_LYDW");

    /// <summary>数据来源单位统一社会信用代码.</summary>
    public static readonly int SourceCode = Layout.Ordinal("XK_LYDWDM");

    /// <summary>备注.</summary>
    public static readonly int Remark = Layout.Ordinal("BZ");
}
