using System.Net.Sockets;
using System.Text.Json;
using Credit.Core.Containment;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.Core.Http;

/// <summary>How one exception is answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Refused">Code and members at fault.</param>
/// <param name="RetryAfter">Seconds after which trying again makes sense; null when it does not.</param>
internal sealed record Failure(int Status, Refused Refused, int? RetryAfter = null)
{
    private Failure(int status, string code, int? retryAfter = null)
        : this(status, new Refused(code), retryAfter)
    {
    }

    /// <summary>The answer to an exception; 500 for what nobody foresaw.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        ModuleUnavailableException module => new(StatusCodes.Status503ServiceUnavailable, module.Code, module.RetryAfter),
        DbUpdateConcurrencyException => new(StatusCodes.Status412PreconditionFailed, "stale-version"),
        DbUpdateException { InnerException: { } inner } => Of(inner),
        RetryLimitExceededException { InnerException: { } inner } => Of(inner),
        PostgresException postgres => OfSqlState(postgres.SqlState),
        NpgsqlException { InnerException: TimeoutException or SocketException or IOException } => new(StatusCodes.Status503ServiceUnavailable, "unavailable", 5),
        NpgsqlException { IsTransient: true } => new(StatusCodes.Status503ServiceUnavailable, "unavailable", 5),
        InvalidOperationException { InnerException: NpgsqlException inner } => Of(inner),
        CalendarNotPublishedException => new(StatusCodes.Status409Conflict, "calendar-not-published"),
        BadHttpRequestException { InnerException: JsonException json } => new(StatusCodes.Status400BadRequest, JsonFault.Of(json)),
        BadHttpRequestException { InnerException: InvalidDataException } => new(StatusCodes.Status400BadRequest, "malformed-form"),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: IOException } => new(StatusCodes.Status400BadRequest, "malformed-form"),
        BadHttpRequestException bad => new(bad.StatusCode, ErrorCatalogue.CodeOf(bad.StatusCode)),
        InvalidDataException => new(StatusCodes.Status400BadRequest, "malformed-form"),
        TimeoutException => new(StatusCodes.Status503ServiceUnavailable, "unavailable", 5),
        _ => new(StatusCodes.Status500InternalServerError, "internal"),
    };

    private static Failure OfSqlState(string state) => state switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            new(StatusCodes.Status503ServiceUnavailable, "unavailable", 1),
        PostgresErrorCodes.QueryCanceled => new(StatusCodes.Status503ServiceUnavailable, "query-too-slow", 10),
        _ when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal) => new(StatusCodes.Status400BadRequest, "bad-value"),
        _ when state.StartsWith("23", StringComparison.Ordinal) => new(StatusCodes.Status409Conflict, "conflict"),
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) =>
            new(StatusCodes.Status503ServiceUnavailable, "unavailable", 5),
        _ => new(StatusCodes.Status500InternalServerError, "internal"),
    };
}

/// <summary>Answers every exception with a problem and logs those that are our fault.</summary>
internal sealed partial class Failures(IProblemDetailsService problems, ILogger<Failures> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var failure = context.Features.Get<Refused>() is { } refused && exception is BadHttpRequestException bad
            ? new Failure(bad.StatusCode, refused)
            : Failure.Of(exception);
        // What a module did was logged where it was called.
        if (failure.Status >= StatusCodes.Status500InternalServerError && exception is not ModuleUnavailableException)
        {
            var route = (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText;
            LogFailure(log, exception, failure.Refused.Code, context.Request.Method, route ?? "-", (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState ?? "-");
        }

        if (failure.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = failure.Status;
        var problem = new ProblemDetails { Status = failure.Status };
        problem.Extensions["code"] = failure.Refused.Code;
        problem.Extensions["errors"] = failure.Refused.Errors ?? [];
        if (exception is ModuleUnavailableException { Module: var module })
        {
            problem.Extensions["module"] = module;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    [LoggerMessage(EventId = 5000, Level = LogLevel.Error, Message = "{Code} at {Method} {Route}, SQLSTATE {SqlState}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string code, string method, string route, string sqlState);
}
