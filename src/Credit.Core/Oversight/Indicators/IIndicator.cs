using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>
/// A live indicator of how departments work (R-4.3.a). Figure and drill-down come from the one query, so every figure is exactly
/// its rows. Implementing the role is the registration; its weight in the evaluation stands in the policy pack.
/// </summary>
internal interface IIndicator
{
    /// <summary>Key, as in the policy pack's formula; never changes.</summary>
    string Key { get; }

    /// <summary>What it says, in Chinese.</summary>
    string Title { get; }

    /// <summary>The same in English.</summary>
    string TitleEnglish { get; }

    /// <summary>What the rows are: entries, tasks, batches.</summary>
    string About { get; }

    /// <summary>The rows counted over a period, both days included.</summary>
    IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today);
}

/// <summary>A row that an indicator counts.</summary>
internal sealed record IndicatorRow
{
    /// <summary>Department it counts for.</summary>
    public string Department { get; init; } = "";

    /// <summary>The entry, task, record, batch, … by its identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Day it counts on.</summary>
    public DateOnly On { get; init; }

    /// <summary>How many it counts for: one, or the rows of a batch.</summary>
    public int All { get; init; }

    /// <summary>How many of them are as they should be.</summary>
    public int Good { get; init; }
}
