using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>The lead office switches a feature for a department, by a memorandum or document and from a day on .</summary>
internal sealed class SetDepartmentFeature : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/departments/{department}/features", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(SetDepartmentFeature))
            .WithSummary("Switch a feature for a department by a document")
            .Produces<FeatureView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { feature = "CrossRegionRequests", enabled = true, from = "2026-12-01", document = "跨区域联合奖惩试点方案", documentNumber = "任信办〔2026〕5号" });

    private static async Task<IResult> HandleAsync(
        string department, FeatureBody body, CreditDbContext db, DepartmentDirectory departments, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (departments.Find(department) is null)
        {
            return TypedResults.NotFound();
        }

        var set = DepartmentFeature.Set(
            department, body.Feature, body.Enabled, body.From, body.To, body.Document, body.DocumentNumber, caller.User, clock.GetUtcNow());
        Refusal[] refusals =
        [
            .. set.Refusals, .. TextNamesPerson.Against(Clause.R("4.2"), (body.Document, "document")),
            .. TextNamesPerson.AgainstNumbers(Clause.R("4.2"), (body.DocumentNumber, "documentNumber")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(set.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/odata/official/DepartmentFeatures({set.Value.Id})", new FeatureView(set.Value.Id, department, body.Feature, body.Enabled, body.From, body.To));
    }

    /// <summary>A switch.</summary>
    /// <param name="Feature">What is switched.</param>
    /// <param name="Enabled">On or off.</param>
    /// <param name="From">First day it holds.</param>
    /// <param name="To">Last day it holds; null while it has no end.</param>
    /// <param name="Document">Title of the memorandum or document.</param>
    /// <param name="DocumentNumber">Its number.</param>
    internal sealed record FeatureBody(Feature Feature, bool Enabled, DateOnly From, DateOnly? To, string Document, string DocumentNumber);

    /// <summary>A switch as kept.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="Department">The department.</param>
    /// <param name="Feature">What is switched.</param>
    /// <param name="Enabled">On or off.</param>
    /// <param name="From">First day it holds.</param>
    /// <param name="To">Last day it holds.</param>
    internal sealed record FeatureView(Guid Id, string Department, Feature Feature, bool Enabled, DateOnly From, DateOnly? To);
}

/// <summary>Whether a department may use a feature on a day: the latest decision in force counts, else it is on.</summary>
internal static class Features
{
    /// <summary>The reason against; null when it is on.</summary>
    public static async Task<Refusal?> AgainstAsync(CreditDbContext db, string department, Feature feature, DateOnly day, CancellationToken cancel)
    {
        var latest = await db.DepartmentFeatures.AsNoTracking()
            .Where(each => each.Department == department && each.Feature == feature && each.From <= day && (each.To == null || each.To >= day))
            .OrderByDescending(each => each.SetAt).ThenByDescending(each => each.Id)
            .Select(each => new { each.Enabled, each.DocumentNumber })
            .FirstOrDefaultAsync(cancel);
        return latest is { Enabled: false }
            ? new("feature-off", $"依据{latest.DocumentNumber}，本部门暂不使用该功能。", $"By {latest.DocumentNumber} your department does not use this.", Clause.R("4.2"))
            : null;
    }
}
