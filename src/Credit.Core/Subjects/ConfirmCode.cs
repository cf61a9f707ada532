using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>The registrar confirms that a code with a failing check character is a real legacy code; rows that waited for it are then taken in (R-3.1.3.c).</summary>
internal sealed class ConfirmCode : IUseCase
{
    private static readonly Refusal NotRegistrar = new(
        "not-registrar", "只有该主体的登记机关或牵头单位可以确认代码。", "Only the subject's registrar or the lead office confirms a code.", Clause.R("3.1.3.a"));

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/subjects/{id:guid}/code-confirmation", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ConfirmCode))
            .WithSummary("Confirm a legacy code whose check character fails")
            .Produces<CodeQuality.SubjectView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.LockSubjectAsync(id, cancel);
        var subject = await db.Subjects.Include(each => each.Identifiers).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (subject is null)
        {
            return TypedResults.NotFound();
        }

        if (caller.Department is null || (departments.FindByName(subject.Registrar ?? "")?.Key != caller.Department && departments.LeadOffice.Key != caller.Department))
        {
            return NotRegistrar.ToProblem();
        }

        if (seen.Against(subject.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (subject.ClaimedCode is { } claimed && await db.Identifiers.AnyAsync(each => each.Scheme == SubjectIdentifier.Uscc && each.Lookup == claimed, cancel))
        {
            return new Refusal(
                "code-held", "该代码已属于另一主体。", "Another subject already holds this code.", Clause.Standard("I18")).ToProblem();
        }

        var confirmed = subject.ConfirmCode(clock.Today());
        if (!confirmed.Accepted)
        {
            return confirmed.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(CodeQuality.SubjectView.Of(subject)).WithVersion(subject.Version);
    }
}
