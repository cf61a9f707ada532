using System.Collections;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Intake.Cells;
using Credit.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Credit.Conformance;

/// <summary>Rules on what may be queried, and on what reports and rows hold.</summary>
internal static class SetRules
{
    /// <summary>The most rows any page of the host holds.</summary>
    private const int MostRows = 1000;

    private static readonly string[] PersonalNames =
    [
        "IdNumber", "IdentityNumber", "IdCard", "IdentityCard", "Passport", "CertificateNumber", "Phone", "Mobile", "Telephone", "Email", "HomeAddress",
        "Residence", "Birth", "Gender", "BankAccount", "AccountNumber", "PersonName", "FullName", "Informant",
    ];

    private static readonly Type[] Simple =
        [typeof(string), typeof(DateOnly), typeof(DateTimeOffset), typeof(int), typeof(long), typeof(decimal), typeof(bool), typeof(Guid)];

    private static readonly Type[] Ordered =
        [typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(decimal), typeof(DateOnly), typeof(DateTimeOffset)];

    public static IEnumerable<KeyValuePair<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>>> All =>
    [
        new(ModuleDiagnostic.OwnRows, OwnRows),
        new(ModuleDiagnostic.SetShape, Shapes),
        new(ModuleDiagnostic.EveryColumn, EveryColumn),
        new(ModuleDiagnostic.SimpleMembers, SimpleRows),
        new(ModuleDiagnostic.NoPersons, module => [.. PersonalMembers(module), .. PersonalValues(module)]),
        new(ModuleDiagnostic.ReportQueryable, ReportsQueryable),
    ];

    private static IEnumerable<string> OwnRows(ModuleUnderTest module) =>
        from set in SetsOf(module)
        where set.RowType.Assembly != module.Assembly
        select $"{set.Name} has rows of type {set.RowType.FullName}, which is not the module's. Declare a public record in the file of the set.";

    private static IEnumerable<string> Shapes(ModuleUnderTest module) => SetsOf(module).SelectMany(set => RecordedShape.Of(set).Faults(set));

    private static IEnumerable<string> EveryColumn(ModuleUnderTest module)
    {
        foreach (var set in SetsOf(module))
        {
            var shape = RecordedShape.Of(set);
            foreach (var column in MembersOf(set.RowType).Select(member => member.Name).Where(column => !shape.Declared.Contains(column)))
            {
                yield return $"{set.Name} does not declare {set.RowType.Name}.{column}. Name it in Filter or Sort, or in Plain when it is only returned.";
            }

            foreach (var column in shape.Plain.Intersect(shape.Asked))
            {
                yield return $"{set.Name} declares {set.RowType.Name}.{column} as Plain and as filtered or sorted. Take it out of one of them.";
            }
        }
    }

    private static IEnumerable<string> SimpleRows(ModuleUnderTest module) =>
        from set in SetsOf(module)
        from member in MembersOf(set.RowType)
        let type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType
        where !type.IsEnum && !Simple.Contains(type)
        select $"{set.RowType.Name}.{member.Name} is a {type.Name}. A row holds texts, numbers, dates, instants and yes-or-no only; nothing leads on from it.";

