using System.Data.Common;

namespace Credit.OData.Writing;

/// <summary>One row to be written, cell by cell in the order of its layout. Wherever it comes from, equal values give equal bytes.</summary>
internal interface ICells
{
    bool IsNull(int cell);

    string Text(int cell);

    Guid Guid(int cell);

    bool Boolean(int cell);

    int Int32(int cell);

    long Int64(int cell);

    decimal Decimal(int cell);

    double Double(int cell);

    DateOnly Date(int cell);

    DateTimeOffset Instant(int cell);

    TimeOnly Time(int cell);

    object? Other(int cell);
}

/// <summary>A row as the database sends it.</summary>
/// <param name="reader">Standing on the row.</param>
/// <param name="columns">Where in the row each cell of the layout stands.</param>
internal readonly struct ReaderCells(DbDataReader reader, int[] columns) : ICells
{
    public bool IsNull(int cell) => reader.IsDBNull(columns[cell]);

    public string Text(int cell) => reader.GetString(columns[cell]);

    public Guid Guid(int cell) => reader.GetGuid(columns[cell]);

    public bool Boolean(int cell) => reader.GetBoolean(columns[cell]);

    public int Int32(int cell) => reader.GetInt32(columns[cell]);

    public long Int64(int cell) => reader.GetInt64(columns[cell]);

    public decimal Decimal(int cell) => reader.GetDecimal(columns[cell]);

    public double Double(int cell) => reader.GetDouble(columns[cell]);

    public DateOnly Date(int cell) => reader.GetFieldValue<DateOnly>(columns[cell]);

    public DateTimeOffset Instant(int cell) => reader.GetFieldValue<DateTimeOffset>(columns[cell]);

    public TimeOnly Time(int cell) => reader.GetFieldValue<TimeOnly>(columns[cell]);

    public object? Other(int cell) => reader.GetValue(columns[cell]);
}

/// <summary>A row as an object of its row type.</summary>
internal readonly struct ObjectCells(object row, RowLayout layout) : ICells
{
    public bool IsNull(int cell) => layout.Columns[cell].IsNullOn(row);

    public string Text(int cell) => layout.Columns[cell].Read<string>(row);

    public Guid Guid(int cell) => layout.Columns[cell].Read<Guid>(row);

    public bool Boolean(int cell) => layout.Columns[cell].Read<bool>(row);

    public int Int32(int cell) => layout.Columns[cell].Kind == CellKind.Int16 ? layout.Columns[cell].Read<short>(row) : layout.Columns[cell].Read<int>(row);

    public long Int64(int cell) => layout.Columns[cell].Read<long>(row);

    public decimal Decimal(int cell) => layout.Columns[cell].Read<decimal>(row);

    public double Double(int cell) => layout.Columns[cell].Read<double>(row);

    public DateOnly Date(int cell) => layout.Columns[cell].Read<DateOnly>(row);

    public DateTimeOffset Instant(int cell) => layout.Columns[cell].Read<DateTimeOffset>(row);

    public TimeOnly Time(int cell) => layout.Columns[cell].Read<TimeOnly>(row);

    public object? Other(int cell) => layout.Columns[cell].Read<object?>(row);
}

/// <summary>A row that was made up on the way, of <c>$apply</c> or <c>$compute</c> for example: its values in the order of the layout.</summary>
internal readonly struct ValueCells(IReadOnlyList<object?> values) : ICells
{
    public bool IsNull(int cell) => values[cell] is null;

    public string Text(int cell) => (string)values[cell]!;

    public Guid Guid(int cell) => (Guid)values[cell]!;

    public bool Boolean(int cell) => (bool)values[cell]!;

    public int Int32(int cell) => values[cell] is short small ? small : (int)values[cell]!;

    public long Int64(int cell) => (long)values[cell]!;

    public decimal Decimal(int cell) => (decimal)values[cell]!;

    public double Double(int cell) => (double)values[cell]!;

    public DateOnly Date(int cell) => (DateOnly)values[cell]!;

    public DateTimeOffset Instant(int cell) => (DateTimeOffset)values[cell]!;

    public TimeOnly Time(int cell) => (TimeOnly)values[cell]!;

    public object? Other(int cell) => values[cell];
}
