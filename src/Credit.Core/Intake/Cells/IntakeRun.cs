using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Cells;

/// <summary>What all rows of one file share while they are read. Used by one thread.</summary>
/// <param name="received">Civil day on which the platform received the file.</param>
/// <param name="calendar">Counts the working days of the reporting term.</param>
/// <param name="term">Working days from the decision or the formation of the information, as the catalogue has them (R-3.1.1.c, R-3.1.1.d, R-3.1.4.a).</param>
/// <param name="vault">Keys the content hash, which covers identifiers of persons; a plain SHA-256 when null.</param>
/// <param name="confirmed">Codes with a wrong check character that their registrar confirmed; none when null.</param>
internal sealed class IntakeRun(
    DateOnly received, IWorkingCalendar calendar, WorkingDays term, PersonVault? vault = null, IReadOnlySet<string>? confirmed = null)
{
    private readonly Dictionary<DateOnly, DateOnly?> _due = [];
    private readonly (string? Code, CodeFault Fault)[] _lastCode = new (string?, CodeFault)[64];

    /// <summary>Civil day of receipt.</summary>
    public DateOnly Received => received;

    /// <summary>Keys the content hash; null for a plain one.</summary>
    public PersonVault? Vault => vault;

    /// <summary>When a record was due and whether it came in time. Late is a fact that is kept, never a reason to refuse (I27).</summary>
    /// <param name="start">Day of the decision or of formation; null when unusable.</param>
    public Timing TimingOf(DateOnly? start)
    {
        if (start is not { } day)
        {
            return default;
        }

        if (!_due.TryGetValue(day, out var due))
        {
            try
            {
                due = calendar.DueDate(day, term);
            }
            catch (CalendarNotPublishedException)
            {
                due = null;
            }

            _due.Add(day, due);
        }

        return new Timing(due, due is null ? null : received <= due);
    }

    /// <summary>Checks a unified code; departments repeat their own code row after row, so the last answer per field is kept.</summary>
    public CodeFault CheckUnifiedCode(string code, int ordinal)
    {
        ref var last = ref _lastCode[ordinal];
        if (last.Code != code)
        {
            var fault = UnifiedCreditCode.Check(code);
            last = (code, fault == CodeFault.CheckDigit && confirmed?.Contains(code) == true ? CodeFault.None : fault);
        }

        return last.Fault;
    }
}

/// <summary>Timeliness of a record (I27, I28).</summary>
/// <param name="Due">Last day in time; null when the day of the decision is unusable or its year has no calendar.</param>
/// <param name="OnTime">Received on or before the due day; null when there is no due day.</param>
internal readonly record struct Timing(DateOnly? Due, bool? OnTime);