    private static IEnumerable<string> PersonalMembers(ModuleUnderTest module) =>
        from type in (module.Registration?.FeedbackKinds.Select(feedback => feedback.ReportType) ?? []).Concat(SetsOf(module).Select(set => set.RowType))
        from member in MembersOf(type)
        where Array.Exists(PersonalNames, name => member.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
        select $"{type.Name}.{member.Name} identifies a person by its name. Take the member out: the subject is known from the task.";

    private static IEnumerable<string> PersonalValues(ModuleUnderTest module)
    {
        if (module.Registration is null)
        {
            yield break;
        }

        using var provider = new ServiceCollection().Add(module.Services).AddSingleton<IFeedbackReports>(new GeneratedReports(module)).BuildServiceProvider();
        foreach (var set in SetsOf(module))
        {
            var (rows, broken) = RowsOf(set, provider);
            if (broken is not null)
            {
                yield return $"{set.Name} cannot be read over one valid report: {broken.GetType().Name}, {broken.Message} Rows must work on any report that its Check accepts.";
            }

            foreach (var member in rows.SelectMany(row => MembersOf(set.RowType).Where(member => PersonalText.IsIn(member.GetValue(row) as string))))
            {
                yield return $"{set.Name} shows an identity or telephone number in {set.RowType.Name}.{member.Name} of a report that holds none. Take it out of Rows.";
            }
        }
    }

    private static IEnumerable<string> ReportsQueryable(ModuleUnderTest module)
    {
        // Where no valid report is known, CRED030 says so.
        foreach (var trial in module.Trials.Where(trial => trial.Valid is not null))
        {
            using var provider = new ServiceCollection().Add(module.Services).AddSingleton<IFeedbackReports>(new GeneratedReports(module, trial.Kind.ReportType)).BuildServiceProvider();
            if (SetsOf(module).All(set => RowsOf(set, provider) is { Rows: [], Broken: null }))
            {
                yield return $"{trial.Kind.Kind}: no set shows a valid {trial.Kind.ReportType.Name}, so nobody can query what was reported. "
                    + $"Write an IEntitySet over reports.Of<{trial.Kind.ReportType.Name}>(), or show it in one there is.";
            }
        }
    }

    private static (IReadOnlyList<object> Rows, Exception? Broken) RowsOf(ModuleSet set, IServiceProvider provider)
    {
        try
        {
            var instance = ActivatorUtilities.CreateInstance(provider, set.SetType);
            var rows = (IEnumerable)typeof(IEntitySet<>).MakeGenericType(set.RowType).GetMethod(nameof(IEntitySet<object>.Rows))!.Invoke(instance, null)!;
            return ([.. rows.Cast<object>()], null);
        }
#pragma warning disable CA1031 // whatever a module throws is a fault of the module
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return ([], thrown is TargetInvocationException { InnerException: { } inner } ? inner : thrown);
        }
    }

    private static IReadOnlyList<ModuleSet> SetsOf(ModuleUnderTest module) => module.Registration?.Sets ?? [];

    private static PropertyInfo[] MembersOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static IEnumerable<string> Faults(this RecordedShape shape, ModuleSet set)
    {
        if (shape.Broken is { } broken)
        {
            yield return $"{set.Name}: {broken}";
            yield break;
        }

        var members = MembersOf(set.RowType).ToDictionary(member => member.Name);
        if (shape.Keys.Count != 1)
        {
            yield return $"{set.Name} declares {shape.Keys.Count} keys; declare exactly one member with Key.";
        }

        foreach (var column in shape.Keys.Concat(shape.Sorted).Distinct().Select(column => members[column]))
        {
            if (shape.Keys.Contains(column.Name) && new NullabilityInfoContext().Create(column).ReadState == NullabilityState.Nullable)
            {
                yield return $"{set.Name}: {column.Name} may be null and so cannot be a key. Declare a member with Key that never is.";
            }
            else if (!Ordered.Contains(Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType))
            {
                yield return $"{set.Name}: a {column.PropertyType.Name} such as {column.Name} has no order that a page could go on from. Take it out of Sort.";
            }
        }

        if (shape.Size < 1 || shape.Size > shape.Max || shape.Max > MostRows)
        {
            yield return $"{set.Name}: a page of {shape.Size}, at most {shape.Max}. Declare Page with 1 to {MostRows} rows, and no more by itself than a client may ask for.";
        }
    }

    /// <summary>One valid report of each kind, or of one only, as the core would hand it to a set.</summary>
    private sealed class GeneratedReports(ModuleUnderTest module, Type? only = null) : IFeedbackReports
    {
        public IQueryable<FeedbackReport<TReport>> Of<TReport>()
            where TReport : class
        {
            var valid = only is not null && only != typeof(TReport) ? null : module.Trials.FirstOrDefault(trial => trial.Kind.ReportType == typeof(TReport))?.Valid as TReport;
            return (valid is null ? [] : (FeedbackReport<TReport>[])
            [
                new()
                {
                    Id = module.Task.TaskId, TaskId = module.Task.TaskId, MeasureKey = module.Task.MeasureKey, Department = module.Registration!.Manifest.Department,
                    ReportedAt = new DateTimeOffset(module.Task.Today, TimeOnly.MinValue, TimeSpan.Zero), Report = valid,
                },
            ]).AsQueryable();
        }
    }
}
