using System.Diagnostics;
using Credit.Core.Http;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace Credit.Host.Startup;

/// <summary>Structured logs without personal data: one JSON object a line, every text scrubbed, never an address or a body.</summary>
internal static partial class Logs
{
    /// <summary>Adds the log.</summary>
    /// <param name="builder">Host being built.</param>
    /// <param name="output">Where lines go; standard output when null.</param>
    public static void AddLogs(this WebApplicationBuilder builder, TextWriter? output = null)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new LogLines(output ?? Console.Out)).CreateLogger(), dispose: true);
        // AddSerilog lets everything through by a rule of its own; these come after it and are for its provider.
        builder.Logging.AddFilter<SerilogLoggerProvider>(null, builder.Configuration.GetValue("Logging:LogLevel:Default", LogLevel.Information));
        // The framework's own lines hold raw addresses; ours hold route templates.
        builder.Logging.AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter<SerilogLoggerProvider>("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter<SerilogLoggerProvider>("OpenIddict", LogLevel.Warning);
        builder.Logging.AddFilter<SerilogLoggerProvider>("Npgsql", LogLevel.Warning);
        // Failures are logged once, by us, without the values in their messages.
        builder.Logging.AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    /// <summary>Logs every request by its route template, but those that must leave no trace.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Credit.Requests");
        app.Use(async (context, next) =>
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
                if (endpoint?.Metadata.GetMetadata<UntracedAttribute>() is null)
                {
                    Answered(
                        log,
                        KnownMethod(context.Request.Method),
                        (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "-",
                        context.Response.StatusCode,
                        Stopwatch.GetElapsedTime(start).TotalMilliseconds,
                        context.User.FindFirst("department")?.Value ?? "-",
                        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
                }
            }
        });
    }

    private static string KnownMethod(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "?";

    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "{Method} {Route} {Status} in {Milliseconds} ms for {Department}, trace {Trace}")]
    private static partial void Answered(Microsoft.Extensions.Logging.ILogger logger, string method, string route, int status, double milliseconds, string department, string trace);
}

/// <summary>Writes log events as scrubbed JSON lines.</summary>
internal sealed class LogLines(TextWriter output) : ILogEventSink
{
    // The framework puts it on every line of a request. It may hold whatever was asked for; the route and the trace are told instead (X34).
    private const string RawAddress = "RequestPath";

    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter();
        line.Write("{\"at\":\"");
        line.Write(logEvent.Timestamp.UtcDateTime.ToString("O"));
        line.Write("\",\"level\":\"");
        line.Write(logEvent.Level);
        line.Write("\",\"message\":");
        Quote(LogText.Scrub(logEvent.RenderMessage()), line);
        foreach (var (name, value) in logEvent.Properties)
        {
            if (name == RawAddress)
            {
                continue;
            }

            line.Write(',');
            Quote(name, line);
            line.Write(':');
            if (value is ScalarValue { Value: int or long or double or bool or null } plain)
            {
                new JsonValueFormatter().Format(plain, line);
            }
            else
            {
                Quote(LogText.Scrub(value is ScalarValue { Value: string text } ? text : value.ToString()), line);
            }
        }

        if (logEvent.Exception is { } exception)
        {
            line.Write(",\"exception\":");
            Quote(LogText.Describe(exception), line);
        }

        line.Write("}\n");
        lock (_lock)
        {
            output.Write(line.ToString());
            output.Flush();
        }
    }

    private static void Quote(string text, StringWriter line) => JsonValueFormatter.WriteQuotedJsonString(text, line);
}
