using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Queries through the trigger–response–feedback interface and how far their feedback is.</summary>
public sealed record TriggerRequestRow
{
    /// <summary>查询编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>Department that asked.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day asked.</summary>
    public DateOnly AskedOn { get; init; }

    /// <summary>NotFedBack, InFeedback or Completed.</summary>
    public string State { get; init; } = "";
}

/// <summary>Queries of the own department; of all for those who see all.</summary>
internal sealed class TriggerRequestSet(OfficialDbContext db, Caller caller) : IEntitySet<TriggerRequestRow>
{
    public static string Name => "TriggerRequests";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Queries of the own department through the trigger–response–feedback interface and how far their feedback is.";

    public static void Shape(ISetShape<TriggerRequestRow> row) => row
        .Key(each => each.Number)
        .Filter(each => each.Department, each => each.AskedOn, each => each.State)
        .Sort(each => each.AskedOn)
        .Page(size: 100, max: 1000);

    public IQueryable<TriggerRequestRow> Rows() =>
        db.TriggerRequests
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new TriggerRequestRow { Number = each.Number, Department = each.Department, AskedOn = each.AskedOn, State = each.State.ToString() });
}
