using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>The lead office draws up a memorandum that was not there, for example a local one (R-3.5.2.a, R-3.5.3.a). It counts when a second person approved it.</summary>
internal sealed class ProposeMemorandum : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeMemorandum))
            .WithSummary("Draw up a new memorandum of cooperation")
            .Produces<RevisionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(MemorandumBody.Example);

    private static Task<IResult> HandleAsync(MemorandumBody body, RevisionAccess revisions, CancellationToken cancel) =>
        revisions.DrawAsync(body.ToText(body.Code ?? ""), body.Measures, body.Reason, isNew: true, cancel);
}

/// <summary>A memorandum as it is drawn up.</summary>
/// <param name="Title">Title.</param>
/// <param name="Level">Who concluded it.</param>
/// <param name="List">List that triggers it.</param>
/// <param name="Domains">Domains that trigger it.</param>
/// <param name="EffectiveFrom">First day it counts; after the day it is approved.</param>
/// <param name="Measures">Its measures, as in the files of the modules; each cites its basis.</param>
/// <param name="Reason">Why the list of measures is revised.</param>
/// <param name="Code">Code in capitals, for example <c>RC-DUST</c>; absent for a new version, whose address names it.</param>
/// <param name="DocumentNumber">Document number.</param>
/// <param name="SignedOn">Day it was signed.</param>
/// <param name="Signers">Signers as printed; a new version that leaves it out keeps what stands, as it does with lead, targets and cadence.</param>
/// <param name="Lead">The body in the lead, as printed.</param>
/// <param name="Parties">Keys of the departments of the district that signed; two or more for a local one.</param>
/// <param name="Targets">Whom it is aimed at, as printed.</param>
/// <param name="FeedbackCadence">How often departments report back, as printed.</param>
/// <param name="EffectiveTo">Last day it counts, where it says so.</param>
internal sealed record MemorandumBody(
    string Title, MemorandumLevel Level, ListKind List, IReadOnlyList<string> Domains, DateOnly EffectiveFrom, IReadOnlyList<MeasureLine> Measures, string Reason,
    string? Code = null, string? DocumentNumber = null, DateOnly? SignedOn = null, string? Signers = null, IReadOnlyList<string>? Parties = null, string? Targets = null,
    DateOnly? EffectiveTo = null, string? Lead = null, string? FeedbackCadence = null)
{
    /// <summary>A local memorandum.</summary>
    public static readonly object Example = new
    {
        code = "RC-DUST",
        title = "任城区建筑工地扬尘污染失信联合惩戒合作备忘录（示例）",
        level = "District",
        list = "Black",
        domains = new[] { "生态环境" },
        effectiveFrom = "2027-01-01",
        reason = "区级签署，按联席会议纪要列入措施清单。",
        documentNumber = "任信办〔2026〕12号",
        signedOn = "2026-11-20",
        parties = new[] { "ecology", "housing" },
        lead = "区生态环境分局",
        targets = "未落实扬尘防治措施的施工单位",
        feedbackCadence = "按季度反馈区生态环境分局",
        measures = new[]
        {
            new
            {
                ordinal = "1", wording = "列为重点监管对象，提高抽查频次", canonical = new[] { "P24" }, nature = "Administrative", obligation = "Recommended",
                bodies = "区住建局", departments = new[] { "housing" }, outsideDistrict = false,
                legalBases = new[] { new { title = "任信办〔2026〕12号第三条", level = "Document" } },
                watchApplicable = true, onlyAbleButRefuses = false, withinWorkingDays = 10, evidence = "Seen",
            },
        },
    };

    /// <summary>The memorandum the domain judges.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="before">The version before it; null for a memorandum that was not there, or was ended.</param>
    public MemorandumText ToText(string code, IMemorandum? before = null) => new()
    {
        Code = code.Trim(),
        Title = Title.Trim(),
        DocumentNumber = DocumentNumber?.Trim() ?? "",
        SignedOn = SignedOn,
        Level = Level,
        Signers = Signers?.Trim() ?? before?.Signers ?? "",
        Lead = Lead?.Trim() ?? before?.Lead ?? "",
        Parties = Parties ?? [],
        Targets = Targets?.Trim() ?? before?.Targets ?? "",
        FeedbackCadence = FeedbackCadence?.Trim() ?? before?.FeedbackCadence,
        List = List,
        Domains = Domains,
        EffectiveFrom = EffectiveFrom,
        EffectiveTo = EffectiveTo,
        Measures = [.. Measures.Select(line => line.ToMeasure(code.Trim()))],
    };
}
