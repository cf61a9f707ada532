using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>
/// Associations, banks, media and citizens supply a lead on trustworthy or dishonest conduct of an organisation. It lands in
/// the inbox of a department that may recognise; it is no entry, and nobody is listed by it (R-3.2.2.b, I12).
/// </summary>
internal sealed class SupplyLead : IUseCase
{
    /// <summary>What the lead is about.</summary>
    internal enum Conduct
    {
        /// <summary>守信.</summary>
        Trustworthy,

        /// <summary>失信.</summary>
        Dishonest,
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/leads", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(SupplyLead))
            .WithSummary("Supply a lead on the conduct of an organisation")
            .Produces<LeadView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { department = "tax", conduct = "Dishonest", subjectCode = "91370811MA3TEXT0X0", statement = "多次拖欠行业会费并伪造检测报告。" });

    private static async Task<IResult> HandleAsync(
        LeadBody body, CreditDbContext db, DepartmentDirectory departments, RegisterPen pen, TimeProvider clock, CancellationToken cancel)
    {
        var code = UnifiedCreditCode.Normalise(body.SubjectCode);
        if (Against(body, code, departments).ToArray() is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        var lead = new InboxItem
        {
            Department = body.Department,
            Kind = InboxKind.Lead,
            AggregateId = Guid.CreateVersion7(),
            Text = $"{(body.Conduct == Conduct.Trustworthy ? "守信" : "失信")}线索 {code}: {body.Statement}",
            CreatedOn = clock.Today(),
        };
        db.Add(lead);
        db.Add(pen.Write(
            new LeadSupplied(lead.AggregateId, body.Department, code),
            "Lead",
            lead.AggregateId,
            Clause.R("3.2.2.b"),
            before: null,
            new JsonObject { ["Department"] = body.Department, ["SubjectCode"] = code, ["Conduct"] = body.Conduct.ToString() }));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, new LeadView(lead.AggregateId));
    }

    private static IEnumerable<Refusal> Against(LeadBody body, string code, DepartmentDirectory departments)
    {
        if (departments.Find(body.Department) is not { MayRecognise: true })
        {
            yield return new(
                "lead-addressee-unknown", "请选择有认定权的部门。", "Address a department that may recognise.", Clause.R("3.2.2.b"), "department");
        }

        if (UnifiedCreditCode.Check(code) is var fault and not CodeFault.None)
        {
            yield return new(
                "subject-code-invalid",
                $"统一社会信用代码无效({fault})。",
                $"The unified social credit code is not valid ({fault}).",
                Clause.Standard("GB 32100-2015"),
                "subjectCode");
        }

        if (string.IsNullOrWhiteSpace(body.Statement) || body.Statement.Length > 500)
        {
            yield return new("lead-statement-missing", "请用500字以内说明线索。", "State the lead in 500 characters at most.", Clause.R("3.2.2.b"), "statement");
        }
        else if (PersonalText.IsIn(body.Statement))
        {
            yield return new(
                "lead-names-person", "线索中不得出现证件号码或电话。", "A lead may not hold identity numbers or telephone numbers.", Clause.R("3.2.2.b"), "statement");
        }
    }

    /// <summary>A lead.</summary>
    /// <param name="Department">Key of the department that is to look at it.</param>
    /// <param name="Conduct">Trustworthy or dishonest.</param>
    /// <param name="SubjectCode">Unified code of the organisation.</param>
    /// <param name="Statement">What happened, without personal data; 500 characters at most.</param>
    internal sealed record LeadBody(string Department, Conduct Conduct, string SubjectCode, string Statement);

    /// <summary>A lead as its supplier sees it.</summary>
    /// <param name="Id">Number to refer to it by.</param>
    internal sealed record LeadView(Guid Id);
}
