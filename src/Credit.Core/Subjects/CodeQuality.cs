using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>
/// 存量转换率 and 重错码率 of the registry, with the subjects behind them (R-3.1.3.b, R-3.1.3.c). Natural persons and subjects
/// struck off do not count; a subject counts once, however many faults it has.
/// </summary>
internal sealed class CodeQuality : IUseCase
{
    /// <summary>Subjects on one page of the drill-down.</summary>
    public const int PageSize = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/subjects/code-quality", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(CodeQuality))
            .WithSummary("Rate of conversion and rate of wrong and duplicate codes")
            .Produces<QualityView>();
        api.MapGet("/subjects/code-quality/{standing}", DrillAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(CodeQuality))
            .WithName("CodeQualitySubjects")
            .WithSummary("Subjects behind a rate: without a code, with a wrong, shared or second one")
            .Produces<SubjectPage>();
    }

    private static async Task<IResult> HandleAsync(CreditDbContext db, PolicyPack pack, CancellationToken cancel)
    {
        var counts = await Registered(db).GroupBy(subject => subject.CodeStanding)
            .Select(same => new { Standing = same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Standing, same => same.Count, cancel);
        int Of(params CodeStanding[] standings) => standings.Sum(standing => counts.GetValueOrDefault(standing));
        var total = counts.Values.Sum();
        var converted = Of(CodeStanding.Valid, CodeStanding.Confirmed, CodeStanding.Second);
        var (wrong, duplicate) = (Of(CodeStanding.Wrong), Of(CodeStanding.Shared, CodeStanding.Second));
        var rate = Rate(wrong + duplicate, total);
        return TypedResults.Ok(new QualityView(
            total, converted, Of(CodeStanding.None), wrong, duplicate, Rate(converted, total), rate, pack.NationalCodeFaultRate,
            pack.NationalCodeFaultRate is { } national ? rate > national : null));
    }

    private static async Task<IResult> DrillAsync(CodeStanding standing, CreditDbContext db, CancellationToken cancel, Guid? after = null)
    {
        if (!Enum.IsDefined(standing))
        {
            return TypedResults.NotFound();
        }

        var subjects = Registered(db).Where(subject => subject.CodeStanding == standing);
        if (after is { } last)
        {
            subjects = subjects.Where(subject => subject.Id > last);
        }

        var read = await subjects.OrderBy(subject => subject.Id).Take(PageSize + 1).ToListAsync(cancel);
        var page = read.Take(PageSize).Select(SubjectView.Of).ToArray();
        return TypedResults.Ok(new SubjectPage(page, read.Count > PageSize ? page[^1].Id : null));
    }

    private static IQueryable<Subject> Registered(CreditDbContext db) =>
        db.Subjects.AsNoTracking().Where(subject => subject.Kind != SubjectKind.NaturalPerson && subject.Status != SubjectStatus.Cancelled);

    private static decimal Rate(int part, int whole) => whole == 0 ? 0 : Math.Round((decimal)part / whole, 6);

    /// <summary>The rates.</summary>
    /// <param name="Subjects">Active subjects that owe a code.</param>
    /// <param name="Converted">Those with a usable code.</param>
    /// <param name="Missing">Those without any.</param>
    /// <param name="Wrong">错码: codes that are not valid and not confirmed.</param>
    /// <param name="Duplicate">重码: codes of another subject, and second codes of one.</param>
    /// <param name="ConversionRate">Converted to all, 0 to 1.</param>
    /// <param name="FaultRate">Wrong and duplicate to all, 0 to 1; a subject counts once.</param>
    /// <param name="NationalFaultRate">National average to compare with; null while none is configured.</param>
    /// <param name="Alarm">The fault rate is above the national one; null while none is configured.</param>
    internal sealed record QualityView(
        int Subjects, int Converted, int Missing, int Wrong, int Duplicate, decimal ConversionRate, decimal FaultRate, decimal? NationalFaultRate, bool? Alarm);

    /// <summary>A page of subjects.</summary>
    /// <param name="Subjects">The subjects.</param>
    /// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
    internal sealed record SubjectPage(IReadOnlyList<SubjectView> Subjects, Guid? Next);

    /// <summary>A subject and its code.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="Kind">Kind of subject.</param>
    /// <param name="Name">Name as registered.</param>
    /// <param name="Code">Code in force; null when there is none.</param>
    /// <param name="ClaimedCode">Code as reported where it cannot be used.</param>
    /// <param name="Standing">What the code is worth.</param>
    /// <param name="Registrar">Registration authority.</param>
    /// <param name="Town">Town or street.</param>
    /// <param name="Version">Version, as in the ETag.</param>
    internal sealed record SubjectView(Guid Id, SubjectKind Kind, string Name, string? Code, string? ClaimedCode, CodeStanding Standing, string? Registrar, string? Town, int Version)
    {
        public static SubjectView Of(Subject subject) => new(
            subject.Id, subject.Kind, subject.Name, subject.Code, subject.ClaimedCode, subject.CodeStanding, subject.Registrar, subject.Town, subject.Version);
    }
}
