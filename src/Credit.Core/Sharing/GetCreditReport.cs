using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>A credit report as it was issued, for its subject and for whoever asked for it. What the register says by now changes nothing in it.</summary>
internal sealed class GetCreditReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/credit-reports/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(GetCreditReport))
            .WithSummary("Read a credit report as it was issued")
            .Produces<CreditReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, PersonVault vault, CancellationToken cancel)
    {
        var report = await db.CreditReports.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        return report is not null && MaySee(report, caller) && await IsStillAllowedAsync(db, report, caller, cancel)
            ? TypedResults.Ok(CreditReportView.Of(report, vault))
            : TypedResults.NotFound();
    }

    /// <summary>A partner reads on only while it has its grant, and the authorisation it asked with has not been taken back (R-3.1.5.b).</summary>
    private static async Task<bool> IsStillAllowedAsync(CreditDbContext db, CreditReport report, Caller caller, CancellationToken cancel) =>
        report.Requester is ReportRequester.Subject or ReportRequester.Department
        || ((await db.OwnGrantAsync(caller, cancel)).Accepted
            && (report.AuthorisationId == null || await db.Authorisations.AnyAsync(each => each.Id == report.AuthorisationId && each.State == AuthorisationState.Given, cancel)));

    private static bool MaySee(CreditReport report, Caller caller) => report.Requester switch
    {
        ReportRequester.Subject => caller.SubjectId == report.SubjectId,
        ReportRequester.Department => caller.Department is not null && caller.Department == report.RequestedFor,
        _ => caller.User == report.RequestedBy,
    };
}
