using System.Diagnostics;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Modules.PublicResourceTrading.Feedback;
using Credit.Modules.Tax;
using Credit.Modules.Tests.Planted;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Modules.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void The_same_module_twice_is_refused_with_every_key_it_takes()
    {
        var assembly = typeof(TaxModule).Assembly;
        var refused = Should.Throw<ModulesRefusedException>(() => From(assembly, assembly));
        refused.Reasons.ShouldContain(reason => reason.Contains("'tax'", StringComparison.Ordinal));
        refused.Reasons.ShouldContain(reason => reason.Contains("'TAX-BLACK version 1'", StringComparison.Ordinal));
        refused.Reasons.ShouldContain(reason => reason.Contains("'tax/grade-set-to-d'", StringComparison.Ordinal));
    }

    [Fact]
    public void An_assembly_without_a_definition_is_refused() =>
        Should.Throw<ModulesRefusedException>(() => From(typeof(ICreditModule).Assembly)).Reasons
            .ShouldHaveSingleItem().ShouldContain("exactly one");

    [Fact]
    public void A_module_that_knows_more_than_the_contract_is_refused_before_it_runs() =>
        Should.Throw<ModulesRefusedException>(() => From(typeof(ForeignModule).Assembly)).Reasons
            .ShouldContain(reason => reason.Contains("references Credit.Core", StringComparison.Ordinal));

    [Fact]
    public void Every_reason_against_a_start_begins_with_an_id_that_has_a_page()
    {
        var assembly = typeof(TaxModule).Assembly;
        var reasons = Should.Throw<ModulesRefusedException>(() => From(assembly, assembly)).Reasons
            .Concat(Should.Throw<ModulesRefusedException>(() => From(typeof(ForeignModule).Assembly)).Reasons);
        reasons.ShouldAllBe(reason => ModuleDiagnostic.All.Any(rule => reason.StartsWith(rule.Id + " ", StringComparison.Ordinal) && reason.EndsWith(rule.Page + ".", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("CRED015", "\"/plans\"", "\"/feedback/plans\"")]
    [InlineData("CRED016", ".WithSummary(\"Plans.\")", ".AllowAnonymous()")]
    public async Task An_endpoint_that_is_open_or_not_its_own_stops_the_start(string id, string sound, string spoilt)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(TimeProvider.System)
            .AddModules(From(PlantedModule.Load(PlantedModule.Source.Replace(sound, spoilt, StringComparison.Ordinal), PlantedModule.Memorandum)), builder.Configuration);
        await using var app = builder.Build();
        Should.Throw<ModulesRefusedException>(() => app.MapGroup("/api").MapModules()).Reasons.ShouldHaveSingleItem().ShouldStartWith(id);
    }

    [Fact]
    public async Task Implementing_a_role_is_the_registration()
    {
        var catalog = ModuleCatalog.Discover();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddModules(catalog, new ConfigurationBuilder().Build());
        await using var provider = services.BuildServiceProvider();
        var containers = provider.GetRequiredService<ModuleContainers>();
        using var scope = containers.Open("trading", provider);
        scope.ServiceProvider.GetService(typeof(IFeedback<RefusedBid>)).ShouldBeOfType<RefusedBidFeedback>();
        provider.GetRequiredService<ModuleCatalog>().Criteria.Count.ShouldBe(catalog.Criteria.Count);
        provider.GetServices<IMemorandum>().ShouldBe(catalog.Memoranda, ignoreOrder: true);
        foreach (var set in catalog.Sets)
        {
            using var own = containers.Open(set.Module, provider);
            own.ServiceProvider.GetService(typeof(IEntitySet<>).MakeGenericType(set.RowType)).ShouldBeOfType(set.SetType);
        }
    }

    [Fact]
    public void Departments_are_found_by_key_code_and_name()
    {
        var directory = DepartmentDirectory.Load();
        directory.Find("tax")!.Name.ShouldBe("任城区税务局");
        directory.FindByCode("11370811TX0000044P")!.Key.ShouldBe("tax");
        directory.FindByName("国家税务总局济宁市任城区税务局")!.Key.ShouldBe("tax");
        directory.FindByName("区公共资源交易中心")!.Key.ShouldBe("public-resource-trading");
        directory.All.Count(department => department.LeadOffice).ShouldBe(1);
        directory.All.Where(department => department.Kind is BodyKind.Association or BodyKind.FinancialInstitution)
            .ShouldAllBe(department => !department.MayRecognise);
        ReferenceFile.Read<Dictionary<string, string[]>>("ministries.json").Values.SelectMany(keys => keys)
            .ShouldAllBe(key => directory.Find(key) != null);
    }

    [Fact]
    public void The_district_manages_thirteen_streets_and_two_towns()
    {
        var managed = Area.LoadAll().Where(area => area.ManagedByDistrict).ToList();
        managed.Count(area => area.Kind == "Street").ShouldBe(13);
        managed.Count(area => area.Kind == "Town").ShouldBe(2);
    }

    [Fact]
    public async Task A_module_that_references_more_than_the_contract_does_not_build()
    {
        var folder = Directory.CreateTempSubdirectory("cred001-");
        try
        {
            var modules = Path.Combine(Repository.Root, "modules");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Directory.Packages.props"), $"""<Project><Import Project="{Repository.Root}/Directory.Packages.props" /></Project>""");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Directory.Build.props"), $"""<Project><Import Project="{modules}/Directory.Build.props" /></Project>""");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Directory.Build.targets"), $"""<Project><Import Project="{modules}/Directory.Build.targets" /></Project>""");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Planted.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <ItemGroup>
                    <ProjectReference Include="{Repository.Root}/src/Credit.Core/Credit.Core.csproj" />
                    <PackageReference Include="Npgsql" />
                  </ItemGroup>
                </Project>
                """);
            using var build = Process.Start(new ProcessStartInfo("dotnet", "build Planted.csproj -nodeReuse:false -v q")
            {
                WorkingDirectory = folder.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            })!;
            var output = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            build.ExitCode.ShouldNotBe(0);
            output.ShouldContain("error CRED001");
            output.ShouldContain("Credit.Core, Npgsql");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ModuleCatalog From(params System.Reflection.Assembly[] assemblies) =>
        ModuleCatalog.From(assemblies, DepartmentDirectory.Load(), CanonicalMeasures.Load());
}

/// <summary>A module nobody should run: it lives in an assembly that knows the core.</summary>
public sealed class ForeignModule : ICreditModule
{
    public ModuleManifest Manifest { get; } = new("foreign", "moon", "外来", ModuleContract.Version + 1);
}
