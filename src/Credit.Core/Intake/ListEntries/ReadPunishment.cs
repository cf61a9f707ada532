using System.Globalization;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;
using Credit.Domain.Listing;

namespace Credit.Core.Intake.ListEntries;

/// <summary>What only punish entries state: category, reason to watch, terms (R-3.4.1, R-3.5.4.a, R-3.5.5.a).</summary>
internal static class ReadPunishment
{
    private static readonly char[] Separators = [';', '；'];

    /// <summary>The one category of conduct.</summary>
    public static ConductCategory? Category(RowScan row, ListKind list)
    {
        var ordinal = ListEntryLayout.Category;
        var text = row.Text(ordinal);
        if (list == ListKind.Red)
        {
            // A red entry praises: a category of misconduct beside it contradicts the list.
            if (text is not null)
            {
                row.Reject(CellCodes.UnknownCodeValue, ordinal);
            }

            return null;
        }

        row.Require(text is not null, ordinal, CellCodes.CategoryMissing);
        if (text?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length > 1)
        {
            row.Reject(CellCodes.CategoryNotSingle, ordinal);
        }

        return ListEntryWords.Categories.Read(row, ordinal);
    }

    /// <summary>Why the subject is watched, and how often it failed in small things; both null off the watch list.</summary>
    public static (WatchReason? Reason, int? MinorCases) WatchReason(RowScan row, ListKind list)
    {
        var reason = ListEntryWords.WatchReasons.Read(row, ListEntryLayout.WatchReason);
        var cases = Count(row, ListEntryLayout.MinorCases, CellCodes.WatchReason);
        if (list != ListKind.Watch)
        {
            return (reason, cases);
        }

        row.Require(reason is not null, ListEntryLayout.WatchReason, CellCodes.WatchReason);
        row.Require(
            reason != Credit.Domain.Listing.WatchReason.RepeatedMinor || cases >= 2,
            ListEntryLayout.MinorCases,
            CellCodes.WatchReason);
        return (reason, cases);
    }

    /// <summary>The terms; null on red entries and when refused.</summary>
    public static PunishTerms? Terms(RowScan row, ListKind list)
    {
        var months = Count(row, ListEntryLayout.PunishMonths, CellCodes.AmountFormat);
        var repairable = CommonWords.Answers.Read(row, ListEntryLayout.Repairable);
        var modes = RepairModes(row);
        var rectify = CommonWords.Answers.Read(row, ListEntryLayout.Rectify);
        var demand = row.Text(ListEntryLayout.RectificationDemand);
        var due = row.Day(ListEntryLayout.RectificationDue);
        var refuses = CommonWords.Answers.Read(row, ListEntryLayout.AbleButRefuses);
        if (list == ListKind.Red)
        {
            return null;
        }

        row.Require(months is > 0, ListEntryLayout.PunishMonths, CellCodes.MissingConditional);
        row.Require(repairable is not null, ListEntryLayout.Repairable, CellCodes.MissingConditional);
        row.Require(repairable != Answer.Yes || modes is not null, ListEntryLayout.RepairModes, CellCodes.MissingConditional);
        var ordered = rectify == Answer.Yes;
        row.Require(!ordered || demand is not null, ListEntryLayout.RectificationDemand, CellCodes.RectificationIncomplete);
        row.Require(!ordered || due is not null, ListEntryLayout.RectificationDue, CellCodes.RectificationIncomplete);
        return new()
        {
            Months = months ?? 0,
            Repairable = repairable == Answer.Yes,
            RepairModes = modes,
            Rectify = ordered,
            RectificationDemand = demand,
            RectificationDue = due,
            AbleButRefuses = refuses == Answer.Yes,
        };
    }

    private static string? RepairModes(RowScan row)
    {
        var modes = row.Text(ListEntryLayout.RepairModes);
        if (modes?.Contains('；', StringComparison.Ordinal) != true)
        {
            return modes;
        }

        row.Warn(CellCodes.SeparatorNormalised, ListEntryLayout.RepairModes);
        return modes.Replace('；', ';');
    }

    private static int? Count(RowScan row, int ordinal, string code)
    {
        var text = row.Identifier(ordinal);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 10_000)
        {
            return count;
        }

        row.Reject(code, ordinal);
        return null;
    }
}
