using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Credit.Core.Receipts;

/// <summary>
/// Whoever is shown a receipt looks whether it is genuine. The holder of the code, which cannot be guessed, learns when which department
/// checked, whether anything was found, and whether it restricts; not whom or what it was about, and neither entries nor measures.
/// </summary>
internal static class VerifyReceipt
{
    /// <summary>Address before the code.</summary>
    public const string Path = "/verify";

    private const string Style = "body{font-family:sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;line-height:1.6}dt{font-weight:bold}dd{margin:0 0 .6rem}code{overflow-wrap:anywhere}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps <c>/verify/{code}</c>.</summary>
    public static void MapVerification(this IEndpointRouteBuilder host) =>
        host.MapGet(Path + "/{code}", HandleAsync)
            .AllowAnonymousBecause("Whoever is shown a receipt has no account; the code cannot be guessed, and what it opens names nobody.")
            .WithName("VerifyReceipt").WithSummary("Verify the receipt of a check by its code; a page for people, JSON for machines")
            .Explains("code", "Code of the receipt, as printed or in its QR code; not the query number").AnswersAs("text/html")
            .Produces<VerifiedReceipt>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        string code, CreditDbContext db, ReceiptSeal seal, DepartmentDirectory departments, IOptions<JsonOptions> json, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept";
        var asPage = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var given = code.Trim().ToUpperInvariant();
        if (await db.CheckReceipts.AsNoTracking().SingleOrDefaultAsync(each => each.Code == given, cancel) is not { } kept)
        {
            return asPage ? Page(http, Unknown, StatusCodes.Status404NotFound) : TypedResults.NotFound();
        }

        var receipt = Read(kept, json.Value.SerializerOptions);
        var genuine = receipt is not null && await seal.IsGenuineAsync(kept.Signed, cancel)
            && (receipt.Number, receipt.Code, receipt.Department) == (kept.Number, kept.Code, kept.Department)
            && (receipt.Kind != SignedReceipt.Name || receipt.KnownAt == kept.KnownAt);

        // Of what was altered nothing is told: it is not what the platform said.
        var view = genuine
            ? new VerifiedReceipt(
                true, receipt!.Number, receipt.AsOf, receipt.ValidAt, receipt.Department, departments.Find(receipt.Department)?.Name ?? receipt.Department, receipt.Found,
                receipt.Restricted, receipt.KnownAt ?? kept.KnownAt, receipt)
            : new VerifiedReceipt(false, null, null, null, null, null, null, null, null, null);
        return asPage ? Page(http, genuine ? Genuine(view) : Altered, StatusCodes.Status200OK) : TypedResults.Ok(Told(view, kept, json.Value.SerializerOptions));
    }

    // The receipt member for member as it was signed: one of the first version had fewer, and would not verify with more.
    private static JsonObject Told(VerifiedReceipt view, CheckReceipt kept, JsonSerializerOptions options)
    {
        var told = JsonSerializer.SerializeToNode(view with { Receipt = null }, options)!.AsObject();
        told["receipt"] = view.Genuine ? JsonNode.Parse(kept.Signed) : null;
        return told;
    }

    // Null where what is kept is no receipt any more.
    private static SignedReceipt? Read(CheckReceipt kept, JsonSerializerOptions options)
    {
        try
        {
            return kept.IsIntact ? JsonSerializer.Deserialize<SignedReceipt>(kept.Signed, options) : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private const string Unknown =
        "<h1>没有这份查询凭证</h1><p>请核对验证码。</p><div lang=\"en\"><h2>There is no such receipt</h2><p>Check the code.</p></div>";

    private const string Altered =
        "<h1>凭证无效</h1><p>留存的凭证与签名不符，不能作为依据。</p><div lang=\"en\"><h2>Not genuine</h2><p>What is kept does not fit its signature: do not rely on it.</p></div>";

    private static string Genuine(VerifiedReceipt view)
    {
        var at = view.AsOf!.Value.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var (department, key) = (WebUtility.HtmlEncode(view.DepartmentName), WebUtility.HtmlEncode(view.Department));
        var (number, day) = (WebUtility.HtmlEncode(view.Number), view.ValidAt!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var (found, restricts) = (view.Found == true, view.Restricted == true);
        return $"""
            <h1>查询凭证真实有效</h1>
            <dl>
            <dt>查询编号</dt><dd>{number}</dd>
            <dt>查询部门</dt><dd>{department}</dd>
            <dt>查询时间</dt><dd>{at}（北京时间）</dd>
            <dt>核查日</dt><dd>{day}</dd>
            {(view.KnownAt is null ? "" : $"<dt>历史重放</dt><dd>按登记日志第{view.KnownAt}号位置当时所知重新作答，不作为决定前的查询。</dd>")}
            <dt>是否查到名单信息</dt><dd>{(found ? "是" : "否")}</dd>
            <dt>是否有限制措施</dt><dd>{(restricts ? "是" : "否")}</dd>
            <dt>签名</dt><dd><code>{WebUtility.HtmlEncode(view.Receipt!.Algorithm)} {WebUtility.HtmlEncode(view.Receipt.KeyId)}</code></dd>
            </dl>
            <p>本页不显示被查询主体和事项。查询时的状态不代表现在的状态。</p>
            <div lang="en">
            <h2>The receipt is genuine</h2>
            <dl>
            <dt>Number</dt><dd>{number}</dd>
            <dt>Department</dt><dd>{key}</dd>
            <dt>Checked at</dt><dd>{at} (Shanghai)</dd>
            <dt>State of</dt><dd>{day}</dd>
            {(view.KnownAt is null ? "" : $"<dt>Replay</dt><dd>Asked again as known at position {view.KnownAt} of the register log; it counts for no decision.</dd>")}
            <dt>Anything found on a list</dt><dd>{(found ? "yes" : "no")}</dd>
            <dt>Restricted</dt><dd>{(restricts ? "yes" : "no")}</dd>
            </dl>
            <p>Whom and what it was about is not shown. It tells the state then, not now.</p>
            </div>
            """;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Page(HttpContext http, string body, int status)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(
            $"""
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>查询凭证核验</title><style>{Style}</style></head>
            <body>
            {body}
            </body></html>
            """,
            "text/html",
            Encoding.UTF8,
            status);
    }
}

/// <summary>What the holder of a code learns.</summary>
/// <param name="Genuine">The platform gave this receipt, and it is as it was given.</param>
/// <param name="Number">查询编号; null, as all that follows, when it is not genuine.</param>
/// <param name="AsOf">Instant of the answer, UTC.</param>
/// <param name="ValidAt">Day on which it says what held.</param>
/// <param name="Department">Department that checked.</param>
/// <param name="DepartmentName">Its name.</param>
/// <param name="Found">True when an entry was found.</param>
/// <param name="Restricted">True when an entry restricted a subject.</param>
/// <param name="KnownAt">Position as known at which it was asked again; it counts for no decision. Null for a check of the register as it was. A receipt of the first version does not state it; here it is told.</param>
/// <param name="Receipt">The receipt as signed, member for member.</param>
internal sealed record VerifiedReceipt(
    bool Genuine, string? Number, DateTimeOffset? AsOf, DateOnly? ValidAt, string? Department, string? DepartmentName, bool? Found, bool? Restricted, long? KnownAt,
    SignedReceipt? Receipt);
