using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Store;

/// <summary>A literal of a query that came from outside. It becomes a parameter of the statement.</summary>
/// <param name="Value">The value.</param>
internal sealed record QueryLiteral<T>(T Value);

/// <summary>
/// Leaves it to the database to work out what is made of literals alone: <c>round(2.5)</c> and <c>'a' lt 'B'</c> must not mean one thing here
/// and another where a column stands in the place of a literal, and what is too large must be refused, not wrap around.
/// </summary>
internal sealed class LiteralsForTheDatabase : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new Described(this);

    public void ApplyServices(IServiceCollection services) => services.AddSingleton<IEvaluatableExpressionFilterPlugin, Filter>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class Filter : IEvaluatableExpressionFilterPlugin
    {
        // Days and instants are the same in both places; numbers and texts are not.
        public bool IsEvaluatableExpression(Expression expression) => expression switch
        {
            BinaryExpression { NodeType: ExpressionType.Add or ExpressionType.Subtract or ExpressionType.Multiply or ExpressionType.Divide or ExpressionType.Modulo } made =>
                !IsNumber(made.Type) || !(IsLiteral(made.Left) || IsLiteral(made.Right)),
            UnaryExpression { NodeType: ExpressionType.Negate } negated => !IsLiteral(negated.Operand),
            MethodCallExpression call when call.Method.DeclaringType == typeof(string) || call.Method.DeclaringType == typeof(Math) =>
                !(IsLiteral(call.Object) || call.Arguments.Any(IsLiteral)),
            MemberExpression { Member.Name: nameof(string.Length) } length => !IsLiteral(length.Expression),
            _ => true,
        };

        private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(decimal);

        private static bool IsLiteral(Expression? expression) => expression switch
        {
            UnaryExpression { NodeType: ExpressionType.Convert } converted => IsLiteral(converted.Operand),
            ConditionalExpression chosen => IsLiteral(chosen.IfTrue) || IsLiteral(chosen.IfFalse),
            MemberExpression { Expression: ConstantExpression { Type: { IsGenericType: true } type } } => type.GetGenericTypeDefinition() == typeof(QueryLiteral<>),
            _ => false,
        };
    }

    private sealed class Described(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Described;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
