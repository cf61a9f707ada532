using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Credit.OData.Writing;

/// <summary>One column of an answer.</summary>
internal sealed class AnswerColumn
{
    private readonly Delegate? _read;
    private readonly Func<object, bool>? _isNull;

    /// <summary>A column that was made up on the way.</summary>
    public AnswerColumn(string name, Type type)
    {
        (Name, Kind) = (name, CellKinds.Of(type));
        Label = JsonEncodedText.Encode(name);
        (TypeLabel, PlainTypeLabel) = (JsonEncodedText.Encode(name + "@odata.type"), JsonEncodedText.Encode(name + "@type"));
        IsNullable = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
    }

    /// <summary>A member of a row.</summary>
    public AnswerColumn(PropertyInfo member)
        : this(member.Name, member.PropertyType)
    {
        Member = member;
        IsNullable = member.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(member.PropertyType) is not null
            : new NullabilityInfoContext().Create(member).ReadState != NullabilityState.NotNull;
        var row = Expression.Parameter(typeof(object), "row");
        var value = Expression.Property(Expression.Convert(row, member.DeclaringType!), member);
        _isNull = Expression.Lambda<Func<object, bool>>(
            member.PropertyType.IsValueType && Nullable.GetUnderlyingType(member.PropertyType) is null
                ? Expression.Constant(false)
                : Expression.Equal(value, Expression.Constant(null, member.PropertyType)),
            row).Compile();
        var plain = Kind == CellKind.Other ? typeof(object) : Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        _read = Expression.Lambda(
            typeof(Func<,>).MakeGenericType(typeof(object), plain),
            member.PropertyType == plain ? value : Expression.Convert(value, plain),
            row).Compile();
    }

    public string Name { get; }

    public CellKind Kind { get; }

    /// <summary>May be null: what <c>omit-values=nulls</c> leaves out.</summary>
    public bool IsNullable { get; }

    /// <summary>The member of the row; null for one that was made up.</summary>
    public PropertyInfo? Member { get; }

    public JsonEncodedText Label { get; }

    /// <summary>Label of its type in the spelling of OData 4.0.</summary>
    public JsonEncodedText TypeLabel { get; }

    /// <summary>Label of its type in the spelling of OData 4.01.</summary>
    public JsonEncodedText PlainTypeLabel { get; }

    public bool IsNullOn(object row) => _isNull!(row);

    public T Read<T>(object row) => ((Func<object, T>)_read!)(row);
}

/// <summary>What a row of an answer looks like.</summary>
/// <param name="Type">Qualified name of its type in the model; null for rows that were made up on the way.</param>
/// <param name="Columns">Its cells: first those shown, then those that are only read along.</param>
/// <param name="Shown">How many are shown.</param>
/// <param name="Key">The cell that is the key; -1 where rows have none.</param>
internal sealed record RowLayout(string? Type, AnswerColumn[] Columns, int Shown, int Key)
{
    /// <summary>Names of what can be navigated to; their links are written with full metadata.</summary>
    public IReadOnlyList<string> Navigations { get; init; } = [];

    /// <summary>All members of a row type, made once for each set.</summary>
    public static RowLayout Of(Type row, PropertyInfo key)
    {
        AnswerColumn[] columns = [.. row.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => new AnswerColumn(member))];
        return new($"Credit.{row.Name}", columns, columns.Length, Array.FindIndex(columns, column => column.Name == key.Name));
    }

    /// <summary>Only these columns are shown, in the order of this layout; the key and further columns are read along.</summary>
    /// <param name="shown">Names of the columns shown.</param>
    /// <param name="along">Names of columns read along, the key apart.</param>
    public RowLayout Only(IReadOnlyCollection<string> shown, IReadOnlyCollection<string>? along = null)
    {
        var first = Columns.Where(column => shown.Contains(column.Name)).ToArray();
        var rest = Columns.Where((column, cell) => !shown.Contains(column.Name) && (cell == Key || along?.Contains(column.Name) == true));
        AnswerColumn[] all = [.. first, .. rest];
        return this with { Columns = all, Shown = first.Length, Key = Key < 0 ? -1 : Array.IndexOf(all, Columns[Key]) };
    }
}
