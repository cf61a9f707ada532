using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>Collects a case from tasks the department has fed back (R-3.5.1.c). Internal until the lead office approves it.</summary>
internal sealed class CollectCase : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(CollectCase))
            .WithSummary("Collect a case from measures carried out")
            .Produces<CaseView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                taskIds = new[] { "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10" },
                title = "限制失信企业参与投标，督促其缴清税款",
                effect = "该企业在资格审查环节被拒后，三日内缴清全部欠税。",
                typical = true,
            });

    private static async Task<IResult> HandleAsync(CaseBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        // Tasks of other departments count as unknown: nothing is to be learned of them here.
        var ids = body.TaskIds.Distinct().ToArray();
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => ids.Contains(task.Id) && task.Department == caller.Department)
            .OrderBy(task => task.MeasureKey)
            .ToListAsync(cancel);
        var entryIds = tasks.Select(task => task.EntryId).Distinct().ToArray();
        var entry = entryIds is [var only] ? await db.Entries.AsNoTracking().SingleAsync(each => each.Id == only, cancel) : null;
        var refusals = Against(body, ids.Length, tasks).Concat(entry is null ? [] : AgainstNames(body, entry, tasks)).ToArray();
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var collected = CreditCase.Collect(
            entry!,
            tasks[0].Department,
            body.Title,
            tasks[0].Memorandum,
            [.. tasks.Select(task => task.Wording).Distinct()],
            body.Effect,
            body.Typical,
            caller.User,
            clock.Today());
        db.Add(collected);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/cases/{collected.Id}", CaseView.Of(collected)).WithVersion(collected.Version);
    }

    private static IEnumerable<Refusal> Against(CaseBody body, int named, List<MeasureTask> tasks)
    {
        if (string.IsNullOrWhiteSpace(body.Title))
        {
            yield return new("title-missing", "请填写案例标题。", "State a title.", Clause.R("3.5.1.c"), "title");
        }

        if (string.IsNullOrWhiteSpace(body.Effect))
        {
            yield return new("effect-missing", "请填写奖惩成效。", "State the effect.", Clause.R("3.5.1.c"), "effect");
        }

        foreach (var tooLong in new[] { TextLength.Against(body.Title, TextLength.Name, "title"), TextLength.Against(body.Effect, TextLength.Facts, "effect") })
        {
            if (tooLong is not null)
            {
                yield return tooLong;
            }
        }

        if (named == 0 || tasks.Count < named)
        {
            yield return new("case-tasks-unknown", "请列出本部门的措施任务。", "Name tasks of your own department.", Clause.R("3.5.1.c"), "taskIds");
        }

        if (tasks.DistinctBy(task => (task.EntryId, task.Memorandum)).Count() > 1)
        {
            yield return new(
                "case-of-several-entries", "一个案例只涉及同一条目、同一备忘录的措施。", "A case is about one entry and one memorandum.", Clause.R("3.5.1.c"), "taskIds");
        }

        if (tasks.Exists(task => task.FedBackOn is null))
        {
            yield return new(
                "case-without-feedback", "所列任务尚未反馈实施结果。", "A task named has not been fed back yet.", Clause.R("3.5.1.c"), "taskIds");
        }
    }

    // Approved cases are public: natural persons stay anonymous in the free texts too.
    private static IEnumerable<Refusal> AgainstNames(CaseBody body, ListEntry entry, List<MeasureTask> tasks)
    {
        foreach (var (text, field) in new[] { (body.Title, "title"), (body.Effect, "effect") })
        {
            var named = entry.SubjectKind == SubjectKind.NaturalPerson && NameInText.IsIn(text, entry.SubjectName);
            named |= tasks.Exists(task => task.PersonId is not null && NameInText.IsIn(text, task.SubjectName));
            if (named || PersonalText.IsIn(text))
            {
                yield return new(
                    "case-names-person",
                    "案例中不得出现自然人姓名、证件号码或电话。",
                    "A case may not hold names of natural persons, identity numbers or telephone numbers.",
                    Clause.R("3.5.1.c"),
                    field);
            }
        }
    }

    /// <summary>A case.</summary>
    /// <param name="TaskIds">Tasks of the own department whose feedback makes the case; all of one entry and memorandum.</param>
    /// <param name="Title">Title, without personal data.</param>
    /// <param name="Effect">What came of it, without personal data.</param>
    /// <param name="Typical">Proposed as a typical case.</param>
    internal sealed record CaseBody(IReadOnlyList<Guid> TaskIds, string Title, string Effect, bool Typical);
}
