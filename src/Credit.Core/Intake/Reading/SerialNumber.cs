using System.Globalization;

namespace Credit.Core.Intake.Reading;

/// <summary>Numbers of spreadsheets: days counted from 1900 with a 29 February 1900 that never was, and doubles of 15 digits.</summary>
internal static class SerialNumber
{
    /// <summary>The first serial number of 9999-12-31 plus one.</summary>
    private const int Beyond = 2958466;

    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The day a serial number of the 1900 system stands for; null before 1900-03-01, where spreadsheets disagree with the calendar.</summary>
    public static DateOnly? Day(int serial) => serial is > 60 and < Beyond ? DateOnly.FromDateTime(Epoch.AddDays(serial)) : null;

    /// <summary>A numeric cell as the text a person reads in the sheet.</summary>
    /// <param name="value">The number as the part holds it.</param>
    /// <param name="asDate">True when the style of the cell shows a date.</param>
    /// <param name="epoch1904">True when days are counted from 1904-01-01.</param>
    public static (string? Text, CellFault Fault) Show(string value, bool asDate, bool epoch1904)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return (value, CellFault.None);
        }

        if (asDate)
        {
            return (ShowDate(epoch1904 ? number + 1462 : number), CellFault.None);
        }

        // A double keeps 15 digits: a longer whole number is no longer the one that was typed.
        if (Math.Abs(number) >= 1e15)
        {
            return (value, CellFault.PrecisionLost);
        }

        // The conversion to decimal rounds to 15 digits, which turns 0.30000000000000004 back into 0.3.
        return (((decimal)number).ToString(CultureInfo.InvariantCulture), CellFault.None);
    }

    private static string ShowDate(double number)
    {
        var serial = (int)Math.Floor(Math.Clamp(number, -1, Beyond));
        if (Day(serial) is not { } day)
        {
            // What the spreadsheet would show: 1900-01-00, 1900-02-29 and the two months around them.
            var text = serial switch
            {
                0 => "1900-01-00",
                > 0 and < 60 => DateOnly.FromDateTime(Epoch.AddDays(serial + 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                60 => "1900-02-29",
                _ => number.ToString(CultureInfo.InvariantCulture),
            };
            return text;
        }

        var time = TimeSpan.FromSeconds(Math.Round((number - serial) * 86400));
        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            + (time > TimeSpan.Zero && time < TimeSpan.FromDays(1) ? time.ToString(@"\ hh\:mm\:ss", CultureInfo.InvariantCulture) : "");
    }
}
