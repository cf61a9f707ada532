using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Checks;

/// <summary>
/// Decision check (应查必查, R-3.1.6.a): on which lists are these subjects now, and what must or may the caller's department do about it
/// in the matter at hand. All of it is read in one state of the register, and kept with a number, also when nothing was found; while an
/// entry is verified it restricts nothing (R-3.5.7.c).
/// </summary>
internal sealed class CheckSubjects : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/checks", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(CheckSubjects))
            .WithSummary("Check before a decision which lists subjects are on and which measures the own department applies; the answer has a query number")
            .Produces<CheckVerdict>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                purpose = "Administration",
                matter = new { kind = "Trading", reference = "任采公字〔2026〕118号", procedure = "政府采购供应商资格审查" },
                subjects = new[] { new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } },
            });

    private static async Task<IResult> HandleAsync(
        CheckQuestion body, DecisionCheck check, HttpResponse response, IHostEnvironment environment, CancellationToken cancel)
    {
        var answer = await check.AskAsync(body, beside: null, cancel);
        if (!answer.Accepted)
        {
            return answer.Refusals.ToProblem();
        }

        response.TellSource(environment, answer.Value.Source);
        return new WrittenAnswer(answer.Value.Text);
    }
}

/// <summary>Sends an answer as it was kept.</summary>
/// <param name="text">The answer, JSON in UTF-8.</param>
internal sealed class WrittenAnswer(ReadOnlyMemory<byte> text) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = text.Length;
        return httpContext.Response.Body.WriteAsync(text, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>Tells a developer where an answer came from; it is the same answer.</summary>
internal static class ToldSource
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Credit-Check-Source";

    /// <summary>Sets the header, in Development only.</summary>
    public static void TellSource(this HttpResponse response, IHostEnvironment environment, CheckSource source)
    {
        if (environment.IsDevelopment())
        {
            response.Headers[Header] = CheckMeters.NameOf(source);
        }
    }
}
