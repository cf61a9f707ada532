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
            .WithSummary("Load the holiday notice of a year; the same notice again changes nothing")
            .Produces<CalendarView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { offDays = new[] { "2027-01-01" }, makeUpDays = Array.Empty<string>(), source = "国务院办公厅关于2027年部分节假日安排的通知" });

    private static async Task<IResult> HandleAsync(
        int year, CalendarBody body, CreditDbContext db, RecountDeadlines recount, RegisterPen pen, DistrictCalendar calendar, Actor actor,
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
        var stored = await db.CalendarYears.SingleOrDefaultAsync(each => each.Year == year, cancel);
        if (before is not null && JsonNode.DeepEquals(ContentOf(before), ContentOf(notice.Value)))
        {
            return TypedResults.Ok(CalendarView.Of(before, stored?.UploadedAt));
        }

        if (stored is null)
        {
            stored = new CalendarYear { Year = year, Source = notice.Value.Source, UploadedBy = actor.Account };
            db.Add(stored);
        }

        (stored.Off, stored.MakeUp, stored.Source) = ([.. notice.Value.OffDays.Order()], [.. notice.Value.MakeUpDays.Order()], notice.Value.Source);
        (stored.UploadedBy, stored.UploadedAt) = (actor.Account, clock.GetUtcNow());
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
        return TypedResults.Ok(CalendarView.Of(notice.Value, stored.UploadedAt));
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
