using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Records;
using Credit.Domain.Records;

namespace Credit.Core.Demo.Stories;

/// <summary>What departments do beside list entries: they state credit records of their own, and the lead office evaluates them.</summary>
internal static class DepartmentWork
{
    private static readonly (string Department, RecordKind Kind, bool Negative, string Series, string Text)[] Stated =
    [
        ("market-supervision", RecordKind.Inspection, true, "任市监检", "双随机检查发现经营场所与登记不符。"),
        ("ecology", RecordKind.Inspection, true, "任环检", "检查发现环境管理台账不全。"),
        ("tax", RecordKind.Commendation, false, "任税奖", "年度纳税贡献突出，予以通报表扬。"),
        ("human-resources", RecordKind.Inspection, false, "任人社检", "劳动用工检查未发现问题。"),
        ("finance", RecordKind.Payment, false, "任财补", "拨付技术改造补贴资金。"),
    ];

    /// <summary>Records in a round: shown to the public, waiting for the second officer, annulled.</summary>
    public static void TellRecords(StoryBook book, int round)
    {
        var company = book.SomeCompany();
        for (var index = 0; index < Stated.Length; index++)
        {
            var (department, kind, negative, series, text) = Stated[index];
            var day = book.Ago(40 + (15 * round) - (5 * index));
            var number = book.NextNumber(series, day);
            JsonElement record = default;
            book.Add(day, company, async stage => record = (await stage.AskAsync(DemoCaller.Officer(department), nameof(SubmitRecords), new
            {
                records = new[]
                {
                    new
                    {
                        kind = kind.ToString(), negative, documentNumber = number, text, formedOn = day,
                        subject = new { kind = company.Kind.ToString(), name = company.Name, code = company.Code },
                        publish = kind == RecordKind.Inspection, publicUntil = kind == RecordKind.Inspection ? day.AddYears(1) : (DateOnly?)null,
                    },
                },
            })).GetProperty("fates")[0].GetProperty("record"));
            if (department != "human-resources" && kind == RecordKind.Inspection)
            {
                book.Add(book.Later(day, 1), company, async stage => record = await DecideAsync(stage, department, nameof(PublishRecord), record, body: null));
            }

            if (department == "ecology")
            {
                book.Add(book.Later(day, 6), company, async stage =>
                    record = await DecideAsync(stage, department, nameof(AnnulRecord), record, new { reason = "检查对象认定有误，系同名企业。" }));
            }
        }
    }

    /// <summary>One evaluation published and reported to the government, one that only the lead office has seen.</summary>
    public static void TellEvaluations(StoryBook book)
    {
        var company = book.SomeCompany();
        var (first, latest) = (book.Ago(30), book.Ago(1));
        JsonElement evaluation = default;
        book.Add(first, company, async stage => evaluation = await EvaluateAsync(stage, first));
        book.Add(book.Later(first, 2), company, async stage =>
        {
            evaluation = await DecideAsync(stage, nameof(PublishEvaluation), evaluation);
            evaluation = await DecideAsync(stage, nameof(ReportEvaluation), evaluation);
        });
        book.Add(latest, company, stage => EvaluateAsync(stage, latest));
    }

    private static Task<JsonElement> EvaluateAsync(Stage stage, DateOnly day) => stage.AskAsync(
        DemoCaller.LeadOfficer(), nameof(RunEvaluation), new { from = day.AddMonths(-3), to = day.AddDays(-1), evaluator = "山东某某信用评价有限公司（演示）" });

    private static Task<JsonElement> DecideAsync(Stage stage, string useCase, JsonElement evaluation) => stage.AskAsync(
        DemoCaller.LeadOffice(), useCase, body: null, evaluation.GetProperty("id").GetGuid(), evaluation.GetProperty("version").GetInt32());

    private static Task<JsonElement> DecideAsync(Stage stage, string department, string useCase, JsonElement record, object? body) => stage.AskAsync(
        DemoCaller.Approver(department), useCase, body, record.GetProperty("id").GetGuid(), record.GetProperty("version").GetInt32());
}
