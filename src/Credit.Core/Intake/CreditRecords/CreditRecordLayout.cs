using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Domain.Records;

namespace Credit.Core.Intake.CreditRecords;

/// <summary>The fourteen fields of credit records in files (R-3.1.1.a) and where they stand. The official header is the field code.</summary>
internal static class CreditRecordLayout
{
    /// <summary>The fields. Columns outside this catalogue are dropped and reported.</summary>
    public static readonly Layout Layout = new(
        "records",
        [
            Field("信息类别", 50, true, FieldShape.Listed, "信用信息类别", "记录类别"),
            Field("主体名称", 200, true, FieldShape.Text, "名称", "信用主体名称"),
            Field("主体类别", 16, true, FieldShape.Listed, "类别"),
            Field("统一社会信用代码", 18, true, FieldShape.Identifier, "信用代码", "社会信用代码"),
            Field("证件类型", 64, false, FieldShape.Listed, "自然人证件类型"),
            Field("证件号码", 64, false, FieldShape.Identifier, "自然人证件号码", "公民身份号码"),
            Field("法定代表人", 50, false, FieldShape.Text, "法定代表人(负责人)", "负责人"),
            Field("是否不良信息", 4, true, FieldShape.Listed, "是否不良", "不良信息"),
            Field("文号", 128, true, FieldShape.Text, "记录编号", "文书号"),
            Field("内容", 4000, true, FieldShape.Text, "记录内容", "事实"),
            Field("形成日期", 0, true, FieldShape.Date, "信息形成日期"),
            Field("来源系统", 200, false, FieldShape.Text, "数据来源系统"),
            Field("是否公开", 4, false, FieldShape.Listed, "是否公示"),
            Field("公开截止日期", 0, false, FieldShape.Date, "公示截止期"),
        ]);

    public static readonly int Kind = Layout.Ordinal("信息类别");
    public static readonly int Name = Layout.Ordinal("主体名称");
    public static readonly int SubjectKind = Layout.Ordinal("主体类别");
    public static readonly int Code = Layout.Ordinal("统一社会信用代码");
    public static readonly int CertificateType = Layout.Ordinal("证件类型");
    public static readonly int CertificateNumber = Layout.Ordinal("证件号码");
    public static readonly int Representative = Layout.Ordinal("法定代表人");
    public static readonly int Negative = Layout.Ordinal("是否不良信息");
    public static readonly int DocumentNumber = Layout.Ordinal("文号");
    public static readonly int Text = Layout.Ordinal("内容");
    public static readonly int FormedOn = Layout.Ordinal("形成日期");
    public static readonly int SourceSystem = Layout.Ordinal("来源系统");
    public static readonly int Publish = Layout.Ordinal("是否公开");
    public static readonly int PublicUntil = Layout.Ordinal("公开截止日期");

    /// <summary>信息类别, as the catalogue has them; licences and penalties have files of their own.</summary>
    public static readonly WordList<RecordKind> Kinds = new(
        (RecordKind.Registration, "登记", ["登记类信息", "登记类"]),
        (RecordKind.CriminalPunishment, "刑事处罚", ["刑事处罚信息"]),
        (RecordKind.Coercion, "行政强制", ["行政强制信息"]),
        (RecordKind.Confirmation, "行政确认", ["行政确认信息"]),
        (RecordKind.Inspection, "行政检查", ["行政检查信息", "执法检查"]),
        (RecordKind.Collection, "行政征收", ["行政征收信息"]),
        (RecordKind.Commendation, "表彰奖励", ["表彰奖励信息", "行政奖励"]),
        (RecordKind.Payment, "行政给付", ["行政给付信息"]),
        (RecordKind.UnfulfilledJudgment, "拒不履行生效裁决", ["拒不履行生效裁决和强制执行信息", "强制执行"]),
        (RecordKind.Interview, "约谈", ["约谈信息"]),
        (RecordKind.Commitment, "信用承诺", ["信用承诺及履行信息"]),
        (RecordKind.IndustrySanction, "行业惩戒", ["行业协会商会惩戒信息"]),
        (RecordKind.Other, "其他", ["其他信用信息"]));

    /// <summary>The column of a member that a rule of the domain names.</summary>
    public static string ColumnOf(string? member) => member switch
    {
        "text" => "内容",
        "documentNumber" => "文号",
        "formedOn" => "形成日期",
        "sourceSystem" => "来源系统",
        "publish" => "是否公开",
        "publicUntil" => "公开截止日期",
        "subject.name" => "主体名称",
        _ => "信息类别",
    };

    private static FieldDefinition Field(string header, int maxLength, bool mandatory, FieldShape shape, params string[] synonyms) =>
        new(header, header, maxLength, mandatory, shape, synonyms);
}
