using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>Anybody who holds a credit report verifies it by number and code: genuine or not, of which day, and whether it has expired (R-3.1.5.c).</summary>
internal sealed class VerifyCreditReport : IUseCase
{
    /// <summary>Where reports are verified; the number of attempts is limited.</summary>
    public const string Path = "/credit-reports/verification";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(Path, HandleAsync)
            .AllowAnonymousBecause("Whoever is shown a credit report has no account; number and code are both needed.")
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(VerifyCreditReport))
            .WithSummary("Verify a credit report by number and code")
            .Produces<VerificationView>()
            .WithExample(new { number = "RC-20261124-0A1B2C3D4E", code = "0123456789ABCDEF" });

    private static async Task<IResult> HandleAsync(VerificationBody body, CreditDbContext db, PersonVault vault, TimeProvider clock, CancellationToken cancel)
    {
        var number = body.Number.Trim();
        // For a number that was never given another report is sealed: how long it takes does not tell which numbers there are (I78).
        var report = await db.CreditReports.AsNoTracking().Where(each => each.Number == number)
            .Concat(db.CreditReports.AsNoTracking().OrderByDescending(each => each.Id).Take(1)).Take(1).SingleOrDefaultAsync(cancel);
        if (report is null || !ReportSeal.Matches(vault, report, body.Code) || report.Number != number)
        {
            return TypedResults.Ok(new VerificationView(false, null, null, null, null));
        }

        // The report stays as issued; who relies on it learns that an entry it may show was found wrong since (R-3.5.7.d).
        var corrected = await db.Reparations.AnyAsync(
            each => each.SubjectId == report.SubjectId
                && db.Entries.Any(entry => entry.Id == each.EntryId && entry.ValidFrom <= report.AsOf && entry.ExitedOn >= report.AsOf),
            cancel);
        return TypedResults.Ok(new VerificationView(true, report.AsOf, report.ExpiresOn, clock.Today() > report.ExpiresOn, corrected));
    }

    /// <summary>What stands on the report.</summary>
    /// <param name="Number">Report number.</param>
    /// <param name="Code">Verification code.</param>
    internal sealed record VerificationBody(string Number, string Code);

    /// <summary>What came of it.</summary>
    /// <param name="Genuine">The platform issued this report with this code.</param>
    /// <param name="AsOf">Day whose state it shows; null when it is not genuine.</param>
    /// <param name="ExpiresOn">Last day it can be relied on.</param>
    /// <param name="Expired">That day is over.</param>
    /// <param name="Corrected">An entry that was in force when it was issued was found wrong since: ask for a new report.</param>
    internal sealed record VerificationView(bool Genuine, DateOnly? AsOf, DateOnly? ExpiresOn, bool? Expired, bool? Corrected);
}
