using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Deadlines;

/// <summary>The lead office loads the holiday notice of a year, or a later decision on one; open deadlines are counted again in the same transaction (I32, X21).</summary>
internal sealed class UploadCalendar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/calendar/{year:int:range(2019,2199)}", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(UploadCalendar))
            .WithSummary("Load the holiday notice of a year; the same notice again changes nothing, another one for a year that counts already names its revision")
            .Produces<CalendarView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { offDays = new[] { "2027-01-01" }, makeUpDays = Array.Empty<string>(), source = "国务院办公厅关于2027年部分节假日安排的通知" });

    private static async Task<IResult> HandleAsync(
        int year, CalendarBody body, IfMatch seen, CreditDbContext db, RecountDeadlines recount, RegisterPen pen, DistrictCalendar calendar, Actor actor,
        TimeProvider clock, RegisterSignal signal, CancellationToken cancel)
    {
        var notice = YearNotice.Create(year, body.OffDays, body.MakeUpDays, body.Source);
        if (!notice.Accepted)
        {
            return notice.Refusals.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/calendar'))", cancel);
        var known = await DistrictCalendar.ReadAsync(db, cancel);
        var before = known.Notices.SingleOrDefault(each => each.Year == year);
        var stored = await db.CalendarYears.AsNoTracking().Where(each => each.Year == year).OrderByDescending(each => each.Revision).FirstOrDefaultAsync(cancel);
        if (before is not null && JsonNode.DeepEquals(ContentOf(before), ContentOf(notice.Value)))
        {
            return Answer(before, stored);
        }

        // A year that counts already is changed by who has seen what counts; what counted stays beside it (I89, I93).
        if (before is not null && seen.Against(stored?.Revision ?? 1) is { } stale)
        {
            return stale.ToProblem();
        }

        stored = new CalendarYear
        {
            Year = year,
            Revision = before is null ? 1 : (stored?.Revision ?? 1) + 1,
            Off = [.. notice.Value.OffDays.Order()],
            MakeUp = [.. notice.Value.MakeUpDays.Order()],
            Source = notice.Value.Source,
            UploadedBy = actor.Account,
            UploadedAt = clock.GetUtcNow(),
        };
        db.Add(stored);
        db.Add(pen.Write(
            new CalendarChanged(year, notice.Value.Source),
            nameof(CalendarYear),
            new Guid(year, 0, 0, new byte[8]),
            Clause.Standard("I32"),
            before is null ? null : ContentOf(before),
            ContentOf(notice.Value)));
        await recount.ApplyAsync(known.With(notice.Value), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        signal.Wake();
        await calendar.RefreshAsync(cancel);
        return Answer(notice.Value, stored);
    }

    private static IResult Answer(YearNotice notice, CalendarYear? stored)
    {
        var view = CalendarView.Of(notice, stored);
        return TypedResults.Ok(view).WithVersion(view.Revision);
    }

    private static JsonObject ContentOf(YearNotice notice) => new()
    {
        [nameof(CalendarYear.MakeUp)] = JsonSerializer.SerializeToNode(notice.MakeUpDays.Order(), RegisterInterceptor.Json),
        [nameof(CalendarYear.Off)] = JsonSerializer.SerializeToNode(notice.OffDays.Order(), RegisterInterceptor.Json),
        [nameof(CalendarYear.Source)] = notice.Source,
    };

    /// <summary>A holiday notice.</summary>
    /// <param name="OffDays">Days off; weekend days inside a holiday may be left out.</param>
    /// <param name="MakeUpDays">Saturdays and Sundays worked.</param>
    /// <param name="Source">Title or number of the notice.</param>
    internal sealed record CalendarBody(IReadOnlyList<DateOnly> OffDays, IReadOnlyList<DateOnly> MakeUpDays, string Source);
}
