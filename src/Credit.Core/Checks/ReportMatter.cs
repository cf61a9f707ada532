using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>
/// A department reports a matter it decided, with the query number of the check before it. Without one of its own, of this subject and
/// kind of matter, and not after the decision, the matter counts as 应查未查 (R-3.1.6.a, I54): the department and the lead office are told.
/// </summary>
internal sealed class ReportMatter : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/matters", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ReportMatter))
            .WithSummary("Report a decided matter with the query number of the check before it")
            .Produces<MatterView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                kind = "Trading",
                reference = "任采公字〔2026〕118号",
                procedure = "政府采购供应商资格审查",
                subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" },
                decidedOn = "2026-11-24",
                queryNumber = "CX20261124-K7Q2M9XZ4T5B",
            });

    private static async Task<IResult> HandleAsync(
        MatterBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectIdentities identities, DepartmentDirectory departments, CancellationToken cancel)
    {
        var today = clock.Today();
        var named = body.Subject.Identify(identities, today, "subject");
        List<Refusal> refusals = [.. named.Refusals];
        if (PersonalText.IsIn(body.Reference) || PersonalText.IsIn(body.Procedure))
        {
            refusals.Add(DecisionCheck.MatterNamesPerson("reference"));
        }

        if (PersonalText.IsIn(body.QueryNumber))
        {
            refusals.Add(DecisionCheck.MatterNamesPerson("queryNumber"));
        }

        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        var held = named.Value;
        var report = new MatterReport
        {
            Department = caller.Department!,
            Kind = body.Kind,
            Reference = body.Reference.Trim(),
            Procedure = body.Procedure.Trim(),
            SubjectId = await db.Subjects.Where(subject => subject.Identifiers.Any(each => each.Scheme == held.Scheme && each.Lookup == held.Lookup))
                .Select(subject => (Guid?)subject.Id).SingleOrDefaultAsync(cancel),
            SubjectLookup = identities.KeyedLookup(held),
            DecidedOn = body.DecidedOn,
            QueryNumber = string.IsNullOrWhiteSpace(body.QueryNumber) ? null : body.QueryNumber.Trim(),
        };
        var receipt = await db.CheckReceipts.AsNoTracking()
            .Where(each => each.Number == report.QueryNumber && each.Department == report.Department && each.KnownAt == null)
            .Select(each => new
            {
                each.Department,
                each.Kind,
                each.Reference,
                each.AskedAt,

                // A batch keeps whom it knew by identity alone, and a code that was corrected since has another lookup.
                Covers = each.Lookups.Contains(report.SubjectLookup) || (report.SubjectId != null && each.SubjectIds.Contains(report.SubjectId.Value)),
            })
            .SingleOrDefaultAsync(cancel);
        var query = receipt is null
            ? null
            : new QueryMade(receipt.Department, receipt.Kind, receipt.Reference, receipt.Covers ? [report.SubjectLookup] : [], CivilClock.Day(receipt.AskedAt));
        var reported = DecidedMatter.Report(report, query, caller.User, today);
        if (!reported.Accepted)
        {
            return reported.Refusals.ToProblem();
        }

        if (await db.DecidedMatters.AnyAsync(
            each => each.Department == report.Department && each.Kind == report.Kind && each.Reference == report.Reference && each.SubjectLookup == report.SubjectLookup, cancel))
        {
            return new Refusal("matter-reported", "该事项已报送办结。", "This matter was reported already.", Clause.R("3.1.6.a")).ToProblem();
        }

        var matter = reported.Value;
        db.Add(matter);
        if (matter.Missed is { } missed)
        {
            // 应查未查 is for the department to put right and for the lead office to follow (R-3.1.6.a).
            db.AddRange(new[] { matter.Department, departments.LeadOffice.Key }.Distinct().Select(department => new InboxItem
            {
                Department = department,
                Kind = InboxKind.UncheckedMatter,
                AggregateId = matter.Id,
                Text = $"应查未查: {matter.Department} 事项 {matter.Id} 于{matter.DecidedOn:yyyy-MM-dd}办结，未按规定查询（{missed}）",
                CreatedOn = today,
            }));
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/matters/{matter.Id}", MatterView.Of(matter));
    }

    /// <summary>A decided matter.</summary>
    /// <param name="Kind">Kind of matter.</param>
    /// <param name="Reference">Reference number of the matter.</param>
    /// <param name="Procedure">The department's procedure.</param>
    /// <param name="Subject">Whom it was about.</param>
    /// <param name="DecidedOn">Day of the decision.</param>
    /// <param name="QueryNumber">查询编号 of the check before it; absent when nobody checked.</param>
    internal sealed record MatterBody(
        MatterKind Kind, string Reference, string Procedure, CheckedSubject Subject, DateOnly DecidedOn, string? QueryNumber = null);
}

/// <summary>A decided matter.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Department">Deciding department.</param>
/// <param name="Kind">Kind of matter.</param>
/// <param name="Reference">Reference number.</param>
/// <param name="Procedure">The department's procedure.</param>
/// <param name="SubjectId">The subject; null when the register does not know it.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="QueryNumber">Query number stated.</param>
/// <param name="Checked">True when the check before it was its own.</param>
/// <param name="Missed">Why it counts as 应查未查; null when checked.</param>
internal sealed record MatterView(
    Guid Id, string Department, MatterKind Kind, string Reference, string Procedure, Guid? SubjectId, DateOnly DecidedOn, string? QueryNumber, bool Checked,
    MissedCheck? Missed)
{
    public static MatterView Of(DecidedMatter matter) => new(
        matter.Id, matter.Department, matter.Kind, matter.Reference, matter.Procedure, matter.SubjectId, matter.DecidedOn, matter.QueryNumber,
        matter.Missed is null, matter.Missed);
}
