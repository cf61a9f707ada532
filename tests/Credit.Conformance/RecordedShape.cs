using System.Linq.Expressions;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules;

namespace Credit.Conformance;

/// <summary>What a set declares, written down.</summary>
internal class RecordedShape
{
    /// <summary>Keys.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Columns that may be filtered by.</summary>
    public List<string> Filtered { get; } = [];

    /// <summary>Columns that may be sorted by.</summary>
    public List<string> Sorted { get; } = [];

    /// <summary>Columns that are only returned.</summary>
    public List<string> Plain { get; } = [];

    /// <summary>Page size; what the host takes where nothing is declared.</summary>
    public int Size { get; protected set; } = 100;

    /// <summary>Largest page; what the host takes where nothing is declared.</summary>
    public int Max { get; protected set; } = 1000;

    /// <summary>Why the declaration could not be read; null when it could.</summary>
    public string? Broken { get; private set; }

    /// <summary>Columns that may be asked for.</summary>
    public IEnumerable<string> Asked => Keys.Concat(Filtered).Concat(Sorted);

    /// <summary>Every column that is declared.</summary>
    public IReadOnlySet<string> Declared => Asked.Concat(Plain).ToHashSet();

    /// <summary>Reads the declaration of a set.</summary>
    public static RecordedShape Of(ModuleSet set) => (RecordedShape)typeof(RecordedShape).GetMethod(nameof(Record), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(set.SetType, set.RowType).Invoke(null, null)!;

    private static RecordedShape Record<TSet, TRow>()
        where TSet : IEntitySet<TRow>
        where TRow : class
    {
        var shape = new Recorder<TRow>();
        try
        {
            TSet.Shape(shape);
        }
        catch (InvalidOperationException broken)
        {
            shape.Broken = broken.Message;
        }

        return shape;
    }

    private sealed class Recorder<TRow> : RecordedShape, ISetShape<TRow>
        where TRow : class
    {
        public ISetShape<TRow> Key<TKey>(Expression<Func<TRow, TKey>> column)
        {
            Keys.Add(NameOf(column.Body));
            return this;
        }

        ISetShape<TRow> ISetShape<TRow>.Filter(params Expression<Func<TRow, object?>>[] columns) => Note(Filtered, columns);

        ISetShape<TRow> ISetShape<TRow>.Sort(params Expression<Func<TRow, object?>>[] columns) => Note(Sorted, columns);

        ISetShape<TRow> ISetShape<TRow>.Plain(params Expression<Func<TRow, object?>>[] columns) => Note(Plain, columns);

        public ISetShape<TRow> Page(int size, int max)
        {
            (Size, Max) = (size, max);
            return this;
        }

        // What may be searched or led on to says nothing of the columns themselves.
        public ISetShape<TRow> Search(params Expression<Func<TRow, string?>>[] columns)
        {
            Array.ForEach(columns, column => NameOf(column.Body));
            return this;
        }

        public ISetShape<TRow> Navigate<TTarget>(string name, Expression<Func<TRow, object?>> from, Expression<Func<TTarget, object?>> to)
            where TTarget : class => throw new InvalidOperationException("A set of a module leads nowhere: take Navigate out.");

        private Recorder<TRow> Note(List<string> where, Expression<Func<TRow, object?>>[] columns)
        {
            where.AddRange(columns.Select(column => NameOf(column.Body)));
            return this;
        }

        private static string NameOf(Expression body) => body switch
        {
            MemberExpression { Expression: ParameterExpression } member => member.Member.Name,
            UnaryExpression { NodeType: ExpressionType.Convert } boxed => NameOf(boxed.Operand),
            _ => throw new InvalidOperationException($"A column is one member of the row, not {body}."),
        };
    }
}
