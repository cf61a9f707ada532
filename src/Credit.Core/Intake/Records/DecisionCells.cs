using Credit.Core.Intake.Cells;
using Credit.Domain.Policy;

namespace Credit.Core.Intake.Records;

/// <summary>Rules that penalties and licences share.</summary>
internal static class DecisionCells
{
    /// <summary>The day of the decision: compulsory, and not after the day of receipt.</summary>
    public static DateOnly? DecisionDay(this RowScan row, int ordinal)
    {
        var day = row.Day(ordinal);
        row.Require(day is not null, ordinal);
        if (day > row.Run.Received)
        {
            row.Reject(CellCodes.DateFuture, ordinal);
            return null;
        }

        return day;
    }

    /// <summary>Refuses an end that lies before its beginning.</summary>
    public static void MustNotEndBefore(this RowScan row, int ordinal, DateOnly? end, DateOnly? start)
    {
        if (end < start && !row.IsSpoiled(ordinal))
        {
            row.Reject(CellCodes.DateOrder, ordinal);
        }
    }

    /// <summary>Refuses a text about a natural person that speaks of what nobody may collect (I21).</summary>
    /// <returns>True when the row is refused.</returns>
    public static bool RefuseForbiddenKinds(this RowScan row, Counterpart counterpart, ReadOnlySpan<(int Ordinal, string? Text)> texts)
    {
        var refused = false;
        if (counterpart.Kind == CounterpartKind.NaturalPerson)
        {
            foreach (var (ordinal, text) in texts)
            {
                if (ForbiddenKinds.IsIn(text))
                {
                    row.Reject(CellCodes.ForbiddenKind, ordinal);
                    refused = true;
                }
            }
        }

        return refused;
    }

    /// <summary>Whether a record may be public, from its minors and its texts.</summary>
    public static Publication Judge(this RowScan row, bool withheld, ReadOnlySpan<(int Ordinal, string? Text)> texts)
    {
        var masked = false;
        foreach (var (ordinal, text) in texts)
        {
            if (PersonalText.IsIn(text))
            {
                row.Warn(CellCodes.PersonalDataInText, ordinal);
                masked = true;
            }
        }

        return withheld ? Publication.Withheld : masked ? Publication.Masked : Publication.Public;
    }

    /// <summary>Timeliness; a year without a calendar is said, not guessed.</summary>
    public static Timing TimingFrom(this RowScan row, DateOnly? decidedOn, int ordinal)
    {
        var timing = row.Run.TimingOf(decidedOn);
        if (decidedOn is not null && timing.Due is null)
        {
            row.Warn(CellCodes.CalendarNotLoaded, ordinal);
        }

        return timing;
    }
}
