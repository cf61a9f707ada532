using Credit.Core.Intake.Reading;

namespace Credit.Core.Intake.ListEntries;

/// <summary>The forty fields of proposals for red, black and watch entries and where they stand. The official header is the field code.</summary>
internal static class ListEntryLayout
{
    /// <summary>The fields. Columns outside this catalogue are dropped and reported (R-3.2.4.a).</summary>
    public static readonly Layout Layout = new(
        "list-entries",
        [
            Field("名单类别", 20, true, FieldShape.Listed, "名单类型", "名单"),
            Field("领域", 50, true, FieldShape.Listed, "所属领域", "认定领域"),
            Field("主体名称", 200, true, FieldShape.Text, "名称", "信用主体名称"),
            Field("主体类别", 16, true, FieldShape.Listed, "类别"),
            Field("统一社会信用代码", 18, true, FieldShape.Identifier, "信用代码", "社会信用代码"),
            Field("全球法人识别编码(LEI)", 20, false, FieldShape.Identifier, "全球法人识别编码", "LEI", "法人识别编码"),
            Field("证件类型", 64, false, FieldShape.Listed, "自然人证件类型"),
            Field("证件号码", 64, false, FieldShape.Identifier, "自然人证件号码", "公民身份号码"),
            Field("法定代表人", 50, false, FieldShape.Text, "法定代表人(负责人)", "法定代表人姓名", "负责人"),
            Field("法定代表人证件类型", 64, false, FieldShape.Listed, "负责人证件类型"),
            Field("法定代表人证件号码", 64, false, FieldShape.Identifier, "法定代表人身份证号", "负责人证件号码"),
            Field("直接责任人员姓名", 50, false, FieldShape.Text, "直接责任人员"),
            Field("直接责任人员职务", 50, false, FieldShape.Text),
            Field("直接责任人员证件号码", 64, false, FieldShape.Identifier),
            Field("失信行为分类", 100, false, FieldShape.Listed, "失信行为类别"),
            Field("列入情形", 50, false, FieldShape.Listed, "列入原因"),
            Field("轻微失信次数", 0, false, FieldShape.Number),
            Field("认定事实", 5000, true, FieldShape.Text, "事实", "认定事由"),
            Field("认定依据", 2048, true, FieldShape.Text, "依据"),
            Field("依据类型", 50, true, FieldShape.Listed, "认定依据类型"),
            Field("依据文书号", 128, true, FieldShape.Text, "文书号", "认定文书号"),
            Field("认定标准", 500, true, FieldShape.Text),
            Field("认定标准级别", 16, true, FieldShape.Listed, "标准级别"),
            Field("认定部门", 200, true, FieldShape.Text, "认定部门(单位)", "认定单位"),
            Field("认定部门代码", 18, true, FieldShape.Identifier, "认定部门统一社会信用代码", "认定单位代码"),
            Field("认定日期", 0, true, FieldShape.Date, "列入日期"),
            Field("有效期至", 0, true, FieldShape.Date, "有效期", "有效期截止日期"),
            Field("是否事前告知", 4, false, FieldShape.Listed, "事前告知"),
            Field("告知送达日期", 0, false, FieldShape.Date),
            Field("免予告知依据", 500, false, FieldShape.Text),
            Field("是否公开", 4, true, FieldShape.Listed, "是否公示"),
            Field("不公开原因", 500, false, FieldShape.Text, "不公示原因"),
            Field("惩戒期限(月)", 0, false, FieldShape.Number, "惩戒期限"),
            Field("是否可修复", 4, false, FieldShape.Listed),
            Field("修复方式", 500, false, FieldShape.Listed),
            Field("是否限期整改", 4, false, FieldShape.Listed),
            Field("整改要求", 2000, false, FieldShape.Text),
            Field("整改期限", 0, false, FieldShape.Date),
            Field("有能力履行而拒不履行", 4, false, FieldShape.Listed),
            Field("备注", 4000, false, FieldShape.Text),
        ]);

    public static readonly int List = Layout.Ordinal("名单类别");
    public static readonly int Domain = Layout.Ordinal("领域");
    public static readonly int Name = Layout.Ordinal("主体名称");
    public static readonly int Kind = Layout.Ordinal("主体类别");
    public static readonly int Code = Layout.Ordinal("统一社会信用代码");
    public static readonly int Lei = Layout.Ordinal("全球法人识别编码(LEI)");
    public static readonly int CertificateType = Layout.Ordinal("证件类型");
    public static readonly int CertificateNumber = Layout.Ordinal("证件号码");
    public static readonly int Representative = Layout.Ordinal("法定代表人");
    public static readonly int RepresentativeType = Layout.Ordinal("法定代表人证件类型");
    public static readonly int RepresentativeNumber = Layout.Ordinal("法定代表人证件号码");
    public static readonly int Responsible = Layout.Ordinal("直接责任人员姓名");
    public static readonly int ResponsiblePost = Layout.Ordinal("直接责任人员职务");
    public static readonly int ResponsibleNumber = Layout.Ordinal("直接责任人员证件号码");
    public static readonly int Category = Layout.Ordinal("失信行为分类");
    public static readonly int WatchReason = Layout.Ordinal("列入情形");
    public static readonly int MinorCases = Layout.Ordinal("轻微失信次数");
    public static readonly int Facts = Layout.Ordinal("认定事实");
    public static readonly int Basis = Layout.Ordinal("认定依据");
    public static readonly int BasisKind = Layout.Ordinal("依据类型");
    public static readonly int DocumentNumber = Layout.Ordinal("依据文书号");
    public static readonly int Standard = Layout.Ordinal("认定标准");
    public static readonly int StandardLevel = Layout.Ordinal("认定标准级别");
    public static readonly int Recogniser = Layout.Ordinal("认定部门");
    public static readonly int RecogniserCode = Layout.Ordinal("认定部门代码");
    public static readonly int RecognisedOn = Layout.Ordinal("认定日期");
    public static readonly int ValidTo = Layout.Ordinal("有效期至");
    public static readonly int Notified = Layout.Ordinal("是否事前告知");
    public static readonly int NoticeDeliveredOn = Layout.Ordinal("告知送达日期");
    public static readonly int NoticeExemption = Layout.Ordinal("免予告知依据");
    public static readonly int Publishable = Layout.Ordinal("是否公开");
    public static readonly int UnpublishableReason = Layout.Ordinal("不公开原因");
    public static readonly int PunishMonths = Layout.Ordinal("惩戒期限(月)");
    public static readonly int Repairable = Layout.Ordinal("是否可修复");
    public static readonly int RepairModes = Layout.Ordinal("修复方式");
    public static readonly int Rectify = Layout.Ordinal("是否限期整改");
    public static readonly int RectificationDemand = Layout.Ordinal("整改要求");
    public static readonly int RectificationDue = Layout.Ordinal("整改期限");
    public static readonly int AbleButRefuses = Layout.Ordinal("有能力履行而拒不履行");
    public static readonly int Remark = Layout.Ordinal("备注");

    private static FieldDefinition Field(string header, int maxLength, bool mandatory, FieldShape shape, params string[] synonyms) =>
        new(header, header, maxLength, mandatory, shape, synonyms);
}
