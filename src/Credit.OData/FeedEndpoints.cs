using System.Text;
using System.Text.Json;
using System.Xml;
using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Containment;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Npgsql;

namespace Credit.OData;

/// <summary>The two feeds: <c>/odata/public</c> for anyone, <c>/odata/official</c> for departments and partners. Read-only.</summary>
internal static partial class FeedEndpoints
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <summary>Finds every set and composes the models.</summary>
    /// <exception cref="InvalidOperationException">Two sets clash, or a set lacks its key.</exception>
    public static SetCatalog Compose(IReadOnlyList<ModuleRegistration> modules, TimeSpan? limit = null) => new(typeof(FeedEndpoints).Assembly.GetTypes(), modules, limit);

    /// <summary>Finds and registers every set.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IReadOnlyList<ModuleRegistration> modules) => services.AddFeeds(Compose(modules));

    /// <summary>Registers every set.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, SetCatalog sets)
    {
        services.AddSingleton(sets);
        services.Scan(scan => scan.FromAssemblies(typeof(FeedEndpoints).Assembly)
            .AddClasses(types => types.AssignableTo(typeof(IEntitySet<>)), publicOnly: false).AsSelf().WithScopedLifetime());
        return services;
    }

    /// <summary>Maps the feeds.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder host)
    {
        MapSurface(host.MapGroup("/odata/public").AllowAnonymousBecause("What is published may be read by anyone (R-3.1.4)."), Surface.Public);
        MapSurface(host.MapGroup("/odata/official").RequireAuthorization(Access.Official), Surface.Official);
    }

    private static void MapSurface(RouteGroupBuilder group, Surface surface)
    {
        group.ExcludeFromDescription();
        group.MapMethods("/", Reads, (HttpContext context, SetCatalog sets) => ServiceDocumentAsync(context, sets, surface));
        group.MapMethods("/$metadata", Reads, (HttpContext context, SetCatalog sets) => MetadataAsync(context, sets.ModelOf(surface)));
        group.MapMethods("/{resource}", Reads, (string resource, HttpContext context, SetCatalog sets) => AnswerAsync(context, sets, surface, resource, onlyCount: false));
        group.MapMethods("/{resource}/$count", Reads, (string resource, HttpContext context, SetCatalog sets) => AnswerAsync(context, sets, surface, resource, onlyCount: true));
        group.MapMethods("/{resource}/{**rest}", Reads, (HttpContext context) => Answers.WriteErrorAsync(
            context, StatusCodes.Status501NotImplemented, "path-not-supported", null, "不支持该路径。", "This path is not supported."));
        group.MapMethods("/$batch", ["POST"], (HttpContext context) => Answers.WriteErrorAsync(
            context, StatusCodes.Status501NotImplemented, "option-not-supported", "$batch", "不支持批量请求。", "$batch is not supported."));
    }

    private static Task ServiceDocumentAsync(HttpContext context, SetCatalog sets, Surface surface) => GuardAsync(context, () =>
        Answers.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path.Value!.TrimEnd('/')}/$metadata");
            json.WriteStartArray("value");
            foreach (var set in sets.Sets.Where(set => set.Surface == surface))
            {
                json.WriteStartObject();
                json.WriteString("name", set.Name);
                json.WriteString("kind", "EntitySet");
                json.WriteString("url", set.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));

    private static Task MetadataAsync(HttpContext context, IEdmModel model) => GuardAsync(context, async () =>
    {
        if (!Accepts(context.Request, "application/xml"))
        {
            throw new QueryRefusedException(406, "format-not-supported", "Accept", "元数据仅提供 XML 格式。", "Metadata is offered as XML only.");
        }

        var bytes = Encoding.UTF8.GetBytes(CsdlDocument.Write(model));
        context.Response.ContentType = "application/xml; charset=utf-8";
        context.Response.Headers["OData-Version"] = "4.0";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    });

    private static Task AnswerAsync(HttpContext context, SetCatalog sets, Surface surface, string resource, bool onlyCount) => GuardAsync(context, async () =>
    {
        var open = resource.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? resource : resource[..open];
        string? key = null;
        if (open >= 0)
        {
            if (resource[^1] != ')' || resource.Length == open + 2 || onlyCount)
            {
                throw new QueryRefusedException(400, "key-invalid", "key", "主键格式无效。", "The key is not of the right form.");
            }

            key = resource[(open + 1)..^1];
        }

        if (sets.Find(surface, name) is not { } set)
        {
            throw new QueryRefusedException(404, "set-not-found", "path", "没有这个数据集。", "There is no such set.");
        }

        if (!AcceptsJson(context.Request) && !(onlyCount && Accepts(context.Request, "text/plain")))
        {
            throw new QueryRefusedException(406, "format-not-supported", "Accept", "仅支持 JSON 格式。", "Only JSON is offered.");
        }

        var request = SetRequest.Read(context.Request, key, onlyCount);
        if (surface == Surface.Official)
        {
            await TraceAsync(context, name);
        }

        await StampAsync(context);
        if (surface == Surface.Public)
        {
            context.Response.Headers.Link = $"<{ReferencePages.Terms}>; rel=\"terms-of-service\"";
        }

        await set.AnswerAsync(context, sets.ModelOf(surface), request);
    });

    /// <summary>Every answer names the instant and the log position it is as of; the position is read first, so it never claims too much.</summary>
    private static async Task StampAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<CreditDbContext>();
        var position = await db.RegisterPositions.MaxAsync(each => (long?)each.Position, context.RequestAborted) ?? 0;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        context.Response.Headers["Credit-Position"] = position.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["Credit-As-Of"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What is not public is asked for with a purpose, which is kept before the answer is given (R-3.1.5.a). The query itself is not kept.</summary>
    private static async Task TraceAsync(HttpContext context, string set)
    {
        var (purpose, refusal) = StatedPurpose.Read(context.Request);
        if (refusal is not null)
        {
            throw new QueryRefusedException(StatedPurpose.StatusOf(refusal), refusal.Code, StatedPurpose.Header, refusal.Chinese, refusal.English);
        }

        var services = context.RequestServices;
        await services.GetRequiredService<CreditDbContext>().TraceAsync(
            services.GetRequiredService<Caller>(), services.GetRequiredService<TimeProvider>(), purpose, $"odata/official/{set}", null, context.RequestAborted);
    }

    private static bool AcceptsJson(HttpRequest request) => Accepts(request, "application/json", range =>
        !range.Parameters.Any(parameter =>
            (parameter.Name.EndsWith("metadata", StringComparison.OrdinalIgnoreCase) && parameter.Value != "minimal")
            || (parameter.Name.Equals("IEEE754Compatible", StringComparison.OrdinalIgnoreCase) && parameter.Value != "false")));

    // A list of types that cannot be read asks for nothing in particular.
    private static bool Accepts(HttpRequest request, string given, Func<MediaTypeHeaderValue, bool>? fits = null) =>
        request.Headers.Accept.Count == 0
        || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        || accepted.Any(range => range.Quality is not 0
            && (range.MatchesAllTypes || new MediaTypeHeaderValue(given).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            && fits?.Invoke(range) != false);

    private static async Task GuardAsync(HttpContext context, Func<Task> answer)
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
                var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FeedEndpoints));
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
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] => (503, "feed-unavailable", "暂时无法查询。", "The feed cannot be read just now."),
        _ => (500, "internal", "系统内部错误。", "Something went wrong on our side."),
    };

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Feed {Route} failed, SQLSTATE {SqlState}")]
    private static partial void Broken(ILogger logger, Exception fault, string route, string sqlState);

    private static PostgresException? Find(Exception fault) => fault as PostgresException ?? (fault.InnerException is { } inner ? Find(inner) : null);
}

/// <summary>The model of a surface as CSDL text: the same bytes for the same declarations.</summary>
internal static class CsdlDocument
{
    public static string Write(IEdmModel model)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        return text.Append('\n').ToString();
    }
}
