using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Records;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Industry;

/// <summary>
/// An association sanctions one of its own members, by gravity. The sanction is a credit record of the industry; a serious case
/// also goes to a department as a lead, for an association recognises nobody (R-3.4.4.a, I12).
/// </summary>
internal sealed class SanctionMember : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/association-members/{id:guid}/sanctions", HandleAsync)
            .RequireAuthorization(Access.Association)
            .WithName(nameof(SanctionMember))
            .WithSummary("Sanction a member of the own association")
            .Produces<MemberView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { sanction = "PublicCondemnation", facts = "多次使用过期食材，拒不整改。", documentNumber = "任餐协惩〔2026〕3号", decidedOn = "2026-11-20", leadTo = "market-supervision" });

    private static Task<IResult> HandleAsync(
        Guid id, SanctionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar,
        DepartmentDirectory departments, CancellationToken cancel) =>
        db.MoveMemberAsync(
            id,
            caller,
            seen,
            async member =>
            {
                var today = clock.Today();
                var item = pack.ItemOf(RecordKind.IndustrySanction);
                var subject = await db.Subjects.SingleAsync(each => each.Id == member.SubjectId, cancel);
                var statement = new RecordStatement
                {
                    Subject = subject,
                    Kind = RecordKind.IndustrySanction,
                    Negative = true,
                    Provider = caller.Association!,
                    DocumentNumber = body.DocumentNumber.Trim(),
                    Text = body.Facts.Trim(),
                    FormedOn = body.DecidedOn,
                    Sanction = body.Sanction,
                    BatchId = Guid.CreateVersion7(),
                    RecordedBy = caller.User,
                };
                var taken = await db.CreditRecords.AnyAsync(
                    record => record.Provider == statement.Provider && record.DocumentNumber == statement.DocumentNumber && record.State == RecordState.Current, cancel);
                var moved = member.Suffer(body.Sanction, today);
                Refusal[] refusals =
                [
                    .. moved.Refusals, .. statement.Check(item, today), .. SubmitRecords.AgainstPersonalText(statement),
                    .. taken ? [new Refusal("record-number-taken", "该文号已用于另一记录。", "The number is that of another record.", Clause.Standard("I86"), "documentNumber")] : Array.Empty<Refusal>(),
                    .. body.LeadTo is null ? [] : AgainstLead(body, subject.Code, departments),
                ];
                if (refusals.Length > 0)
                {
                    return refusals;
                }

                db.Add(CreditRecord.Form(statement, item!, today, calendar.DueDate(body.DecidedOn, pack.ReportingTermOf(item!.Key))));
                if (body.LeadTo is { } department)
                {
                    SupplyLead.Add(
                        db, department, Conduct.Dishonest, subject.Code!, statement.Text, LeadSupplier.Association, Clause.R("3.4.4.a"), today);
                }

                return [];
            },
            cancel);

    private static IEnumerable<Refusal> AgainstLead(SanctionBody body, string? code, DepartmentDirectory departments)
    {
        foreach (var refusal in SupplyLead.Against(body.LeadTo!, body.Facts, departments))
        {
            yield return refusal with { Field = refusal.Field == "department" ? "leadTo" : "facts" };
        }

        if (code is null)
        {
            yield return new("member-without-code", "该会员没有有效的统一社会信用代码，无法报送线索。", "The member has no valid code, so no lead can name it.", Clause.R("3.4.4.a"));
        }
    }

    /// <summary>A sanction.</summary>
    /// <param name="Sanction">One of the five.</param>
    /// <param name="Facts">What the member did, without personal data.</param>
    /// <param name="DocumentNumber">Number of the association's decision.</param>
    /// <param name="DecidedOn">Day of the decision.</param>
    /// <param name="LeadTo">Department a serious case is pushed to; absent when it is none.</param>
    internal sealed record SanctionBody(SanctionKind Sanction, string Facts, string DocumentNumber, DateOnly DecidedOn, string? LeadTo = null);
}
