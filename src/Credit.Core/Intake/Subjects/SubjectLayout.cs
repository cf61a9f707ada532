using Credit.Core.Intake.Reading;

namespace Credit.Core.Intake.Subjects;

/// <summary>The twenty-seven fields of the registry of subjects (R-3.1.3.d) and where they stand. The official header is the field code.</summary>
internal static class SubjectLayout
{
    /// <summary>The fields.</summary>
    public static readonly Layout Layout = new(
        "subjects",
        [
            Field("主体名称", 200, true, FieldShape.Text, "名称", "企业名称", "单位名称", "市场主体名称"),
            Field("统一社会信用代码", 18, true, FieldShape.Identifier, "信用代码", "社会信用代码", "统一代码"),
            Field("组织机构代码", 9, false, FieldShape.Identifier, "机构代码"),
            Field("工商注册号", 50, false, FieldShape.Identifier, "注册号", "工商登记码"),
            Field("主体类别", 16, true, FieldShape.Listed, "类别"),
            Field("主体类型", 100, false, FieldShape.Text, "企业类型", "机构类型"),
            Field("法定代表人(负责人)", 50, true, FieldShape.Text, "法定代表人", "负责人", "法定代表人/负责人", "经营者"),
            Field("法定代表人证件类型", 64, false, FieldShape.Listed, "负责人证件类型"),
            Field("法定代表人证件号码", 64, false, FieldShape.Identifier, "法定代表人身份证号", "负责人证件号码"),
            Field("登记机关", 200, true, FieldShape.Text, "登记管理机关", "登记管理部门"),
            Field("登记机关代码", 18, false, FieldShape.Identifier, "登记机关统一社会信用代码"),
            Field("行政区划代码", 6, false, FieldShape.Identifier, "行政区划", "区划代码"),
            Field("所属镇街", 50, false, FieldShape.Text, "镇街", "所属街道"),
            Field("住所", 500, false, FieldShape.Text, "地址", "注册地址", "经营场所"),
            Field("注册资本(万元)", 0, false, FieldShape.Number, "注册资本", "注册资金(万元)", "开办资金(万元)"),
            Field("成立日期", 0, true, FieldShape.Date, "注册日期", "设立日期"),
            Field("营业期限至", 0, false, FieldShape.Date, "经营期限至", "有效期至"),
            Field("行业代码", 10, false, FieldShape.Identifier, "国民经济行业代码"),
            Field("行业名称", 100, false, FieldShape.Text, "行业", "国民经济行业名称"),
            Field("经营范围", 4000, false, FieldShape.Text, "业务范围"),
            Field("登记状态", 20, true, FieldShape.Listed, "经营状态", "状态"),
            Field("核准日期", 0, false, FieldShape.Date),
            Field("注销日期", 0, false, FieldShape.Date, "吊销注销日期"),
            Field("变更类型", 20, false, FieldShape.Listed),
            Field("曾用名", 200, false, FieldShape.Text, "原名称"),
            Field("原统一社会信用代码", 18, false, FieldShape.Identifier, "原代码", "变更前统一社会信用代码"),
            Field("备注", 4000, false, FieldShape.Text),
        ]);

    public static readonly int Name = Layout.Ordinal("主体名称");
    public static readonly int Code = Layout.Ordinal("统一社会信用代码");
    public static readonly int OrganisationCode = Layout.Ordinal("组织机构代码");
    public static readonly int RegistrationNumber = Layout.Ordinal("工商注册号");
    public static readonly int Kind = Layout.Ordinal("主体类别");
    public static readonly int LegalForm = Layout.Ordinal("主体类型");
    public static readonly int Representative = Layout.Ordinal("法定代表人(负责人)");
    public static readonly int RepresentativeType = Layout.Ordinal("法定代表人证件类型");
    public static readonly int RepresentativeNumber = Layout.Ordinal("法定代表人证件号码");
    public static readonly int Registrar = Layout.Ordinal("登记机关");
    public static readonly int RegistrarCode = Layout.Ordinal("登记机关代码");
    public static readonly int Area = Layout.Ordinal("行政区划代码");
    public static readonly int Town = Layout.Ordinal("所属镇街");
    public static readonly int Address = Layout.Ordinal("住所");
    public static readonly int Capital = Layout.Ordinal("注册资本(万元)");
    public static readonly int EstablishedOn = Layout.Ordinal("成立日期");
    public static readonly int TermTo = Layout.Ordinal("营业期限至");
    public static readonly int Industry = Layout.Ordinal("行业代码");
    public static readonly int IndustryName = Layout.Ordinal("行业名称");
    public static readonly int Scope = Layout.Ordinal("经营范围");
    public static readonly int Status = Layout.Ordinal("登记状态");
    public static readonly int ApprovedOn = Layout.Ordinal("核准日期");
    public static readonly int CancelledOn = Layout.Ordinal("注销日期");
    public static readonly int Change = Layout.Ordinal("变更类型");
    public static readonly int FormerName = Layout.Ordinal("曾用名");
    public static readonly int FormerCode = Layout.Ordinal("原统一社会信用代码");
    public static readonly int Remark = Layout.Ordinal("备注");

    private static FieldDefinition Field(string header, int maxLength, bool mandatory, FieldShape shape, params string[] synonyms) =>
        new(header, header, maxLength, mandatory, shape, synonyms);
}
