using Credit.Core.Containment;
using Credit.Core.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.OData;

/// <summary>What goes wrong while a feed is read, as an OData error: whose fault it is, and nothing of how it is built.</summary>
internal static partial class Faults
{
    /// <summary>Answers, and says what went wrong where it did.</summary>
    public static async Task GuardAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (QueryRefusedException refused)
        {
            await Answers.WriteErrorAsync(context, refused.Status, refused.Code, refused.Target, refused.Chinese, refused.Message);
        }
        catch (ModuleUnavailableException unavailable) when (!context.Response.HasStarted)
        {
            var meaning = context.RequestServices.GetRequiredService<ErrorCatalogue>().Find(unavailable.Code)!;
            context.Response.Headers.RetryAfter = unavailable.RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Answers.WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable, unavailable.Code, unavailable.Module, meaning.Zh, meaning.En);
        }
        catch (Exception fault) when (Find(fault) is { } database && !context.Response.HasStarted)
        {
            var (status, code, chinese, english) = AnswerTo(database.SqlState);
            if (status == 503)
            {
                context.Response.Headers.RetryAfter = "5";
            }

            if (status == 500)
            {
                var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults));
                Broken(log, fault, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-", database.SqlState);
            }

            await Answers.WriteErrorAsync(context, status, code, null, chinese, english);
        }
    }

    // What the query or the hour is to blame for. The rest is a fault of ours, a missing right for example.
    private static (int Status, string Code, string Chinese, string English) AnswerTo(string state) => state switch
    {
        PostgresErrorCodes.QueryCanceled => (503, "query-too-slow", "查询超时，请缩小范围。", "The query took too long: narrow it."),
        ['2', '2', ..] => (400, "query-invalid", "查询无效。", "The query is not valid."),
        PostgresErrorCodes.StatementTooComplex or PostgresErrorCodes.ProgramLimitExceeded => (400, "query-too-large", "查询过于复杂。", "The query is too complex."),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] => (503, "feed-unavailable", "暂时无法查询。", "The feed cannot be read just now."),
        _ => (500, "internal", "系统内部错误。", "Something went wrong on our side."),
    };

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Feed {Route} failed, SQLSTATE {SqlState}")]
    private static partial void Broken(ILogger logger, Exception fault, string route, string sqlState);

    private static PostgresException? Find(Exception fault) => fault as PostgresException ?? (fault.InnerException is { } inner ? Find(inner) : null);
}
