using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Deadlines;

/// <summary>The holiday notice of a year.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="OffDays">Days off, the weekend days inside a holiday included.</param>
/// <param name="MakeUpDays">Saturdays and Sundays worked.</param>
/// <param name="Source">Title or number of the notice.</param>
/// <param name="Revision">Revision, as in the ETag; a notice that came with this version of the platform is the first.</param>
/// <param name="UploadedAt">Instant of the upload, UTC; null for a year that came with this version.</param>
internal sealed record CalendarView(int Year, IReadOnlyList<DateOnly> OffDays, IReadOnlyList<DateOnly> MakeUpDays, string Source, int Revision, DateTimeOffset? UploadedAt)
{
    public static CalendarView Of(YearNotice notice, CalendarYear? uploaded) => new(
        notice.Year, [.. notice.OffDays.Order()], [.. notice.MakeUpDays.Order()], notice.Source, uploaded?.Revision ?? 1, uploaded?.UploadedAt);
}

/// <summary>Shows the calendar of a year as it is used for counting working days.</summary>
internal sealed class GetCalendar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/calendar/{year:int:range(2019,2199)}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetCalendar))
            .WithSummary("Read the working calendar of a year")
            .Produces<CalendarView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(int year, CreditDbContext db, CancellationToken cancel)
    {
        var calendar = await DistrictCalendar.ReadAsync(db, cancel);
        if (calendar.Notices.SingleOrDefault(notice => notice.Year == year) is not { } known)
        {
            return TypedResults.NotFound();
        }

        var uploaded = await db.CalendarYears.AsNoTracking().Where(each => each.Year == year).OrderByDescending(each => each.Revision).FirstOrDefaultAsync(cancel);
        var view = CalendarView.Of(known, uploaded);
        return TypedResults.Ok(view).WithVersion(view.Revision);
    }
}
