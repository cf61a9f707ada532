using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.OData.FastLane;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData;

/// <summary>Answers one read of a surface, sent alone or in a batch.</summary>
internal static class Feed
{
    /// <summary>Answers a read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="path">Path from the root of the surface, as it came over the wire.</param>
    /// <param name="query">The query.</param>
    public static Task AnswerAsync(HttpContext context, Surface surface, string path, string? query) => Faults.GuardAsync(context, async () =>
    {
        path = path.EndsWith('/') ? path[..^1] : path;
        if (path == "$batch" || path.EndsWith(QueryInBody.Segment, StringComparison.Ordinal))
        {
            context.Response.Headers.Allow = "POST";
            throw new QueryRefusedException(405, "method-not-allowed", "method", "此地址只接受 POST。", "This address takes POST only.");
        }

        if (!QueryInBody.IsWellEncoded(path) || !QueryInBody.IsWellEncoded(query ?? ""))
        {
            throw new QueryRefusedException(400, "unprintable-text", "path", "地址的百分号编码不是 UTF-8。", "The percent-encoding of the address is not UTF-8.");
        }

        if (surface == Surface.Public && path is not ("" or "$metadata" or "$entity"))
        {
            SetRequest.CheckHeaders(context.Request.Headers);
            if (await TrySendKeptAsync(context, path))
            {
                return;
            }
        }

        var sets = context.RequestServices.GetRequiredService<SetCatalog>();
        var request = SetRequest.Read(context.Request.Headers, query);
        await (path switch
        {
            "" => ModelDocuments.WriteServiceAsync(context, sets, surface, request),
            "$metadata" => ModelDocuments.WriteModelAsync(context, sets.ModelOf(surface), request),
            "$entity" => EntityAsync(context, sets, surface, request, ""),
            _ when path.StartsWith("$entity/", StringComparison.Ordinal) && !path[8..].Contains('/', StringComparison.Ordinal) => EntityAsync(context, sets, surface, request, path[7..]),
            _ => RowsAsync(context, sets, surface, path, request),
        });
    });

    private static Task<bool> TrySendKeptAsync(HttpContext context, string path)
    {
        context.Response.Headers.Link = $"<{ReferencePages.Terms}>; rel=\"terms-of-service\"";
        return context.RequestServices.GetRequiredService<Lanes>().TrySendKeptAsync(context, path);
    }

    /// <summary>The row of an address that an answer carried, with a cast behind it or none.</summary>
    private static Task EntityAsync(HttpContext context, SetCatalog sets, Surface surface, SetRequest request, string cast)
    {
        var id = request.Id ?? throw new QueryRefusedException(400, "option-missing", "$id", "缺少查询选项 $id。", "$id is missing.");
        var root = new Asked(context.Request).Root + "/";
        var local = root[(root.IndexOf(context.Request.Host.Value!, StringComparison.Ordinal) + context.Request.Host.Value!.Length)..];
        var path = id.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? id[root.Length..]
            : id.StartsWith(local, StringComparison.OrdinalIgnoreCase) ? id[local.Length..]
            : id;
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith('/') || path.Contains('?', StringComparison.Ordinal) || path.StartsWith('$'))
        {
            throw QueryRefusedException.Invalid("$id");
        }

        return RowsAsync(context, sets, surface, path + cast, request with { Id = null, Given = [.. request.Given.Where(option => option != "$id")] }, onlyRow: true);
    }

    private static async Task RowsAsync(HttpContext context, SetCatalog sets, Surface surface, string path, SetRequest request, bool onlyRow = false)
    {
        var lanes = context.RequestServices.GetRequiredService<Lanes>();
        if (onlyRow && surface == Surface.Public && await TrySendKeptAsync(context, path))
        {
            return;
        }

        var route = await Route.FindAsync(
            sets, surface, path, request.Aliases, set => EnterAsync(context, surface, set), (set, spot, column) => set.ValueAsync(context, sets, spot, column));
        var spot = route.Spot;
        if (onlyRow && spot.Shows != Shows.Row)
        {
            throw QueryRefusedException.Invalid("$id");
        }

        var bare = spot.OnlyCount || spot.Shows is Shows.Value or Shows.ValueCount;
        if (bare)
        {
            Negotiation.OfText(context.Request, request.Format);
        }

        var format = bare ? AnswerFormat.Json : Negotiation.OfRows(context.Request, request, onlyJson: spot.Shows is not (Shows.Rows or Shows.Row));
        var asked = new Asked(context.Request);
        request = request.SkipToken is { } token ? request with { SkipToken = asked.Tokens.Open(token) } : request;
        var query = new QueryBinder(sets, route.Set).Bind(request, format, spot);
        foreach (var set in Expanded(query.Expand).Distinct())
        {
            await EnterAsync(context, surface, set);
        }

        var applied = Applied(request, query);
        var lasting = await lanes.IsLastingAsync(context, route.Set, request);
        if (await route.Set.TrackAsync(context, sets, request, asked, query) is { } tracked)
        {
            await Answers.SendAsync(context, StatusCodes.Status200OK, tracked with { Applied = string.Join(", ", new[] { tracked.Applied, applied }.OfType<string>()) });
            return;
        }

        await lanes.SendAsync(
            context, route.Set, path, asked, query, applied, (address, bound) => route.Set.AnswerAsync(context, sets, address, bound),
            await route.Set.PinAsync(context, sets, request, asked, query), lasting);
    }

    private static IEnumerable<QueryableSet> Expanded(IEnumerable<BoundExpand> ways) => ways.SelectMany(way => Expanded(way.Query.Expand).Prepend(way.Target));

    private static string? Applied(SetRequest request, BoundQuery query)
    {
        List<string> applied = [];
        if (request.PreferredPage is { } preferred && !query.OnlyCount && query.Shows is Shows.Rows or Shows.References)
        {
            applied.Add($"{preferred.Name}={query.Page}");
        }

        if (request.OmitNulls is { } omitted && !query.OnlyCount && query.Shows is Shows.Rows or Shows.Row && query.Format.Kind != FormatKind.Csv)
        {
            applied.Add($"{omitted}=nulls");
        }

        return applied.Count > 0 ? string.Join(", ", applied) : null;
    }

    /// <summary>What is not public is asked for with a purpose, which is kept before the answer is given (R-3.1.5.a). The query itself is not kept.</summary>
    private static async Task EnterAsync(HttpContext context, Surface surface, QueryableSet set)
    {
        if (surface == Surface.Public)
        {
            return;
        }

        var (purpose, refusal) = StatedPurpose.Read(context.Request);
        if (refusal is not null)
        {
            throw new QueryRefusedException(StatedPurpose.StatusOf(refusal), refusal.Code, StatedPurpose.Header, refusal.Chinese, refusal.English);
        }

        var services = context.RequestServices;
        await services.GetRequiredService<CreditDbContext>().TraceAsync(
            services.GetRequiredService<Caller>(), services.GetRequiredService<TimeProvider>(), purpose, $"odata/official/{set.Name}", null, context.RequestAborted);
    }
}
