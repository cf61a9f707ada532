using System.Reflection;
using Credit.Abstractions;
using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;

namespace Credit.Architecture.Tests.Structure;

/// <summary>What may be seen from outside an assembly, and what may be inherited.</summary>
public sealed class VisibilityTests
{
    [Fact]
    public void Core_feeds_host_and_modules_export_their_entry_point_definition_and_rows_only()
    {
        foreach (var assembly in (Assembly[])[House.Core, House.OData, House.Host, .. House.Modules])
        {
            Exported(assembly.GetTypes()).ShouldBeEmpty(assembly.GetName().Name);
        }
    }

    [Fact]
    public void A_module_exports_exactly_one_definition()
    {
        foreach (var module in House.Modules)
        {
            module.GetExportedTypes().Count(type => type.IsAssignableTo(typeof(ICreditModule))).ShouldBe(1, module.GetName().Name);
        }
    }

    [Fact]
    public void A_class_is_sealed_unless_somebody_inherits_it() => Open(House.Written(House.All)).ShouldBeEmpty();

    [Fact]
    public void A_type_that_is_no_row_and_yet_exported_is_found() =>
        Exported([typeof(ExportedByMistake), typeof(PlantedRow), typeof(PlantedSet)]).ShouldBe([nameof(ExportedByMistake)]);

    [Fact]
    public void An_open_class_is_found_and_one_that_is_inherited_is_not() =>
        Open([typeof(OpenForNobody), typeof(OpenForHeir), typeof(Heir)]).ShouldBe([nameof(OpenForNobody)]);

    private static IEnumerable<string> Exported(IReadOnlyCollection<Type> types)
    {
        var rows = types.SelectMany(type => House.RolesOf(type, typeof(IEntitySet<>))).Select(role => role.GetGenericArguments()[0]).ToHashSet();
        return types
            .Where(type => type.IsVisible && House.IsWritten(type) && !rows.Contains(type))
            .Where(type => !type.IsAssignableTo(typeof(ICreditModule)) && type != type.Assembly.EntryPoint?.DeclaringType)
            .Select(type => type.Name);
    }

    private static IEnumerable<string> Open(IEnumerable<Type> types)
    {
        var all = types.ToList();
        var inherited = all.Select(type => type.BaseType).OfType<Type>().Select(parent => parent.IsGenericType ? parent.GetGenericTypeDefinition() : parent).ToHashSet();
        return all
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false } && !inherited.Contains(type) && type != type.Assembly.EntryPoint?.DeclaringType)
            .Select(type => type.Name);
    }
}
