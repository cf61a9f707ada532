using System.Security.Cryptography;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>A department sends in a file of records; once it is answered with 202 nothing of it can be lost (R-3.1.1.b, R-3.1.4.b, R-3.1.4.c).</summary>
internal sealed class SubmitBatch : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/intake/{kind}", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause("A file is stored as it is; a row that contradicts a stored record waits for a second person, who sees both.")
            .WithName(nameof(SubmitBatch))
            .WithSummary("Send in a file of subjects, licences, penalties, list-entries or records: CSV (UTF-8, GB18030), XLSX or JSON")
            .WithMetadata(new RequestSizeLimitAttribute(api.ServiceProvider.GetRequiredService<ApiLimits>().FileBytes))
            .Produces<BatchView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string kind, IFormFile file, [FromForm] BatchOrigin? origin, [FromForm] PublicationChannel? siteChannel, [FromForm] string? sitePage,
        [FromForm] DateOnly? siteOn, CreditDbContext db, IEnumerable<IIntakeKind> kinds, PolicyPack pack, PersonVault vault, Caller caller, TimeProvider clock,
        IntakeSignal signal, CancellationToken cancel)
    {
        // What the catalogue does not have is not collected.
        if (kinds.SingleOrDefault(each => each.Layout.Name == kind)?.ItemIn(pack) is not { } item)
        {
            return TypedResults.NotFound();
        }

        if (caller.Department is null)
        {
            return new Refusal("not-your-department", "只有部门账号可以报送文件。", "Only an account of a department sends in files.", Clause.R("3.1.1.c")).ToProblem();
        }

        if (kind == "list-entries" && await Features.AgainstAsync(db, caller.Department, Feature.ListEntryFiles, clock.Today(), cancel) is { } off)
        {
            return off.ToProblem();
        }

        // The name is shown and kept: no control characters, and no number of a person.
        var name = PersonalText.Mask(string.Concat(Path.GetFileName(file.FileName.Replace('\\', '/')).Where(letter => !char.IsControl(letter))))!;
        if (name.Length is 0 or > 200)
        {
            return new Refusal("file-name-invalid", "文件名应为1至200个字符。", "The file name has 1 to 200 characters.", Clause.R("3.1.1.b"), "file").ToProblem();
        }

        var statement = new SiteStatement(
            origin ?? BatchOrigin.Department, siteChannel, string.IsNullOrWhiteSpace(sitePage) ? null : sitePage.Trim(), siteOn);
        if (statement.Check(item, clock.Today()).ToArray() is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        await using var content = file.OpenReadStream();
        var batch = new IntakeBatch
        {
            Kind = kind,
            FileName = name,
            FileHash = await SHA256.HashDataAsync(content, cancel),
            Size = file.Length,
            Department = caller.Department,
            SubmittedBy = caller.User,
            Origin = statement.Origin,
            SiteChannel = statement.Channel,
            SitePage = statement.Page,
            SiteOn = statement.On,
            ReceivedOn = clock.Today(),
            ReceivedAt = clock.GetUtcNow(),
        };
        content.Position = 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(batch);
        await db.SaveChangesAsync(cancel);
        await SealedFile.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), batch.Id, content, vault, cancel);
        await transaction.CommitAsync(cancel);
        signal.Wake();
        return TypedResults.Accepted($"/api/intake/batches/{batch.Id}", BatchView.Of(batch));
    }
}
