using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>A notified department says what it put right (R-4.3.b).</summary>
internal sealed class SubmitDepartmentRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/rectifications/{id:guid}/submission", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(SubmitDepartmentRectification))
            .WithSummary("Submit what a notified department put right")
            .Produces<DepartmentRectificationView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { statement = "已明确专人负责措施反馈，历史欠报12项全部补报。" });

    private static Task<IResult> HandleAsync(
        Guid id, StatementBody body, IfMatch seen, CreditDbContext db, DepartmentDirectory departments, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveDepartmentRectificationAsync(
            id,
            each => each.Department == caller.Department,
            seen,
            async rectification =>
            {
                if (TextNamesPerson.Against(Clause.R("4.3.b"), (body.Statement, "statement")).ToArray() is { Length: > 0 } named)
                {
                    return named;
                }

                var submitted = rectification.Submit(body.Statement, clock.Today());
                var lead = departments.LeadOffice.Key;
                if (submitted.Accepted
                    && !await db.Inbox.AnyAsync(item => item.Department == lead && item.Kind == InboxKind.RectificationSubmitted && item.AggregateId == id, cancel))
                {
                    db.Add(new InboxItem
                    {
                        Department = lead,
                        Kind = InboxKind.RectificationSubmitted,
                        AggregateId = id,
                        Text = $"{departments.Find(rectification.Department)?.Name} 已报送整改情况，请审核",
                        CreatedOn = clock.Today(),
                    });
                }

                return submitted.Refusals;
            },
            cancel);

    /// <summary>A submission.</summary>
    /// <param name="Statement">What was put right, without personal data.</param>
    internal sealed record StatementBody(string Statement);
}
