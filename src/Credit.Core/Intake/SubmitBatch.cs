using System.Security.Cryptography;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>A department sends in a file of records; once it is answered with 202 nothing of it can be lost (R-3.1.1.b, R-3.1.4.b).</summary>
internal sealed class SubmitBatch : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/intake/{kind}", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(SubmitBatch))
            .WithSummary("Send in a file of subjects, licences, penalties or list-entries: CSV (UTF-8, GB18030), XLSX or JSON")
            .WithMetadata(new RequestSizeLimitAttribute(api.ServiceProvider.GetRequiredService<ApiLimits>().FileBytes))
            .Produces<BatchView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string kind, IFormFile file, CreditDbContext db, IEnumerable<IIntakeKind> kinds, PersonVault vault, Caller caller, TimeProvider clock,
        IntakeSignal signal, CancellationToken cancel)
    {
        if (!kinds.Any(each => each.Layout.Name == kind))
        {
            return TypedResults.NotFound();
        }

        if (caller.Department is null)
        {
            return new Refusal("not-your-department", "只有部门账号可以报送文件。", "Only an account of a department sends in files.", Clause.R("3.1.1.c")).ToProblem();
        }

        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        if (name.Length is 0 or > 200)
        {
            return new Refusal("file-name-invalid", "文件名应为1至200个字符。", "The file name has 1 to 200 characters.", Clause.R("3.1.1.b"), "file").ToProblem();
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
