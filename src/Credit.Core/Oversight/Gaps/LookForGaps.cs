using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Oversight.Gaps;

/// <summary>The lead office looks for unchecked decisions and rewards not given now, not with the next day (R-3.1.6.a).</summary>
internal sealed class LookForGaps : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/gaps/runs", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It edits nothing of anybody's: what is found and closed follows from the register, and looking twice changes nothing.")
            .WithName(nameof(LookForGaps))
            .WithSummary("Look now for unchecked decisions and rewards not given")
            .Produces<GapRunView>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, SubjectIdentities identities, GapRadar radar, CancellationToken cancel) =>
        TypedResults.Ok(GapRunView.Of((await radar.LookAsync(db, identities, onDemand: true, cancel))!));

    /// <summary>What came of looking.</summary>
    /// <param name="From">First day looked at.</param>
    /// <param name="To">Last day looked at.</param>
    /// <param name="Found">Gaps found for the first time.</param>
    /// <param name="Reopened">Gaps that are there again.</param>
    /// <param name="Closed">Gaps that are none, or none any more.</param>
    /// <param name="Corrected">Gaps that took on the day or the identity of a corrected decision.</param>
    /// <param name="Standing">Gaps that stand after it.</param>
    internal sealed record GapRunView(DateOnly From, DateOnly To, int Found, int Reopened, int Closed, int Corrected, int Standing)
    {
        public static GapRunView Of(GapRun run) => new(run.From, run.Day, run.Found, run.Reopened, run.Closed, run.Corrected, run.Standing);
    }
}
