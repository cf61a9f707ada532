using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.TriggerFeedback;

/// <summary>
/// A department's own system asks about one subject through the trigger–response–feedback interface (R-3.5.1.a): the decision check with
/// the names such systems read, and a request that stays open until every hit is fed back.
/// </summary>
internal sealed class AskTrigger : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/trigger/queries", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(AskTrigger))
            .WithSummary("Ask through the trigger–response–feedback interface which lists a subject is on and what to do; every hit is owed a feedback")
            .Produces<TriggerAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                purpose = "Administration",
                matter = new { kind = "Trading", reference = "任采公字〔2026〕118号", procedure = "政府采购供应商资格审查" },
                subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" },
                departmentname = "区财政局",
            });

    private static async Task<IResult> HandleAsync(
        TriggerQuery body, DecisionCheck check, CreditDbContext db, Caller caller, DepartmentDirectory departments, MemorandumCatalogue catalogue, TimeProvider clock,
        CancellationToken cancel)
    {
        if (NamedDepartment.Against(body.Departmentname, caller, departments) is { } other)
        {
            return other.ToProblem();
        }

        var answer = await check.AskAsync(
            new(body.Purpose, body.Matter, body.Subject is null ? [] : [body.Subject]),
            verdict => db.Add(RequestOf(verdict, clock.Today())),
            cancel);
        return answer.Accepted
            ? TypedResults.Ok(await AnswerOfAsync(db, answer.Value.Verdict, departments, await catalogue.CurrentAsync(db, cancel), cancel))
            : answer.Refusals.ToProblem();
    }

    private static TriggerRequest RequestOf(CheckVerdict verdict, DateOnly today)
    {
        var about = verdict.Subjects[0];
        return TriggerRequest.Open(
            verdict.Number, verdict.Department, about.SubjectId,
            [.. about.Hits.DistinctBy(hit => hit.EntryId).Select(hit => new TriggerDetail(hit.EntryId, hit.List, [.. hit.Measures.Select(measure => measure.MeasureKey)]))],
            today);
    }

    private static async Task<TriggerAnswer> AnswerOfAsync(
        CreditDbContext db, CheckVerdict verdict, DepartmentDirectory departments, IReadOnlyList<IMemorandum> memoranda, CancellationToken cancel)
    {
        var hits = verdict.Subjects[0].Hits.DistinctBy(hit => hit.EntryId).ToArray();
        var ids = hits.Select(hit => hit.EntryId).ToArray();
        var entries = await db.Entries.AsNoTracking().Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancel);
        var titles = memoranda.ToLookup(each => (each.Code, each.Version), each => each.Title);
        return new(
            verdict.Number,
            TriggerState.NameOf(hits.Length == 0 ? TriggerRequestState.Completed : TriggerRequestState.NotFedBack),
            [.. hits.Select(hit => new RedblackHit(
                $"{hit.EntryId}",
                RedblackHit.TypeOf(hit.List),
                RedblackHit.NameOf(hit.List, hit.Domain),
                [.. hit.Measures.GroupBy(measure => (measure.Memorandum, measure.MemorandumVersion)).Select(group => new UnionPair(
                    titles[group.Key].FirstOrDefault() ?? group.Key.Memorandum,
                    NameOf(departments, hit.Recogniser),
                    [.. group.Select(measure => UnionPair.ContentOf(measure.MeasureKey, measure.Wording))]))],
                [DetailOf(entries[hit.EntryId], hit, departments)]))]);
    }

    private static RedblackDetail DetailOf(ListEntry entry, Hit hit, DepartmentDirectory departments) => new(
        $"{entry.Id}", entry.SubjectName, entry.SubjectCode ?? entry.SubjectMask ?? "",
        [
            new("领域", entry.Domain),
            new("认定单位", NameOf(departments, entry.Recogniser)),
            new("认定标准", entry.Standard),
            new("有效期自", $"{hit.ValidFrom:yyyy-MM-dd}"),
            new("有效期至", $"{hit.ValidTo:yyyy-MM-dd}"),
            new("状态", hit.Suspended ? "核实中，措施暂不执行" : "有效"),
        ]);

    private static string NameOf(DepartmentDirectory departments, string key) => departments.Find(key)?.Name ?? key;

    /// <summary>A query.</summary>
    /// <param name="Purpose">What it is asked for; mandatory.</param>
    /// <param name="Matter">The matter at hand; mandatory.</param>
    /// <param name="Subject">Who is asked about, by identifier only.</param>
    /// <param name="Loginname">Account in the asking system; the token says who asks, so it is read and dropped.</param>
    /// <param name="Personname">Person at the asking system; read and dropped likewise.</param>
    /// <param name="Departmentname">Name of the asking department; when given, it must be the token's.</param>
    internal sealed record TriggerQuery(
        QueryPurpose? Purpose = null, CheckedMatter? Matter = null, CheckedSubject? Subject = null, string? Loginname = null, string? Personname = null,
        string? Departmentname = null);
}

/// <summary>The department a system names in a body is only ever checked against the token.</summary>
internal static class NamedDepartment
{
    public static Refusal? Against(string? name, Caller caller, DepartmentDirectory departments) =>
        string.IsNullOrWhiteSpace(name) || departments.FindByName(name)?.Key == caller.Department
            ? null
            : new(
                "department-not-own", "departmentname与令牌所属部门不一致。", "The department named is not the token's.", Clause.R("3.5.1.a"), "departmentname");
}
