namespace Credit.OData.Writing;

/// <summary>What a cell holds, and so how it is written.</summary>
internal enum CellKind
{
    Text,
    Guid,
    Boolean,
    Int16,
    Int32,
    Int64,
    Decimal,
    Double,

    /// <summary>A civil day.</summary>
    Date,

    /// <summary>An instant, written in UTC.</summary>
    Instant,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>Anything else, read as an object and written as JSON has it: collections and complex values.</summary>
    Other,
}

/// <summary>Kinds of CLR types, and their names in OData.</summary>
internal static class CellKinds
{
    public static CellKind Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(string) => CellKind.Text,
        var plain when plain == typeof(Guid) => CellKind.Guid,
        var plain when plain == typeof(bool) => CellKind.Boolean,
        var plain when plain == typeof(short) => CellKind.Int16,
        var plain when plain == typeof(int) => CellKind.Int32,
        var plain when plain == typeof(long) => CellKind.Int64,
        var plain when plain == typeof(decimal) => CellKind.Decimal,
        var plain when plain == typeof(double) => CellKind.Double,
        var plain when plain == typeof(DateOnly) => CellKind.Date,
        var plain when plain == typeof(DateTimeOffset) => CellKind.Instant,
        var plain when plain == typeof(TimeOnly) => CellKind.Time,
        _ => CellKind.Other,
    };

    /// <summary>Name without <c>Edm.</c>; null where a JSON reader knows the type from the value itself.</summary>
    public static string? ToldType(this CellKind kind) => kind switch
    {
        CellKind.Guid => "Guid",
        CellKind.Int16 => "Int16",
        CellKind.Int32 => "Int32",
        CellKind.Int64 => "Int64",
        CellKind.Decimal => "Decimal",
        CellKind.Date => "Date",
        CellKind.Instant => "DateTimeOffset",
        CellKind.Time => "TimeOfDay",
        _ => null,
    };
}
