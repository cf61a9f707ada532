using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Incentives;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>
/// Decision check: on which lists is this subject now, and what must or may the caller's department do about it. Answered from
/// the register itself, so it is true at the instant it is read; while an entry is verified it restricts nothing (R-3.5.7.c).
/// </summary>
internal sealed class CheckSubject : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/checks", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithName(nameof(CheckSubject))
            .WithSummary("Check which lists a subject is on and which measures the own department applies")
            .Produces<CheckAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" }, matter = "P01" });

    private static async Task<IResult> HandleAsync(
        CheckBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, ModuleCatalog catalog,
        DepartmentDirectory departments, CanonicalMeasures matters, StandingReader standings, PolicyPacks packs, CancellationToken cancel)
    {
        if (body.Matter is { } matter && matters.Find(matter) is null)
        {
            return new Refusal("matter-unknown", "没有该事项代码。", "There is no matter with this key.", Clause.R("3.1.6.a"), "matter").ToProblem();
        }

        var today = clock.Today();
        var found = await subjects.FindAsync(body.Subject.ToReference(), today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        var id = found.Value?.Id;
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => entry.SubjectId == id && (entry.State == EntryState.Active || entry.State == EntryState.Verifying)
                && entry.ValidFrom <= today && entry.ValidTo >= today)
            .OrderBy(entry => entry.ValidFrom).ThenBy(entry => entry.Id)
            .ToListAsync(cancel);
        var ids = entries.Select(entry => entry.Id).ToArray();
        var tasks = (await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.EntryId) && task.PersonId == null && task.Department == caller.Department).ToListAsync(cancel))
            .ToLookup(task => task.EntryId);
        var hits = entries.Select(entry => Hit.Of(
            entry,
            [.. MeasuresOf(entry, [.. tasks[entry.Id]], OwedMeasures.Of(catalog, departments, entry, packs.Named(entry.PolicyPack), entry.ValidFrom!.Value).Where(owed => owed.Department == caller.Department))
                .Where(measure => body.Matter is null || measure.Canonical.Contains(body.Matter))])).ToArray();
        var standing = id is { } subject ? await StandingAnswer.OfAsync(db, standings, packs.InForce(today), subject, caller.Department!, body.Matter, today, cancel) : null;
        return TypedResults.Ok(new CheckAnswer(clock.GetUtcNow(), caller.Department!, body.Matter, Array.Exists(hits, hit => hit.Restricts), hits, standing));
    }

    // A task keeps the measure as it was when the entry came into force; one whose task is still to come counts from the first instant.
    private static IEnumerable<MeasureDue> MeasuresOf(ListEntry entry, IReadOnlyList<MeasureTask> tasks, IEnumerable<OwedMeasure> owed)
    {
        if (entry.State == EntryState.Verifying)
        {
            return [];
        }

        var running = tasks.Where(task => task.Execution == TaskExecution.Running && task.State is not (TaskState.NotApplicable or TaskState.Declined))
            .Select(task => new MeasureDue(task.MeasureKey, task.Wording, task.Obligation, task.Canonical, task.Id, task.Due));
        var coming = owed.Where(each => tasks.All(task => task.MeasureKey != each.Measure.Key))
            .Select(each => new MeasureDue(each.Measure.Key, each.Measure.Wording, each.Measure.Obligation, each.Measure.Canonical, null, null));
        return running.Concat(coming).OrderBy(measure => measure.Obligation).ThenBy(measure => measure.MeasureKey, StringComparer.Ordinal);
    }

    /// <summary>A check.</summary>
    /// <param name="Subject">Who is checked, by identifier only.</param>
    /// <param name="Matter">Key of the canonical measure the matter at hand could be restricted by, for example <c>P01</c>; absent for all.</param>
    internal sealed record CheckBody(CheckedSubject Subject, string? Matter = null);

    /// <summary>Who is checked. A name finds nobody (I18).</summary>
    /// <param name="Kind">Kind of subject.</param>
    /// <param name="Code">Unified social credit code; organisations and individually-owned businesses.</param>
    /// <param name="CertificateType">Type of certificate; natural persons.</param>
    /// <param name="CertificateNumber">Certificate number; natural persons. Kept nowhere.</param>
    internal sealed record CheckedSubject(SubjectKind Kind, string? Code = null, string? CertificateType = null, string? CertificateNumber = null)
    {
        /// <summary>The reference the finder wants.</summary>
        public SubjectReference ToReference() => new()
        {
            Kind = Kind,
            Name = "",
            Code = Code,
            CertificateType = CertificateType,
            CertificateNumber = CertificateNumber,
        };
    }

    /// <summary>What was found.</summary>
    /// <param name="AsOf">Instant of the answer, UTC.</param>
    /// <param name="Department">Department the measures are for.</param>
    /// <param name="Matter">Matter asked about.</param>
    /// <param name="Restricted">True when a hit restricts the subject now.</param>
    /// <param name="Hits">Entries in force; none when the subject is on no list.</param>
    /// <param name="Standing">Eligibility, class and advice; null when the registry does not hold the subject.</param>
    internal sealed record CheckAnswer(
        DateTimeOffset AsOf, string Department, string? Matter, bool Restricted, IReadOnlyList<Hit> Hits, StandingAnswer? Standing);

    /// <summary>An entry in force.</summary>
    /// <param name="EntryId">The entry.</param>
    /// <param name="List">The list.</param>
    /// <param name="Domain">领域.</param>
    /// <param name="Recogniser">Key of the recognising department.</param>
    /// <param name="ValidFrom">First day in force.</param>
    /// <param name="ValidTo">Last day in force.</param>
    /// <param name="Suspended">Under verification: its measures are not executed.</param>
    /// <param name="Restricts">True when it restricts the subject now; red entries never do.</param>
    /// <param name="Measures">What the department must, or may, carry out now; none while suspended.</param>
    internal sealed record Hit(
        Guid EntryId, ListKind List, string Domain, string Recogniser, DateOnly ValidFrom, DateOnly ValidTo, bool Suspended, bool Restricts,
        IReadOnlyList<MeasureDue> Measures)
    {
        public static Hit Of(ListEntry entry, IReadOnlyList<MeasureDue> measures) => new(
            entry.Id, entry.List, entry.Domain, entry.Recogniser, entry.ValidFrom!.Value, entry.ValidTo, entry.State == EntryState.Verifying,
            entry.List != ListKind.Red && measures.Count > 0, measures);
    }

    /// <summary>A measure of the department.</summary>
    /// <param name="MeasureKey">Key of the measure.</param>
    /// <param name="Wording">Official wording.</param>
    /// <param name="Obligation">Mandatory or recommended.</param>
    /// <param name="Canonical">Canonical measures it is an instance of.</param>
    /// <param name="TaskId">Its task; null in the moments before it is given out.</param>
    /// <param name="Due">Last day to act and feed back; null without a task.</param>
    internal sealed record MeasureDue(
        string MeasureKey, string Wording, MeasureObligation Obligation, IReadOnlyList<string> Canonical, Guid? TaskId, DateOnly? Due);
}
