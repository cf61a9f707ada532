using System.Linq.Expressions;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Shouldly;
using Xunit;

namespace Credit.Conformance;

/// <summary>What every module keeps. A module's tests inherit it in one line and may add samples.</summary>
/// <typeparam name="TModule">The module's definition.</typeparam>
public abstract class ModuleSpecification<TModule>
    where TModule : ICreditModule, new()
{
    private static readonly string[] PersonalNames =
        ["IdNumber", "IdentityNumber", "IdCard", "Passport", "Phone", "Mobile", "Telephone", "Email", "HomeAddress", "Birth", "PersonName", "FullName"];

    private readonly ModuleRegistration _module = ModuleCatalog
        .From([typeof(TModule).Assembly], DepartmentDirectory.Load(), CanonicalMeasures.Load())
        .Modules.Single();

    /// <summary>The task the samples answer.</summary>
    protected TaskFacts Task { get; } = new(
        Guid.Parse("018f0000-0000-7000-8000-000000000001"), "SAMPLE/1", new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 11), new DateOnly(2026, 11, 5));

    /// <summary>Reports the checks must accept.</summary>
    protected virtual IEnumerable<object> ValidReports => [];

    /// <summary>Reports the checks must refuse.</summary>
    protected virtual IEnumerable<object> InvalidReports => [];

    [Fact]
    public void It_is_built_for_the_contract_of_this_host() => _module.Manifest.ContractVersion.ShouldBe(ModuleContract.Version);

    [Fact]
    public void Its_department_is_one_of_the_district() =>
        DepartmentDirectory.Load().Find(_module.Manifest.Department).ShouldNotBeNull().OutsideDistrict.ShouldBeFalse();

    [Fact]
    public void Its_criteria_and_feedback_kinds_carry_its_key() =>
        _module.Criteria.Select(criterion => criterion.Key)
            .Concat(_module.FeedbackKinds.Select(feedback => feedback.Kind))
            .ShouldAllBe(key => key.StartsWith(_module.Manifest.Key + "/", StringComparison.Ordinal));

    [Fact]
    public void It_exports_its_definition_and_its_rows_only()
    {
        var rows = _module.Sets.Select(set => set.RowType).Append(typeof(TModule)).ToHashSet();
        _module.Assembly.GetExportedTypes().Where(type => !rows.Contains(type)).ShouldBeEmpty();
    }

    [Fact]
    public void Its_sets_have_rows_of_their_own() =>
        _module.Sets.ShouldAllBe(set => set.RowType.Assembly == _module.Assembly);

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    public void Its_mandatory_measures_rest_on_a_law_or_regulation() =>
        Dispatchable().Where(measure => measure.Obligation == MeasureObligation.Mandatory)
            .ShouldAllBe(measure => measure.LegalBases.Any(basis => basis.Level == LegalLevel.Law || basis.Level == LegalLevel.Regulation));

    [Fact]
    [Trait("Requirement", "R-3.5.3.a")]
    public void Its_measures_cite_their_memorandum_their_ordinal_and_a_legal_basis()
    {
        var canonical = CanonicalMeasures.Load();
        _module.Memoranda.ShouldAllBe(memorandum => memorandum.DocumentNumber.Length > 0 && memorandum.Measures.All(measure => measure.Key == memorandum.Code + "/" + measure.Ordinal));
        Dispatchable().Where(measure => canonical.Cite(measure).LegalBases.Count == 0).Select(measure => measure.Key).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public void Every_mandatory_measure_of_its_department_has_a_report()
    {
        var answered = _module.FeedbackKinds.SelectMany(feedback => feedback.Answers).ToHashSet();
        Dispatchable()
            .Where(measure => measure.Obligation == MeasureObligation.Mandatory && measure.Departments.Contains(_module.Manifest.Department))
            .Where(measure => !measure.Canonical.Any(answered.Contains))
            .Select(measure => measure.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Its_lists_rest_on_national_or_provincial_standards() =>
        _module.Criteria.ShouldAllBe(criterion => criterion.Level == Domain.Listing.StandardLevel.National
            || (criterion.Level == Domain.Listing.StandardLevel.Provincial && !string.IsNullOrWhiteSpace(criterion.Approval)));

    [Fact]
    public void Its_sets_declare_a_key_a_page_and_columns_that_exist()
    {
        foreach (var set in _module.Sets)
        {
            typeof(ModuleSpecification<TModule>).GetMethod(nameof(CheckShape), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(set.SetType, set.RowType).Invoke(null, null);
        }
    }

    [Fact]
    public void Its_reports_and_rows_hold_nothing_that_identifies_a_person() =>
        _module.FeedbackKinds.Select(feedback => feedback.ReportType)
            .Concat(_module.Sets.Select(set => set.RowType))
            .SelectMany(type => type.GetProperties().Select(member => $"{type.Name}.{member.Name}"))
            .Where(member => PersonalNames.Any(name => member.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();

    [Fact]
    public void Its_checks_accept_the_valid_samples_and_describe_them()
    {
        foreach (var report in ValidReports)
        {
            Refusals(report).Select(refusal => refusal.Code).ShouldBeEmpty(report.ToString());
            Describe(report).ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public void Its_checks_refuse_the_invalid_samples_in_both_languages()
    {
        foreach (var report in InvalidReports)
        {
            var refusals = Refusals(report);
            refusals.ShouldNotBeEmpty(report.ToString());
            refusals.ShouldAllBe(refusal => refusal.Chinese.Length > 0 && refusal.English.Length > 0 && refusal.Field != null);
        }
    }

    private static void CheckShape<TSet, TRow>()
        where TSet : IEntitySet<TRow>
        where TRow : class
    {
        var shape = new RecordedShape<TRow>();
        TSet.Shape(shape);
        shape.Keys.Count.ShouldBe(1, TSet.Name);
        shape.Columns.Except(typeof(TRow).GetProperties().Select(member => member.Name)).ShouldBeEmpty(TSet.Name);
        shape.Sorted.Where(column => IsNullable(typeof(TRow).GetProperty(column)!)).ShouldBeEmpty(TSet.Name);
        shape.Size.ShouldBeInRange(1, shape.Max, TSet.Name);
    }

    private static bool IsNullable(PropertyInfo column) =>
        new NullabilityInfoContext().Create(column).ReadState == NullabilityState.Nullable;

    private IEnumerable<Measure> Dispatchable() => _module.Memoranda.SelectMany(memorandum => memorandum.Measures).Where(measure => !measure.IsDraft);

    private List<Refusal> Refusals(object report) => ((IEnumerable<Refusal>)Call(report, "Check", report, Task)!).ToList();

    private string Describe(object report) => (string)Call(report, "Describe", report)!;

    private object? Call(object report, string method, params object[] arguments)
    {
        var kind = _module.FeedbackKinds.Single(feedback => feedback.ReportType == report.GetType());
        return typeof(IFeedback<>).MakeGenericType(kind.ReportType).GetMethod(method)!
            .Invoke(Activator.CreateInstance(kind.FeedbackType, nonPublic: true), arguments);
    }

    /// <summary>Writes down what a set declares.</summary>
    private sealed class RecordedShape<TRow> : ISetShape<TRow>
        where TRow : class
    {
        public List<string> Keys { get; } = [];

        public List<string> Columns { get; } = [];

        public List<string> Sorted { get; } = [];

        public int Size { get; private set; }

        public int Max { get; private set; }

        public ISetShape<TRow> Key<TKey>(Expression<Func<TRow, TKey>> column)
        {
            Keys.Add(NameOf(column.Body));
            return this;
        }

        public ISetShape<TRow> Filter(params Expression<Func<TRow, object?>>[] columns)
        {
            Columns.AddRange(columns.Select(column => NameOf(column.Body)));
            return this;
        }

        public ISetShape<TRow> Sort(params Expression<Func<TRow, object?>>[] columns)
        {
            Sorted.AddRange(columns.Select(column => NameOf(column.Body)));
            Columns.AddRange(Sorted);
            return this;
        }

        public ISetShape<TRow> Page(int size, int max)
        {
            (Size, Max) = (size, max);
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
