using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credit.Core.Http;

/// <summary>The one place refusals become HTTP: RFC 9457 problems, in the language asked for.</summary>
internal static class Problems
{
    /// <summary>409 when only the state is at fault, 422 when fields are, 412 for a stale version, 403 for rights.</summary>
    public static int StatusOf(IReadOnlyList<Refusal> refusals) => refusals switch
    {
        _ when refusals.Any(refusal => refusal.Code == "stale-version") => StatusCodes.Status412PreconditionFailed,
        _ when refusals.Any(refusal => refusal.Code is "version-required" or "query-purpose-missing") => StatusCodes.Status428PreconditionRequired,
        _ when refusals.Any(refusal => refusal.Code is "not-your-department" or "not-registrar" or "four-eyes" or "recogniser-not-allowed" or "step-not-for-role"
            or "review-not-concerned" or "review-ticket-missing" or "review-ticket-of-another"
            or "partner-not-granted" or "partner-item-not-granted" or "authorisation-missing" or "report-not-for-caller"
            or "file-ticket-missing" or "integrity-file-not-yours" or "office-not-yours") => StatusCodes.Status403Forbidden,
        _ when refusals.Any(refusal => refusal.Code == "known-at-gone") => StatusCodes.Status410Gone,
        _ when refusals.All(refusal => refusal.Field is null) => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>A problem with every reason; <c>detail</c> follows the host's per-request customisation (Accept-Language).</summary>
    public static ProblemHttpResult ToProblem(this IReadOnlyList<Refusal> refusals) => TypedResults.Problem(
        statusCode: StatusOf(refusals),
        title: refusals[0].English,
        type: $"/problems/{refusals[0].Code}",
        extensions: new Dictionary<string, object?>
        {
            ["code"] = refusals[0].Code,
            ["errors"] = refusals.Select(refusal => new ProblemError(
                refusal.Code, refusal.Field is null ? null : "/" + refusal.Field.Replace('.', '/'), refusal.Clause.ToString(), refusal.Chinese, refusal.English)).ToArray(),
        });

    /// <summary>One refusal as a problem.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => new[] { refusal }.ToProblem();
}

/// <summary>One reason in a problem response.</summary>
/// <param name="Code">Stable code, listed at <c>/enums/errors</c>.</param>
/// <param name="Pointer">JSON pointer to the member at fault; null when the state is.</param>
/// <param name="Clause">Requirement or invariant that refuses.</param>
/// <param name="Zh">Sentence and hint in Chinese.</param>
/// <param name="En">Sentence and hint in English.</param>
internal sealed record ProblemError(string Code, string? Pointer, string Clause, string Zh, string En);
