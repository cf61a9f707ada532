using Credit.Core.Demo;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Testing;

/// <summary>
/// The recognition standards that tests, sample files and the stories of the demo district cite, registered as if before the log began: for every list and every domain,
/// in force since 2000. A host that loads the demo district registers what it needs itself.
/// </summary>
public static class TestStandards
{
    /// <summary>Who registered them: their rows are older than the log, which says nothing of them.</summary>
    public const string Registrar = "test.officer";

    private static readonly DateOnly Since = new(2000, 1, 1);

    private static readonly (string Title, StandardLevel Level)[] Registered =
    [
        ("测试标准", StandardLevel.National),
        ("测试标准", StandardLevel.Provincial),
        ("模型标准", StandardLevel.National),
        ("模型标准", StandardLevel.Provincial),
        ("样本标准", StandardLevel.National),
        ("重大税收违法失信主体信息公布管理办法", StandardLevel.National),
        ("企业劳动保障守法诚信等级评价办法", StandardLevel.National),
        ("关于加强和规范守信联合激励和失信联合惩戒对象名单管理工作的指导意见（发改财金规〔2017〕1798号）", StandardLevel.National),
        ("关于实施优秀青年志愿者守信联合激励加快推进青年信用体系建设的行动计划（发改财金〔2016〕2012号）", StandardLevel.National),
        ("山东省企业环境信用评价办法", StandardLevel.Provincial),
        ("山东省道德模范评选表彰办法", StandardLevel.Provincial),
        ("市场监督管理严重违法失信名单管理办法（市场监管总局令第44号）", StandardLevel.National),
        ("文化和旅游市场信用管理规定（文化和旅游部令第7号）", StandardLevel.National),
        ("海关注册登记和备案企业信用管理办法（海关总署令第251号）", StandardLevel.National),
    ];

    /// <summary>Registers them in a migrated database.</summary>
    public static async Task RegisterAsync(string connectionString, CancellationToken cancel)
    {
        await using var db = new CreditDbContext(new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options);
        foreach (var (title, level) in Registered.Concat(new DemoTables().Standards.Select(each => (each.Standard, each.Level))).Distinct())
        {
            foreach (var list in Enum.GetValues<ListKind>())
            {
                var draft = new StandardDraft(title, "测试〔2000〕1号", level, list, Domain: null, Since, Approval: "测试审定〔2000〕1号");
                var standard = RecognitionStandard.Propose(draft, [], Registrar, Since).Value;
                db.Add(standard.Decide(register: true, "测试登记。", [], "test.approver", Since).Value);
            }
        }

        await db.SaveChangesAsync(cancel);
    }
}
