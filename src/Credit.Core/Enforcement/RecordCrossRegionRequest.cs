using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The city, or the lead office in its stead, records what another region asks of the district (R-3.5.2.c). Sent twice it is one request.</summary>
internal sealed class RecordCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cross-region-requests/incoming", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RecordCrossRegionRequest))
            .WithSummary("Record a request of another region")
            .Produces<CrossRegionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                kind = "Punishment",
                region = "370102",
                regionName = "济南市历下区",
                reference = "历信函〔2026〕7号",
                subjectName = "济南某某建设有限公司",
                subjectCode = "91370811TX5TJDD25M",
                basis = "该企业拖欠农民工工资被列入黑名单。",
                measures = "限制参与政府采购活动",
            });

    private static async Task<IResult> HandleAsync(
        RecordBody body, CreditDbContext db, DepartmentDirectory departments, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var today = clock.Today();
        var received = CrossRegionRequest.Receive(
            body.Kind, body.Region, body.RegionName, body.Reference, body.SubjectName, body.SubjectCode, body.Basis, body.Measures, caller.User, today);
        Refusal[] refusals =
        [
            .. received.Refusals,
            .. TextNamesPerson.Against(
                Clause.R("3.5.2.c"), (body.Basis, "basis"), (body.Measures, "measures"), (body.RegionName, "regionName"), (body.Reference, "reference"), (body.SubjectName, "subjectName")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/cross-region'))", cancel);
        if (await db.CrossRegionRequests.AnyAsync(each => each.Region == body.Region && each.Reference == body.Reference, cancel))
        {
            return new Refusal("cross-region-recorded", "该来函已登记。", "The request is already recorded.", Clause.R("3.5.2.c")).ToProblem();
        }

        db.Add(received.Value);
        db.Add(new InboxItem
        {
            Department = departments.LeadOffice.Key,
            Kind = InboxKind.CrossRegion,
            AggregateId = received.Value.Id,
            Text = $"{body.RegionName} 发来跨区域联合奖惩请求 {received.Value.Id}，请交办",
            CreatedOn = today,
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/cross-region-requests/{received.Value.Id}", CrossRegionView.Of(received.Value)).WithVersion(received.Value.Version);
    }

    /// <summary>A request that came in.</summary>
    /// <param name="Kind">Reward or punishment.</param>
    /// <param name="Region">Six digits of the region that asks.</param>
    /// <param name="RegionName">Its name.</param>
    /// <param name="Reference">Number it gave the request.</param>
    /// <param name="SubjectName">Name of the organisation.</param>
    /// <param name="SubjectCode">Its unified code.</param>
    /// <param name="Basis">Ground, without personal data.</param>
    /// <param name="Measures">Measures asked for, without personal data.</param>
    internal sealed record RecordBody(
        CrossRegionKind Kind, string Region, string RegionName, string Reference, string SubjectName, string SubjectCode, string Basis, string Measures);
}
