using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.ListEntries;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Core.Intake.Subjects;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Tests.Intake;

/// <summary>Rules of registry and proposal rows that no planted row shows.</summary>
public class SubjectAndEntryRowTests
{
    private static readonly IReadOnlyDictionary<string, string?> GoodPerson = new Dictionary<string, string?>
    {
        ["名单类别"] = "黑名单",
        ["领域"] = "税收征管",
        ["主体名称"] = "张三",
        ["主体类别"] = "自然人",
        ["证件类型"] = "身份证",
        ["证件号码"] = "370811199001010014",
        ["失信行为分类"] = "严重破坏市场公平竞争秩序和社会正常秩序的行为",
        ["认定事实"] = "偷税且未缴清。",
        ["认定依据"] = "《重大税收违法失信主体信息公布管理办法》第六条",
        ["依据类型"] = "行政行为信息",
        ["依据文书号"] = "济任税罚〔2026〕1号",
        ["认定标准"] = "重大税收违法失信主体信息公布管理办法",
        ["认定标准级别"] = "国家级",
        ["认定部门"] = "国家税务总局济宁市任城区税务局",
        ["认定部门代码"] = "11370811TX0000044P",
        ["认定日期"] = "2026-11-20",
        ["有效期至"] = "2029-11-20",
        ["是否事前告知"] = "是",
        ["告知送达日期"] = "2026-10-20",
        ["是否公开"] = "是",
        ["惩戒期限(月)"] = "36",
        ["是否可修复"] = "否",
        ["是否限期整改"] = "否",
    };

    private static readonly IReadOnlyDictionary<string, string?> GoodSubject = new Dictionary<string, string?>
    {
        ["主体名称"] = "济宁市某某有限公司",
        ["统一社会信用代码"] = "91370811MA3TEXT0X0",
        ["工商注册号"] = "370811000000001",
        ["主体类别"] = "法人及非法人组织",
        ["法定代表人(负责人)"] = "张三",
        ["登记机关"] = "济宁市任城区行政审批服务局",
        ["成立日期"] = "2020-01-02",
        ["登记状态"] = "存续",
    };

