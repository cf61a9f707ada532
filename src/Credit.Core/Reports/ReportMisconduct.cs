using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Reports;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Reports;

/// <summary>
/// 失信举报: anybody reports misconduct, by name or without (R-3.4.5.a). Content and informant part ways here: the content goes to
/// the handler, the informant into the vault. Neither account, nor address, nor hour of the caller is kept.
/// </summary>
internal sealed class ReportMisconduct : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports", HandleAsync)
            .AllowAnonymousBecause("Anybody may report misconduct without saying who they are.")
            .AnswerNotKept()
            .Untraced()
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ReportMisconduct))
            .WithSummary("Report misconduct, by name or without; the receipt is shown once")
            .Produces<ReceiptView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithExample(
                new
                {
                    handler = "market-supervision",
                    subjectName = "任城某某食品有限公司",
                    subjectCode = "91370811MA3TEXT0X0",
                    conduct = "伪造检验报告",
                    statement = "该公司出厂的糕点所附检验报告系伪造，样品从未送检。",
                    informant = new { name = "（可不填）", phone = "（可不填）", address = "（可不填）" },
                },
                new { receipt = "（十六位回执，仅显示一次）" });

    private static async Task<IResult> HandleAsync(
        MisconductBody body, CreditDbContext db, DepartmentDirectory departments, InformantVault vault, ReceiptBook receipts, Actor actor, TimeProvider clock,
        CancellationToken cancel)
    {
        // Whoever is signed in reports as anybody does.
        actor.ActUnnamed();
        var statement = new MisconductStatement(body.Handler ?? departments.LeadOffice.Key, body.SubjectName ?? "", body.SubjectCode, body.Conduct, body.Statement);
        var today = clock.Today();
        var received = MisconductReport.Receive(statement, today);
        Refusal[] refusals = [.. received.Refusals, .. Against(statement, body.Informant, departments)];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var report = received.Value;
        var receipt = ReceiptBook.New();
        var hash = receipts.HashOf(receipt);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(report);
        db.Add(new ReportReceipt { Hash = hash, ReportId = report.Id });
        db.Add(new InboxItem
        {
            Id = Guid.CreateVersion7(CivilClock.StartOf(today)),
            Department = report.Handler,
            Kind = InboxKind.MisconductReport,
            AggregateId = report.Id,
            Text = $"收到失信举报 {report.Id}，请决定是否受理",
            CreatedOn = today,
        });
        await db.SaveChangesAsync(cancel);
        await vault.KeepAsync(db, report.Id, body.Informant, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, new ReceiptView(receipt));
    }

    private static IEnumerable<Refusal> Against(MisconductStatement statement, Informant? informant, DepartmentDirectory departments)
    {
        if (departments.Find(statement.Handler) is not { MayRecognise: true, OutsideDistrict: false })
        {
            yield return new("handler-unknown", "请选择受理举报的部门。", "Address a department of the district that may act on it.", Clause.R("3.4.5.a"), "handler");
        }

        foreach (var (_, field) in statement.Texts.Where(each => each.Field != "subjectCode" && PersonalText.IsIn(each.Text)))
        {
            yield return new(
                "report-holds-number", "举报内容中不得出现证件号码或电话。", "A report may not hold identity numbers or telephone numbers.", Clause.R("3.4.5.a"), field);
        }

        if (informant is null)
        {
            yield break;
        }

        if (informant.Said().Any(text => text.Length > Informant.Longest))
        {
            yield return new("informant-too-long", "举报人信息每项不超过100字。", "What is said of the informant is too long: 100 characters each.", Clause.R("3.4.5.a"), "informant");
        }

        // The handler reads the content: whoever signs it there has told the handler.
        foreach (var (_, field) in statement.Texts.Where(each => informant.Said().Any(said => NameInText.IsIn(each.Text, said))))
        {
            yield return new(
                "report-names-informant",
                "举报内容中出现了举报人信息，承办部门将会看到，请删去。",
                "The content repeats what you said of yourself: the handler would read it. Take it out.",
                Clause.R("3.4.5.a"),
                field);
        }
    }

    /// <summary>A report.</summary>
    /// <param name="Conduct">The conduct in one line.</param>
    /// <param name="Statement">What happened, without identity or telephone numbers.</param>
    /// <param name="Handler">Key of the department that is to look at it; the lead office when absent.</param>
    /// <param name="SubjectName">Name of whom it is about.</param>
    /// <param name="SubjectCode">Unified code of whom it is about.</param>
    /// <param name="Informant">Who reports; may be left out in part or whole.</param>
    internal sealed record MisconductBody(
        string Conduct, string Statement, string? Handler = null, string? SubjectName = null, string? SubjectCode = null, Informant? Informant = null)
    {
        // A record would print its members into whatever logs it.
        public override string ToString() => nameof(MisconductBody);
    }

    /// <summary>What the informant keeps.</summary>
    /// <param name="Receipt">Sixteen digits; shown once, to follow up with.</param>
    internal sealed record ReceiptView(string Receipt)
    {
        // A record would print its members into whatever logs it.
        public override string ToString() => nameof(ReceiptView);
    }
}
