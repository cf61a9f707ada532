using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Checks;

/// <summary>Marks a reading that states its purpose; the documents show the header.</summary>
internal sealed record ReadingForPurpose
{
    /// <summary>The one mark.</summary>
    public static readonly ReadingForPurpose Mark = new();
}

/// <summary>Readings of what a subject did, owes or is owed state what they are for, and leave a trace (R-3.1.5.a).</summary>
internal static class PurposeOfReading
{
    /// <summary>Wants <c>Credit-Purpose</c> of everybody but subjects, who see their own only; what was answered is traced, what was not told nothing.</summary>
    /// <param name="route">The reading.</param>
    /// <param name="resource">Use case, as the trace names it.</param>
    public static RouteHandlerBuilder ForPurpose(this RouteHandlerBuilder route, string resource) =>
        route.WithMetadata(ReadingForPurpose.Mark).AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var purpose = (await StatedPurpose.BindAsync(http)).Purpose;
            var answer = await next(context);
            if (answer is not IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest })
            {
                var about = http.Request.RouteValues.TryGetValue("id", out var id) && Guid.TryParse($"{id}", out var named) ? named : (Guid?)null;
                await http.RequestServices.GetRequiredService<CreditDbContext>().TraceAsync(
                    new Caller(http.User), http.RequestServices.GetRequiredService<TimeProvider>(), purpose, resource, about, http.RequestAborted);
            }

            return answer;
        });
}
