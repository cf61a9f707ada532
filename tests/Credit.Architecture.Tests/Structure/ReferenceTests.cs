using System.Reflection;
using Credit.Architecture.Tests.Reading;

namespace Credit.Architecture.Tests.Structure;

/// <summary>Who may know whom. References are read from the compiled assemblies: what is not used is not a reference.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] SharedFramework = ["System", "Microsoft.AspNetCore", "Microsoft.Extensions"];

    [Fact]
    public void The_domain_knows_nothing_but_the_base_library() => Foreign(House.Domain, "System").ShouldBeEmpty();

    [Fact]
    public void The_contract_knows_the_domain_and_the_shared_framework() =>
        Foreign(House.Abstractions, ["Credit.Domain", .. SharedFramework]).ShouldBeEmpty();

    [Fact]
    public void The_contract_shows_no_JSON_library() =>
        House.Abstractions.GetReferencedAssemblies().Select(reference => reference.Name).ShouldNotContain("System.Text.Json");

    [Fact]
    public void A_module_knows_the_contract_and_what_it_shows_and_no_other_module()
    {
        House.Modules.Count.ShouldBeGreaterThan(2);
        foreach (var module in House.Modules)
        {
            Foreign(module, ["Credit.Abstractions", "Credit.Domain", .. SharedFramework]).ShouldBeEmpty(module.GetName().Name);
        }
    }

    [Fact]
    public void The_core_knows_neither_feeds_nor_host_nor_modules() =>
        OwnOf(House.Core).Where(name => name is not ("Credit.Domain" or "Credit.Abstractions"))
            .Concat(Named(House.Core, "Microsoft.OData", "Microsoft.AspNetCore.OData", "OpenIddict", "Swashbuckle")).ShouldBeEmpty();

    [Fact]
    public void The_feeds_know_the_core_and_neither_host_nor_modules() =>
        OwnOf(House.OData).Where(name => name is not ("Credit.Domain" or "Credit.Abstractions" or "Credit.Core"))
            .Concat(Named(House.OData, "OpenIddict", "Swashbuckle")).ShouldBeEmpty();

    [Fact]
    public void The_host_names_no_module() => OwnOf(House.Host).Where(name => name.StartsWith("Credit.Modules.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void A_foreign_reference_is_found()
    {
        // The core seen as if it were the domain, the host as if it were the core.
        Foreign(House.Core, "System").ShouldContain("Microsoft.EntityFrameworkCore");
        Foreign(House.Core, "System").ShouldContain("Credit.Abstractions");
        OwnOf(House.Host).ShouldContain("Credit.OData");
        Named(House.OData, "Microsoft.OData").ShouldContain("Microsoft.OData.Core");
        Foreign(typeof(ReferenceTests).Assembly, "System", "Credit").ShouldContain("Shouldly");
    }

    private static IEnumerable<string> Foreign(Assembly assembly, params string[] allowed) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !Array.Exists(allowed, prefix => IsOrIsBelow(name, prefix)));

    private static IEnumerable<string> Named(Assembly assembly, params string[] prefixes) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => Array.Exists(prefixes, prefix => IsOrIsBelow(name, prefix)));

    private static IEnumerable<string> OwnOf(Assembly assembly) => Named(assembly, "Credit");

    private static bool IsOrIsBelow(string name, string prefix) =>
        name == prefix || (name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '.');
}