    [Fact]
    public void A_good_proposal_is_typed()
    {
        var record = Entry().Record.ShouldNotBeNull();

        record.List.ShouldBe(ListKind.Black);
        record.Category.ShouldBe(ConductCategory.Market);
        record.StandardLevel.ShouldBe(StandardLevel.National);
        record.Punishment.ShouldNotBeNull().Months.ShouldBe(36);
        record.Key.ShouldBe(new(ListKind.Black, "济任税罚〔2026〕1号", "11370811TX0000044P", "resident-identity-card", "370811199001010014"));
        record.Timing.OnTime.ShouldBe(true);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public void A_notice_delivered_after_the_recognition_is_none() =>
        CodesOf(Entry(("告知送达日期", "2026-11-21"))).ShouldBe(["告知送达日期 PRIOR_NOTICE_MISSING"]);

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public void A_notice_without_delivery_is_none() =>
        CodesOf(Entry(("告知送达日期", null))).ShouldBe(["告知送达日期 PRIOR_NOTICE_MISSING"]);

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public void A_law_that_is_cited_exempts_from_notice() =>
        Entry(("是否事前告知", "否"), ("告知送达日期", null), ("免予告知依据", "《某法》第一条")).Verdict.ShouldBe(RowVerdict.Accepted);

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public void The_watch_list_punishes_too_and_needs_the_notice() =>
        CodesOf(Entry(("名单类别", "重点关注名单"), ("列入情形", "较重失信"), ("是否事前告知", "否"))).ShouldBe(["是否事前告知 PRIOR_NOTICE_MISSING"]);

    [Fact]
    [Trait("Requirement", "R-3.4.1")]
    public void A_red_entry_has_no_category_of_misconduct() =>
        CodesOf(Entry(("名单类别", "红名单"))).ShouldBe(["失信行为分类 UNKNOWN_CODE_VALUE"]);

    [Theory]
    [InlineData("2", ListKind.Red)]
    [InlineData("4", ListKind.Watch)]
    [InlineData("8", ListKind.Black)]
    [InlineData("严重失信主体名单", ListKind.Black)]
    public void The_numbers_and_titles_of_the_national_site_are_understood(string word, ListKind list)
    {
        ListEntryWords.Lists.TryFind(word, out var found).ShouldBeTrue();
        found.ShouldBe(list);
    }

    [Theory]
    [InlineData("(2026)鲁0811执7号", "（2026）鲁0811执7号")]
    [InlineData("（2026）鲁0811执7号", "（2026）鲁0811执7号")]
    [InlineData("济任税罚[2026]1号", "济任税罚〔2026〕1号")]
    public void A_court_writes_the_year_first_and_in_round_brackets(string written, string stored) =>
        Entry(("依据文书号", written)).Record.ShouldNotBeNull().DocumentNumber.ShouldBe(stored);

    [Fact]
    public void A_domain_of_a_module_is_known_when_the_host_says_so()
    {
        var raw = new RawRow(2, GoodPerson.Append(new("领域", "统计")).GroupBy(cell => cell.Key).ToDictionary(same => same.Key, same => same.Last().Value), []);
        var run = new IntakeRun(Expectations.Received, WorkingCalendar.BuiltIn, new WorkingDays(7));

        ReadListEntry.Read(raw, run).Verdict.ShouldBe(RowVerdict.Rejected);
        ReadListEntry.Read(raw, run, new HashSet<string> { "统计" }).Verdict.ShouldBe(RowVerdict.Accepted);
    }

    [Fact]
    [Trait("Invariant", "I88")]
    public void Every_mistake_of_a_row_is_found_at_once() =>
        CodesOf(Entry(("领域", "综合"), ("证件号码", "370811199001010015"), ("认定标准级别", "区级"), ("有效期至", ""), ("惩戒期限(月)", "三年"))).ShouldBe(
            [
                "领域 UNKNOWN_CODE_VALUE", "证件号码 ID_CHECK_DIGIT", "认定标准级别 STANDARD_LEVEL", "有效期至 VALIDITY_MISSING", "惩戒期限(月) AMOUNT_FORMAT",
            ],
            ignoreOrder: true);

    [Fact]
    public void An_entry_that_is_not_public_is_withheld() =>
        Entry(("是否公开", "否"), ("不公开原因", "内部监管")).Record.ShouldNotBeNull().Publication.ShouldBe(Credit.Core.Intake.Records.Publication.Withheld);

    [Fact]
    public void A_good_subject_is_typed()
    {
        var record = Subject(("注册资本(万元)", "200,000"), ("营业期限至", "长期")).Record.ShouldNotBeNull();

        record.CapitalYuan.ShouldBe(2_000_000_000m);
        record.TermTo.ShouldBe(new DateOnly(2099, 12, 31));
        record.Key.ShouldBe(new("uscc", "91370811MA3TEXT0X0"));
        record.Standing.ShouldBe(SubjectStatus.Active);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.c")]
    public void A_wrong_code_is_kept_with_its_fault()
    {
        var row = Subject(("统一社会信用代码", "91370811MA3TEXT0X1"));

        row.Verdict.ShouldBe(RowVerdict.AcceptedWithWarning);
        row.Record.ShouldNotBeNull().CodeFault.ShouldBe(CodeFault.CheckDigit);
    }

    [Theory]
    [InlineData("统一社会信用代码")]
    [InlineData("原统一社会信用代码")]
    public void An_identity_number_never_becomes_a_code(string field) =>
        CodesOf(Subject((field, "370811199001010014"))).ShouldBe([$"{field} USCC_IS_ID_NUMBER"]);

    [Fact]
    [Trait("Requirement", "R-3.1.3.b")]
    public void A_subject_without_any_number_cannot_be_told_from_others() =>
        CodesOf(Subject(("统一社会信用代码", ""), ("工商注册号", ""))).ShouldBe(["统一社会信用代码 MISSING_MANDATORY"]);

    [Fact]
    [Trait("Requirement", "R-3.1.3.b")]
    public void A_subject_not_yet_converted_is_found_by_its_registration_number() =>
        Subject(("统一社会信用代码", "")).Record.ShouldNotBeNull().Key.ShouldBe(new("registration-number", "370811000000001"));

    [Fact]
    public void A_cancelled_subject_has_a_day_of_cancellation() =>
        CodesOf(Subject(("登记状态", "注销"))).ShouldBe(["注销日期 MISSING_CONDITIONAL"]);

    [Fact]
    public void A_registry_of_organisations_has_no_natural_persons() =>
        CodesOf(Subject(("主体类别", "自然人"))).ShouldBe(["主体类别 UNKNOWN_CODE_VALUE"]);

    [Fact]
    public void Every_code_a_row_can_get_is_explained() =>
        typeof(CellCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ShouldBeSubsetOf(IntakeCodes.All.Select(code => code.Code));

    private static IEnumerable<string> CodesOf<TRecord>(ReadRow<TRecord> row)
        where TRecord : class =>
        row.Issues.Select(issue => $"{issue.Field} {issue.Code}");

    private static ReadRow<ListEntryRecord> Entry(params (string Field, string? Value)[] changes) =>
        ReadListEntry.Read(Row(GoodPerson, changes), new IntakeRun(Expectations.Received, WorkingCalendar.BuiltIn, new WorkingDays(7)));

    private static ReadRow<SubjectRecord> Subject(params (string Field, string? Value)[] changes) =>
        ReadSubject.Read(Row(GoodSubject, changes), new IntakeRun(Expectations.Received, WorkingCalendar.BuiltIn, new WorkingDays(7)));

    private static RawRow Row(IReadOnlyDictionary<string, string?> good, (string Field, string? Value)[] changes)
    {
        var cells = new Dictionary<string, string?>(good);
        foreach (var (field, value) in changes)
        {
            cells[field] = string.IsNullOrEmpty(value) ? null : value;
        }

        return new(2, cells, []);
    }
}
