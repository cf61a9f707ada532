using System.Globalization;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Credit.Core.Checks.Batches;

/// <summary>
/// Checks a whole list before one decision, or a run of them: JSON, one subject a line (NDJSON), or a CSV file with a column of codes. One
/// query number for all; a row that names nobody is told by its place and spoils no other.
/// </summary>
internal sealed class CheckManySubjects : IUseCase
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var limits = api.ServiceProvider.GetRequiredService<ApiLimits>();
        api.MapPost("/checks/batch", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(CheckManySubjects))
            .WithSummary("Check many subjects for one matter: JSON, NDJSON (the question first, then a subject a line) or a CSV file; one query number, a verdict per row")
            .WithMetadata(new RequestSizeLimitAttribute(limits.BatchCheckBytes))

            // A file that names people is read in memory and lands on no disk.
            .WithFormOptions(memoryBufferThreshold: (int)limits.BatchCheckBytes, multipartBodyLengthLimit: limits.BatchCheckBytes)
            .Accepts<BatchRequest>("application/json", BatchResult.Lines, "multipart/form-data")
            .Produces<BatchAnswer>(StatusCodes.Status200OK, "application/json", BatchResult.Lines)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                purpose = "Administration",
                matter = new { kind = "Fiscal", reference = "任财专〔2026〕18号", procedure = "技改补贴审核" },
                subjects = new[] { new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } },
            });
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http, BatchCheck check, SubjectIdentities identities, CanonicalMeasures canonical, ApiLimits limits, TimeProvider clock, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        IHostEnvironment environment, CancellationToken cancel)
    {
        var rows = new AskedRows(identities, clock.Today(), limits.BatchCheckRows);
        var (question, fault) = await ReadAsync(http.Request, rows, json.Value.SerializerOptions, cancel);
        Refusal[] refusals =
        [
            .. fault is null ? [] : new[] { fault },
            .. DecisionCheck.Against(question.Purpose, question.Matter, canonical),
            .. fault is null && (rows.Count == 0 || rows.TooMany) ? [RowsOutOfRange(limits.BatchCheckRows)] : Array.Empty<Refusal>(),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var kept = await check.AskAsync(question, rows, cancel);
        http.Response.TellSource(environment, kept.Source);
        return new BatchResult(kept.Head, kept.Batch);
    }

    private static async Task<(BatchQuestion Question, Refusal? Fault)> ReadAsync(HttpRequest request, AskedRows rows, JsonSerializerOptions options, CancellationToken cancel)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancel);
            var (question, wrong) = QuestionOf(form);
            if (form.Files is not [{ } file])
            {
                return (question, new("check-file-missing", "请上传一个文件。", "Send one file.", Clause.R("3.1.6.a"), "file"));
            }

            await using var content = file.OpenReadStream();
            return (question, wrong ?? BatchTable.Read(content, rows));
        }

        var body = new BatchBody(options, rows);
        return (
            request.ContentType!.StartsWith(BatchResult.Lines, StringComparison.OrdinalIgnoreCase)
                ? await body.ReadLinesAsync(new JsonTextGuard(request.Body, request.HttpContext), cancel)
                : await body.ReadAsync(request.Body, cancel),
            null);
    }

    // The fields of the form have the names of the members.
    private static (BatchQuestion Question, Refusal? Wrong) QuestionOf(IFormCollection form)
    {
        var (purpose, kind, validAt) = (Named<QueryPurpose>(form, "purpose"), Named<MatterKind>(form, "kind"), Day(form, "validAt"));
        var measure = form["measure"].ToString();
        return (
            new(
                purpose.Value,
                kind.Value is { } matter ? new(matter, form["reference"].ToString(), form["procedure"].ToString(), measure.Length == 0 ? null : measure) : null,
                validAt.Value),
            purpose.Wrong ?? kind.Wrong ?? validAt.Wrong);
    }

    private static (T? Value, Refusal? Wrong) Named<T>(IFormCollection form, string field)
        where T : struct, Enum => form[field].ToString() switch
        {
            "" => (null, null),
            var text when char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) => (value, null),
            _ => (null, Wrong(field)),
        };

    private static (DateOnly? Value, Refusal? Wrong) Day(IFormCollection form, string field) => form[field].ToString() switch
    {
        "" => (null, null),
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => (day, null),
        _ => (null, Wrong(field)),
    };

    private static Refusal Wrong(string field) => new(
        "wrong-type", "字段的类型或取值不正确。", "A field has the wrong type or a value that is not one of those defined.", Clause.Standard("RFC 8259"), field);

    private static Refusal RowsOutOfRange(int most) => new(
        "rows-out-of-range", $"一批查询1至{most}行。", $"A batch is about 1 to {most} rows.", Clause.R("3.1.6.a"), "subjects");

    /// <summary>A batch in JSON; it is read as it arrives.</summary>
    /// <param name="Purpose">What it is asked for; mandatory.</param>
    /// <param name="Matter">The matter at hand; mandatory.</param>
    /// <param name="Subjects">Who is checked, by identifier only, up to the limit of <c>/.well-known/api-limits</c>.</param>
    /// <param name="ValidAt">Day on which it is asked what holds, as known now; today when absent.</param>
    internal sealed record BatchRequest(
        QueryPurpose? Purpose = null, CheckedMatter? Matter = null, IReadOnlyList<CheckedSubject>? Subjects = null, DateOnly? ValidAt = null);
}
