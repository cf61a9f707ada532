using System.Data;
using System.Text;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Incentives;
using Credit.Core.Intake.Cells;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Credit.Core.Checks;

/// <summary>
/// Decision check (应查必查, R-3.1.6.a): on which lists are these subjects now, and what must or may the caller's department do about it
/// in the matter at hand. All of it is read in one state of the register, and kept with a number, also when nothing was found; while an
/// entry is verified it restricts nothing (R-3.5.7.c).
/// </summary>
internal sealed class CheckSubjects : IUseCase
{
    /// <summary>Subjects in one check.</summary>
    public const int Most = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/checks", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(CheckSubjects))
            .WithSummary("Check before a decision which lists subjects are on and which measures the own department applies; the answer has a query number")
            .Produces<CheckVerdict>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                purpose = "Administration",
                matter = new { kind = "Trading", reference = "任采公字〔2026〕118号", procedure = "政府采购供应商资格审查" },
                subjects = new[] { new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } },
            });

    private static async Task<IResult> HandleAsync(
        CheckBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder finder, MemorandumCatalogue catalogue, DepartmentDirectory departments,
        CanonicalMeasures canonical, PolicyPacks packs, StandingReader standings, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        var today = clock.Today();
        var named = (body.Subjects ?? []).Take(Most).Select((subject, index) => subject.Identify(finder, today, $"subjects.{index}")).ToArray();
        Refusal[] refusals = [.. Against(body, canonical), .. named.SelectMany(each => each.Refusals)];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var memoranda = await catalogue.CurrentAsync(db, cancel);
        var found = await FindAsync(db, [.. named.Select(each => each.Value)], cancel);
        var hits = await new HitFinder(db, body.Matter!, caller.Department!, memoranda, departments, canonical, packs, today)
            .FindAsync([.. found.OfType<Guid>().Distinct()], cancel);
        Dictionary<Guid, StandingAnswer> standing = [];
        foreach (var known in found.OfType<Guid>().Distinct())
        {
            standing[known] = await StandingAnswer.OfAsync(db, standings, packs.InForce(today), known, caller.Department!, body.Matter!.Kind, today, cancel);
        }

        var subjects = found.Select((id, index) => id is { } known
            ? new SubjectVerdict(index, id, hits[known].Any(hit => hit.Restricts), [.. hits[known]], standing[known])
            : new SubjectVerdict(index, null, Restricted: false, [], Standing: null)).ToArray();
        var verdict = new CheckVerdict(
            CheckReceipt.NewNumber(today), clock.GetUtcNow(), await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel) ?? 0, caller.Department!,
            body.Purpose!.Value, body.Matter!, Array.Exists(subjects, subject => subject.Restricted), subjects);
        var text = JsonSerializer.Serialize(verdict, json.Value.SerializerOptions);
        db.Add(ReceiptOf(verdict, caller.User, [.. named.Select(each => finder.KeyedLookup(each.Value)).Distinct()], text));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Content(text, "application/json", Encoding.UTF8);
    }

    private static IEnumerable<Refusal> Against(CheckBody body, CanonicalMeasures canonical)
    {
        if (body.Purpose is null)
        {
            yield return StatedPurpose.Missing with { Field = "purpose" };
        }

        foreach (var refusal in MatterText.Against(body.Matter?.Reference, body.Matter?.Procedure, "matter."))
        {
            yield return refusal;
        }

        if (PersonalText.IsIn(body.Matter?.Reference) || PersonalText.IsIn(body.Matter?.Procedure))
        {
            yield return MatterNamesPerson("matter.reference");
        }

        if (body.Matter?.Measure is { } measure && canonical.Find(measure) is null)
        {
            yield return new("measure-canonical-unknown", "没有该措施代码。", "There is no measure with this key.", Clause.R("3.1.6.a"), "matter.measure");
        }

        if (body.Subjects is not { Count: > 0 and <= Most })
        {
            yield return new(
                "subjects-out-of-range", $"一次查询1至{Most}个主体。", $"A check is about 1 to {Most} subjects.", Clause.R("3.1.6.a"), "subjects");
        }
    }

    /// <summary>More people read what a matter is called than may hold personal numbers.</summary>
    public static Refusal MatterNamesPerson(string field) => new(
        "matter-names-person", "事项编号和名称中不得出现证件号码或电话。", "A matter's number and name may not hold identity numbers or telephone numbers.", Clause.R("3.1.4.i"), field);

    // By identifier only; a subject keeps its former codes.
    private static async Task<Guid?[]> FindAsync(CreditDbContext db, SubjectIdentifier[] named, CancellationToken cancel)
    {
        var lookups = named.Select(each => each.Lookup).Distinct().ToArray();
        var held = await db.Subjects.AsNoTracking()
            .SelectMany(subject => subject.Identifiers, (subject, identifier) => new { subject.Id, identifier.Scheme, identifier.Lookup })
            .Where(each => lookups.Contains(each.Lookup))
            .ToListAsync(cancel);
        var known = held.ToDictionary(each => (each.Scheme, each.Lookup), each => each.Id);
        return [.. named.Select(each => known.TryGetValue((each.Scheme, each.Lookup), out var id) ? id : (Guid?)null)];
    }

    private static CheckReceipt ReceiptOf(CheckVerdict verdict, string account, string[] lookups, string text) => new()
    {
        Number = verdict.Number,
        Department = verdict.Department,
        Account = account,
        Purpose = verdict.Purpose,
        Kind = verdict.Matter.Kind,
        Reference = verdict.Matter.Reference,
        Procedure = verdict.Matter.Procedure,
        AskedAt = verdict.AsOf,
        Position = verdict.Position,
        SubjectIds = [.. verdict.Subjects.Select(subject => subject.SubjectId).OfType<Guid>().Distinct()],
        Lookups = lookups,
        Hits = verdict.Subjects.Sum(subject => subject.Hits.Count),
        Restricted = verdict.Restricted,
        MeasureKeys = [.. verdict.Subjects.SelectMany(subject => subject.Hits).SelectMany(hit => hit.Measures).Select(measure => measure.MeasureKey).Distinct()],
        Verdict = text,
        VerdictHash = CheckReceipt.HashOf(text),
    };

    /// <summary>A check.</summary>
    /// <param name="Purpose">What it is asked for; mandatory.</param>
    /// <param name="Matter">The matter at hand; mandatory.</param>
    /// <param name="Subjects">Who is checked, 1 to 100, by identifier only.</param>
    internal sealed record CheckBody(QueryPurpose? Purpose = null, CheckedMatter? Matter = null, IReadOnlyList<CheckedSubject>? Subjects = null);
}
