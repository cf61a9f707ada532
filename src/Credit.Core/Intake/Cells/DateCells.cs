namespace Credit.Core.Intake.Cells;

/// <summary>Days in the spellings that mean one day only. What could mean two is refused, never guessed.</summary>
internal static class DateCells
{
    /// <summary>The day that stands for "without end" in the national layouts.</summary>
    public static readonly DateOnly LongTerm = new(2099, 12, 31);

    private static readonly string[] LongTermWords = ["长期", "永久", "长期有效", "无固定期限", "永久有效", "不限期"];

    /// <summary>What reading a text as a day led to.</summary>
    private enum Spelling
    {
        Plain,
        Unusual,
        ZoneMoved,
        Serial,
        NoSuchDay,
        NotADate,
    }

    /// <summary>The day in the cell; null when empty or refused.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="isEndOfValidity">True where the text may say that there is no end.</param>
    public static DateOnly? Day(this RowScan row, int ordinal, bool isEndOfValidity = false)
    {
        var raw = row.Raw(ordinal);
        if (raw is null)
        {
            return null;
        }

        // The overwhelming case, decided without a copy: 2026-11-24 or 2026/11/24.
        if (raw.Length == 10 && Parts(raw, out var plain) == Spelling.Plain)
        {
            return End(row, ordinal, plain, isEndOfValidity);
        }

        Span<char> buffer = stackalloc char[64];
        var text = Fold(raw, buffer, out var folded);
        if (text.IsEmpty)
        {
            return null;
        }

        if (isEndOfValidity && Array.Exists(LongTermWords, word => raw.AsSpan().Trim().SequenceEqual(word)))
        {
            row.Warn(CellCodes.LongTermNormalised, ordinal);
            return LongTerm;
        }

        var spelling = Parse(text, out var day);
        switch (spelling)
        {
            case Spelling.NoSuchDay:
                row.Reject(CellCodes.DateInvalid, ordinal);
                return null;
            case Spelling.NotADate:
                row.Reject(CellCodes.DateFormat, ordinal);
                return null;
            case Spelling.ZoneMoved:
                row.Warn(CellCodes.TimeZone, ordinal);
                break;
            case Spelling.Serial:
                row.Warn(CellCodes.SerialWithoutFormat, ordinal);
                break;
            case Spelling.Unusual:
                row.Warn(CellCodes.DateNormalised, ordinal);
                break;
            default:
                if (folded)
                {
                    row.Warn(CellCodes.DateNormalised, ordinal);
                }

                break;
        }

        return End(row, ordinal, day, isEndOfValidity);
    }

    private static DateOnly End(RowScan row, int ordinal, DateOnly day, bool isEndOfValidity)
    {
        if (isEndOfValidity && day > LongTerm)
        {
            row.Warn(CellCodes.LongTermNormalised, ordinal);
            return LongTerm;
        }

        return day;
    }

    /// <summary>Half width, without spaces at the ends and invisible characters; true when that changed anything.</summary>
    private static ReadOnlySpan<char> Fold(string raw, Span<char> buffer, out bool changed)
    {
        changed = false;
        if (raw.Length > buffer.Length)
        {
            return raw;
        }

        var length = 0;
        foreach (var letter in raw)
        {
            if (!TextCells.IsInvisible(letter))
            {
                buffer[length++] = letter switch
                {
                    >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
                    '\u3000' or '\u00A0' => ' ',
                    '—' or '–' or '−' or '‐' => '-',
                    _ => letter,
                };
            }
        }

        ReadOnlySpan<char> text = buffer[..length];
        text = text.Trim();
        changed = !text.SequenceEqual(raw);
        return text;
    }

    private static Spelling Parse(ReadOnlySpan<char> text, out DateOnly day)
    {
        var time = text.IndexOfAny('T', ' ');
        if (time > 0 && char.IsAsciiDigit(text[0]))
        {
            return ParseWithTime(text, time, out day);
        }

        if (text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return ParseDigits(text, out day);
        }

        return Parts(text, out day);
    }

    private static Spelling ParseWithTime(ReadOnlySpan<char> text, int time, out DateOnly day)
    {
        var date = Parts(text[..time], out day);
        if (date is not (Spelling.Plain or Spelling.Unusual))
        {
            return date;
        }

        var clock = text[(time + 1)..].Trim();
        var zone = clock.IndexOfAny('Z', 'z', '+');
        zone = zone < 0 ? clock.IndexOf('-') : zone;
        if (!TimeOnly.TryParse(zone < 0 ? clock : clock[..zone], System.Globalization.CultureInfo.InvariantCulture, out var hour))
        {
            return Spelling.NotADate;
        }

        if (zone < 0)
        {
            return Spelling.Unusual;
        }

        var offset = TimeSpan.Zero;
        if (clock[zone] is not ('Z' or 'z'))
        {
            if (!TimeSpan.TryParse(clock[(zone + 1)..], System.Globalization.CultureInfo.InvariantCulture, out offset) || offset > TimeSpan.FromHours(14))
            {
                return Spelling.NotADate;
            }

            offset = clock[zone] == '-' ? -offset : offset;
        }

        var local = Credit.Domain.Policy.CivilClock.Day(new DateTimeOffset(day, hour, offset));
        // A timestamp of the district's own zone is only an unusual spelling; any other zone may move the day.
        var spelling = offset == TimeSpan.FromHours(8) ? Spelling.Unusual : Spelling.ZoneMoved;
        day = local;
        return spelling;
    }

    private static Spelling ParseDigits(ReadOnlySpan<char> digits, out DateOnly day)
    {
        day = default;
        if (digits.Length == 8)
        {
            var spelling = Make(Number(digits[..4]), Number(digits[4..6]), Number(digits[6..]), out day);
            return spelling == Spelling.Plain ? Spelling.Unusual : spelling;
        }

        // Serial numbers of the years 1954 to 2173: five digits that cannot be a day written otherwise.
        if (digits.Length == 5 && digits[0] != '0' && Reading.SerialNumber.Day(Number(digits)) is { } serial)
        {
            day = serial;
            return Spelling.Serial;
        }

        return Spelling.NotADate;
    }

    /// <summary>Year first, then month and day, with the same separator twice or with 年月日.</summary>
    private static Spelling Parts(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length is < 8 or > 11 || text[..4].IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return Spelling.NotADate;
        }

        var separator = text[4];
        if (separator is not ('-' or '/' or '.' or '年'))
        {
            return Spelling.NotADate;
        }

        var rest = text[5..];
        var second = rest.IndexOf(separator == '年' ? '月' : separator);
        if (second is not (1 or 2))
        {
            return Spelling.NotADate;
        }

        var last = rest[(second + 1)..];
        if (separator == '年')
        {
            last = last.EndsWith("日") ? last[..^1] : default;
        }

        if (last.Length is not (1 or 2) || rest[..second].IndexOfAnyExceptInRange('0', '9') >= 0 || last.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return Spelling.NotADate;
        }

        var spelling = Make(Number(text[..4]), Number(rest[..second]), Number(last), out day);
        return spelling == Spelling.Plain && separator is ('.' or '年') ? Spelling.Unusual : spelling;
    }

    private static Spelling Make(int year, int month, int dayOfMonth, out DateOnly day)
    {
        if (year < 1900 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            day = default;
            return Spelling.NoSuchDay;
        }

        day = new DateOnly(year, month, dayOfMonth);
        return Spelling.Plain;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
