using Credit.Conformance;
using Credit.Core.Modules;

namespace Credit.Modules.Tests;

public sealed class EveryModuleTests
{
    [Fact]
    public void Every_module_the_host_is_built_with_is_held_to_the_contract() =>
        WithoutSpecification(ModuleCatalog.Discover().Modules.Select(module => module.Definition.GetType()), typeof(EveryModuleTests).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void A_module_without_a_specification_is_found() =>
        WithoutSpecification(
            ModuleCatalog.Discover().Modules.Select(module => module.Definition.GetType()),
            typeof(EveryModuleTests).Assembly.GetTypes().Except([typeof(Tax_keeps_the_contract)]))
            .ShouldHaveSingleItem().ShouldStartWith("CRED037 TaxModule");

    [Fact]
    public void The_folders_of_modules_are_what_is_tested()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "modules"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => "Credit.Modules." + Path.GetFileName(folder));
        ModuleCatalog.Discover().Assemblies.Select(assembly => assembly.GetName().Name!).ShouldBe(folders, ignoreOrder: true);
    }

    private static IEnumerable<string> WithoutSpecification(IEnumerable<Type> definitions, IEnumerable<Type> tests)
    {
        var specified = tests.Select(SpecifiedBy).OfType<Type>().ToHashSet();
        return definitions.Where(definition => !specified.Contains(definition)).Select(definition => ModuleDiagnostic.NotSpecified.Say(
            $"{definition.Name} has no specification. Add tests/Credit.Modules.Tests/<Name>Specification.cs with one line: public sealed class <Name>_keeps_the_contract : ModuleSpecification<{definition.Name}>;"));
    }

    private static Type? SpecifiedBy(Type test)
    {
        for (var parent = test.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(ModuleSpecification<>))
            {
                return parent.GenericTypeArguments[0];
            }
        }

        return null;
    }
}
