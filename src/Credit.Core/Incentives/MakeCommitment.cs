using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>A subject makes a commitment before a department (R-3.1.6.b, R-3.3.1.d). General, product and standard ones are public at once.</summary>
internal sealed class MakeCommitment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commitments", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(MakeCommitment))
            .WithSummary("Make a credit commitment as a subject")
            .Produces<CommitmentView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { department = "market-supervision", kind = "Comprehensive", text = "依法诚信经营，如有违反，自愿接受信用惩戒。" });

    private static async Task<IResult> HandleAsync(
        CommitmentBody body, CreditDbContext db, Caller caller, TimeProvider clock, DepartmentDirectory departments, CancellationToken cancel)
    {
        if (caller.SubjectId is not { } id || await db.Subjects.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } subject)
        {
            return TypedResults.NotFound();
        }

        var made = Commitment.Make(subject, body.Kind, body.Text, body.Department, caller.User, bySubject: true, clock.Today());
        Refusal[] refusals =
        [
            .. made.Refusals,
            .. departments.Find(body.Department) is { OutsideDistrict: false }
                ? Array.Empty<Refusal>()
                : [new Refusal("department-unknown", "没有这个部门。", "There is no such department.", Clause.R("3.3.1.d"), "department")],
            .. IncentiveAccess.AgainstPersonalText((body.Text, "text")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(id, cancel);
        db.Add(made.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/commitments/{made.Value.Id}", CommitmentView.Of(made.Value)).WithVersion(made.Value.Version);
    }

    /// <summary>A commitment.</summary>
    /// <param name="Department">Department it is made before.</param>
    /// <param name="Kind">What it is about.</param>
    /// <param name="Text">What is committed to; without personal numbers.</param>
    internal sealed record CommitmentBody(string Department, CommitmentKind Kind, string Text);
}
