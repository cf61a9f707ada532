using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>
/// Associations, banks, media and citizens supply a lead on trustworthy or dishonest conduct of an organisation. It lands in
/// the inbox of a department that may recognise; it is no entry, and nobody is listed by it (R-3.2.2.b, I12).
/// </summary>
internal sealed class SupplyLead : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/leads", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(SupplyLead))
            .WithSummary("Supply a lead on the conduct of an organisation")
            .Produces<LeadReceipt>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { department = "tax", conduct = "Dishonest", subjectCode = "91370811MA3TEXT0X0", statement = "多次拖欠行业会费并伪造检测报告。" });

    private static async Task<IResult> HandleAsync(
        LeadBody body, CreditDbContext db, Caller caller, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        var code = UnifiedCreditCode.Normalise(body.SubjectCode);
        var supplier = await SupplierOfAsync(body, db, caller, cancel);
        if (Against(body.Department, body.Statement, departments).Concat(Against(code, body, supplier)).ToArray() is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        var lead = Add(db, body.Department, body.Conduct, code, body.Statement, supplier, Clause.R("3.2.2.b"), clock.Today());
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, new LeadReceipt(lead.Id));
    }

    /// <summary>The lead and the item in its department's inbox; saved by the caller.</summary>
    public static Lead Add(
        CreditDbContext db, string department, Conduct conduct, string code, string statement, LeadSupplier supplier, Clause clause, DateOnly today)
    {
        var lead = Lead.Supply(department, conduct, code, statement, supplier, today, clause);
        db.Add(lead);
        db.Add(new InboxItem
        {
            Department = department,
            Kind = InboxKind.Lead,
            AggregateId = lead.Id,
            Text = $"收到{(conduct == Conduct.Trustworthy ? "守信" : "失信")}线索 {lead.Id}，涉及 {code}，请核实",
            CreatedOn = today,
        });
        return lead;
    }

    /// <summary>Every reason against this addressee and statement.</summary>
    public static IEnumerable<Refusal> Against(string department, string statement, DepartmentDirectory departments)
    {
        if (departments.Find(department) is not { MayRecognise: true })
        {
            yield return new(
                "lead-addressee-unknown", "请选择有认定权的部门。", "Address a department that may recognise.", Clause.R("3.2.2.b"), "department");
        }

        if (string.IsNullOrWhiteSpace(statement) || statement.Length > 500)
        {
            yield return new("lead-statement-missing", "请用500字以内说明线索。", "State the lead in 500 characters at most.", Clause.R("3.2.2.b"), "statement");
        }
        else if (PersonalText.IsIn(statement))
        {
            yield return new(
                "lead-names-person", "线索中不得出现证件号码或电话。", "A lead may not hold identity numbers or telephone numbers.", Clause.R("3.2.2.b"), "statement");
        }
    }

    private static IEnumerable<Refusal> Against(string code, LeadBody body, LeadSupplier supplier)
    {
        if (UnifiedCreditCode.Check(code) is var fault and not CodeFault.None)
        {
            yield return new(
                "subject-code-invalid",
                $"统一社会信用代码无效({fault})。",
                $"The unified social credit code is not valid ({fault}).",
                Clause.Standard("GB 32100-2015"),
                "subjectCode");
        }

        if (body.Supplier is { } stated && stated != supplier)
        {
            yield return new(
                "lead-supplier-not-yours", "不能以该类身份提供线索。", "The account supplies no leads as such.", Clause.R("3.2.2.b"), "supplier");
        }
    }

    // What somebody is, the account says; only media and citizens have no account that says it.
    private static async Task<LeadSupplier> SupplierOfAsync(LeadBody body, CreditDbContext db, Caller caller, CancellationToken cancel) => caller switch
    {
        _ when caller.Is(Roles.Association) => LeadSupplier.Association,
        _ when caller.Department is not null => LeadSupplier.Department,
        _ when caller.Is(Roles.Partner) => await db.Partners.Where(partner => partner.ClientId == caller.User).Select(partner => (PartnerKind?)partner.Kind).SingleOrDefaultAsync(cancel) switch
        {
            PartnerKind.FinancialInstitution => LeadSupplier.FinancialInstitution,
            PartnerKind.CreditAgency => LeadSupplier.CreditAgency,
            PartnerKind.Association => LeadSupplier.Association,
            _ => LeadSupplier.Citizen,
        },
        _ => body.Supplier == LeadSupplier.Media ? LeadSupplier.Media : LeadSupplier.Citizen,
    };

    /// <summary>A lead.</summary>
    /// <param name="Department">Key of the department that is to look at it.</param>
    /// <param name="Conduct">Trustworthy or dishonest.</param>
    /// <param name="SubjectCode">Unified code of the organisation.</param>
    /// <param name="Statement">What happened, without personal data; 500 characters at most.</param>
    /// <param name="Supplier">What the supplier is; media say so, of others the account says it.</param>
    internal sealed record LeadBody(string Department, Conduct Conduct, string SubjectCode, string Statement, LeadSupplier? Supplier = null);

    /// <summary>A lead as its supplier sees it.</summary>
    /// <param name="Id">Number to refer to it by.</param>
    internal sealed record LeadReceipt(Guid Id);
}
