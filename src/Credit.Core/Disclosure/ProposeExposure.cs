using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.Disclosure;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Disclosure;

/// <summary>The recogniser of a black entry proposes to expose a serious case with bad social effect. Internal until a second person approves it.</summary>
internal sealed class ProposeExposure : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/exposures", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeExposure))
            .WithSummary("Propose to expose a serious case")
            .Produces<ExposureView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { title = "伪造检验报告，问题糕点流入校园", facts = "该公司伪造检验报告四十二份，问题糕点流入三所学校，造成恶劣社会影响。" });

    private static async Task<IResult> HandleAsync(
        Guid id, ExposureBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (entry is null || entry.Recogniser != caller.Department)
        {
            return entry is not null && caller.Is(Roles.LeadOffice) ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        var proposed = ExposureItem.Propose(entry, body.Title, body.Facts, caller.User, clock.Today());
        Refusal[] refusals =
        [
            .. proposed.Refusals,
            .. PersonalText.IsIn(body.Title) || PersonalText.IsIn(body.Facts)
                ? [new Refusal(
                    "exposure-names-person", "曝光内容中不得出现自然人姓名、证件号码或电话。", "An exposure may not hold names of natural persons, identity numbers or telephone numbers.", Clause.R("3.6.3"), "facts")]
                : Array.Empty<Refusal>(),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(proposed.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, ExposureView.Of(proposed.Value)).WithVersion(proposed.Value.Version);
    }

    /// <summary>An exposure.</summary>
    /// <param name="Title">Title, without personal data.</param>
    /// <param name="Facts">What happened and what it did to society, without personal data.</param>
    internal sealed record ExposureBody(string Title, string Facts);
}

/// <summary>An exposure as its department sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Title">Title.</param>
/// <param name="SubjectName">Name of the subject; natural persons anonymous.</param>
/// <param name="Facts">What happened.</param>
/// <param name="State">Public once approved.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ExposureView(Guid Id, Guid EntryId, string Title, string SubjectName, string Facts, DisclosureState State, int Version)
{
    public static ExposureView Of(ExposureItem item) => new(item.Id, item.EntryId, item.Title, item.SubjectName, item.Facts, item.State, item.Version);
}
