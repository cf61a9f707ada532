using System.Security.Cryptography;
using System.Text;
using Credit.Core.Modules;
using Credit.Core.Modules.DropIn;
using Credit.Domain.Policy;
using Credit.Host.Startup;
using Credit.OData;
using Credit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Modules;

/// <summary>What the folder of modules lets in and what it does not, each with its own words.</summary>
public sealed partial class DropInRefusalTests : IDisposable
{
    private static readonly Lazy<byte[]> Sound = new(() => SampleModule.Build());

    private readonly DropFolder _drop = new();

    [Fact]
    public void The_folder_is_off_unless_it_is_configured()
    {
        _drop.Add(SampleModule.File, Sound.Value);
        ModuleCatalog.Discover(new ConfigurationBuilder().Build(), Compose).Modules.ShouldNotContain(module => module.Manifest.Key == "sample");
        Discover().Modules.ShouldContain(module => module.Manifest.Key == "sample");
    }

    [Fact]
    public void A_reviewed_module_shares_the_contract_of_the_host()
    {
        _drop.Add(SampleModule.File, Sound.Value);
        var module = Discover().Modules.Single(each => each.Manifest.Key == "sample");
        module.Definition.GetType().GetInterfaces().ShouldContain(typeof(Abstractions.ICreditModule));
        System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(module.Assembly).ShouldBeOfType<ModuleLoadContext>();
    }

    [Fact]
    public void A_link_out_of_the_folder_is_refused_even_to_what_was_reviewed()
    {
        var outside = Path.Combine(Path.GetDirectoryName(_drop.Folder)!, SampleModule.File);
        File.WriteAllBytes(outside, Sound.Value);
        File.CreateSymbolicLink(_drop.PathOf(SampleModule.File), outside);
        _drop.Allow(SampleModule.File);
        Refused().ShouldContain("Credit.Modules.Sample.dll is a link out of the folder");
    }

    [Fact]
    public void A_link_to_a_file_of_the_folder_is_followed()
    {
        _drop.Put("1.2.3", Sound.Value);
        File.CreateSymbolicLink(_drop.PathOf(SampleModule.File), "1.2.3");
        _drop.Allow(SampleModule.File);
        Standing(Discover()).State.ShouldBe(ModuleState.Loaded);
    }

    [Fact]
    public void A_module_of_another_contract_is_refused()
    {
        var other = SampleModule.Build("ModuleContract.Version)", "ModuleContract.Version + 1)");
        _drop.Add(SampleModule.File, other);
        Refused().ShouldContain("built for contract 2; this host speaks 1");

        using var optional = new DropFolder();
        optional.Add(SampleModule.File, other, optional: true);
        Standing(Discover(optional)).State.ShouldBe(ModuleState.Refused);
    }

    [Theory]
    [InlineData("Credit.Abstractions.dll")]
    [InlineData("Mine.dll")]
    public void A_copy_of_the_contract_beside_a_module_is_refused_under_any_name(string file)
    {
        _drop.Add(SampleModule.File, Sound.Value).Add(file, File.ReadAllBytes(typeof(Abstractions.ICreditModule).Assembly.Location));
        Refused().ShouldContain($"{file} is a copy of ");
    }

    [Fact]
    public void A_module_that_is_built_in_already_a_wrong_name_and_what_is_no_assembly_are_refused()
    {
        _drop.Add("Credit.Modules.Tax.dll", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Credit.Modules.Tax.dll")))
            .Add("Credit.Modules.Renamed.dll", Sound.Value)
            .Add("Credit.Modules.Text.dll", Encoding.UTF8.GetBytes("text"))
            .Add("Credit.Modules.Text.xml", Encoding.UTF8.GetBytes("text"));
        var refused = Refused();
        refused.ShouldContain("Credit.Modules.Tax.dll is built into this host already.");
        refused.ShouldContain("Credit.Modules.Renamed.dll holds the assembly Credit.Modules.Sample and must be called Credit.Modules.Sample.dll.");
        refused.ShouldContain("Credit.Modules.Text.dll is not a .NET assembly.");
        refused.ShouldContain("Credit.Modules.Text.xml holds no doc comments.");
    }

    [Fact]
    public void A_module_that_knows_more_of_the_platform_than_the_contract_is_refused()
    {
        // The core shows nothing public; a type forwarded to an assembly of its name leaves the same reference.
        _drop.Add(SampleModule.File, ModuleBuild.Compile(
            SampleModule.Assembly,
            SampleModule.Source.Replace("namespace Credit.Modules.Sample;", "[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Credit.Core.EntryPoint))]\nnamespace Credit.Modules.Sample;", StringComparison.Ordinal),
            libraries: [ModuleBuild.Compile("Credit.Core", "namespace Credit.Core; public sealed class EntryPoint;")]));
        Refused().ShouldContain("Credit.Modules.Sample.dll references Credit.Core; of the platform, a module may reference Credit.Abstractions only.");
    }

    [Fact]
    public void A_library_beside_a_module_is_used_when_it_was_reviewed_too()
    {
        var library = ModuleBuild.Compile("Sampling", "namespace Sampling; public static class Labels { public static string Title => \"样本\"; }");
        var module = ModuleBuild.Compile(
            SampleModule.Assembly,
            SampleModule.Source.Replace("\"样本\", ModuleContract", "Sampling.Labels.Title, ModuleContract", StringComparison.Ordinal),
            libraries: library);
        _drop.Add(SampleModule.File, module);
        Refused().ShouldContain("Credit.Modules.Sample.dll needs Sampling, which neither the host brings nor a reviewed file of the folder.");

        _drop.Put("Sampling.dll", library);
        Refused().ShouldContain("Sampling.dll is not in the list of reviewed files");

        _drop.Allow("Sampling.dll");
        var catalog = Discover();
        catalog.Modules.Single(each => each.Manifest.Key == "sample").Manifest.Title.ShouldBe("样本");
        catalog.Standings.ShouldNotContain(standing => standing.File == "Sampling.dll");
    }

    [Theory]
    [InlineData("System.Reflection.Assembly.Load(\"Credit.Core\").GetName().Name!", "uses System.Reflection.Assembly, ")]
    [InlineData("System.IO.File.ReadAllText(\"appsettings.json\")", "uses System.IO.File, ")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().ProcessName", "references System.Diagnostics.Process; ")]
    [InlineData("System.Environment.GetCommandLineArgs()[0]", "uses System.Environment.GetCommandLineArgs, ")]
    [InlineData("new System.Data.DataTable().TableName", "references System.Data.Common; ")]
    [InlineData("Sampling.Native.getpid().ToString()", "calls native code. ")]
    public void A_library_beside_a_module_keeps_the_rules_of_modules_though_it_was_reviewed(string title, string words)
    {
        var (module, library) = WithLibrary(title);
        _drop.Add(SampleModule.File, module).Add("Sampling.dll", library);

        var refused = Refused();

        refused.ShouldContain("Sampling.dll CRED001 is held to the rules of the modules it comes with, but it ");
        refused.ShouldContain(words);

        using var optional = new DropFolder();
        optional.Add(SampleModule.File, module, optional: true).Add("Sampling.dll", library, optional: true).Add("Credit.Modules.Sound.dll", SoundOther());
        var catalog = Discover(optional);
        Standing(catalog).Failure!.ShouldContain("needs Sampling, which neither the host brings nor a reviewed file of the folder.");
        catalog.Standings.Single(standing => standing.File == "Sampling.dll").State.ShouldBe(ModuleState.Refused);
        catalog.Modules.ShouldContain(each => each.Manifest.Key == "sound");
    }

    [Fact]
    public void A_library_of_a_library_is_held_to_them_too_and_none_reaches_the_core_or_a_database()
    {
        var core = ModuleBuild.Compile("Credit.Core", "namespace Credit.Core; public sealed class EntryPoint { public override string ToString() => \"core\"; }");
        var below = ModuleBuild.Compile("Below", "namespace Below; public static class Reach { public static string Title => new Credit.Core.EntryPoint().ToString(); }", libraries: [core]);
        var library = ModuleBuild.Compile("Sampling", "namespace Sampling; public static class Labels { public static string Title => Below.Reach.Title; }", libraries: [below]);
        _drop.Add(SampleModule.File, SampleModule.Build()).Add("Sampling.dll", library).Add("Below.dll", below);
        Refused().ShouldContain("Below.dll CRED001 is held to the rules of the modules it comes with, but it references Credit.Core;");

        using var raw = new DropFolder();
        var npgsql = File.ReadAllBytes(typeof(Npgsql.NpgsqlConnection).Assembly.Location);
        raw.Add(SampleModule.File, Sound.Value)
            .Add("Raw.dll", ModuleBuild.Compile("Raw", "public static class Raw { public static object Open() => new Npgsql.NpgsqlConnection(); }", libraries: [npgsql]));
        Refused(raw).ShouldContain("Raw.dll CRED001 is held to the rules of the modules it comes with, but it references Npgsql;");
    }

    [Fact]
    public void Text_of_a_dropped_in_constructor_is_not_told()
    {
        _drop.Add(SampleModule.File, SampleModule.Build("public void AddServices", "public SampleModule() => throw new InvalidOperationException(\"hunter2\");\n    public void AddServices"), optional: true);
        var standing = Standing(Discover());
        (standing.State, standing.Failure).ShouldBe((ModuleState.Failed, "broke with System.InvalidOperationException in Credit.Modules.Sample.SampleModule..ctor."));
    }

    [Fact]
    public void A_manifest_that_changes_after_it_was_judged_changes_nothing()
    {
        _drop.Add(SampleModule.File, SampleModule.Build(
            "public ModuleManifest Manifest { get; } = new(\"sample\", \"finance\", \"样本\", ModuleContract.Version);",
            "private int _asked;\n    public ModuleManifest Manifest => new(_asked++ == 0 ? \"sample\" : \"../tax\", \"finance\", \"样本\", ModuleContract.Version);"));
        Discover().Modules.ShouldContain(module => module.Manifest.Key == "sample");
    }

    [Theory]
    [InlineData("\"SamplesTaken\"", "\"MeasureTasks\"", ModuleState.Refused, "Two sets are called MeasureTasks")]
    [InlineData(".Key(each => each.Id)", "", ModuleState.Refused, "declares no key")]
    [InlineData("(\"sample\"", "(\"tax\"", ModuleState.Refused, "must be 'tax/'")]
    [InlineData("\"finance\"", "\"moon\"", ModuleState.Refused, "is not a department of the district")]
    [InlineData("public DateOnly TakenOn { get; init; }\n}\n\ninternal", "public DateOnly TakenOn { get; init; }\n    public Uri? Photo { get; init; }\n}\n\ninternal", ModuleState.Refused, "a report holds texts, numbers")]
    [InlineData("IConfiguration configuration)\n    {", "IConfiguration configuration)\n    {\n        services.AddSingleton<IFeedbackReports>(_ => null!);", ModuleState.Refused, "registers over IFeedbackReports")]
    [InlineData("static void Shape(ISetShape<SampleTakenRow> row) => row", "static void Shape(ISetShape<SampleTakenRow> row) => (DateTime.UtcNow.Year > 1 ? throw new InvalidOperationException(\"hunter2\") : row)", ModuleState.Failed, "broke with System.InvalidOperationException in Credit.Modules.Sample.SamplesTaken.Shape.")]
    [InlineData("IReadOnlyList<string> Answers { get; } = [\"P01\"]", "IReadOnlyList<string> Answers { get; } = [int.Parse(\"hunter2\").ToString()]", ModuleState.Failed, "broke with System.FormatException in Credit.Modules.Sample.SampleTakenFeedback..cctor.")]
    public void A_broken_module_stops_the_start_or_when_it_is_optional_is_listed_and_nothing_else_is_touched(string piece, string by, object state, string words)
    {
        var broken = SampleModule.Build(piece, by);
        _drop.Add(SampleModule.File, broken);
        Refused().ShouldContain(words);

        using var optional = new DropFolder();
        optional.Add(SampleModule.File, broken, optional: true).Add("Credit.Modules.Sound.dll", SoundOther(), optional: true);
        var catalog = Discover(optional);
        var standing = Standing(catalog);
        standing.State.ShouldBe((ModuleState)state);
        standing.Failure!.ShouldContain(words);
        standing.Failure!.ShouldNotContain("hunter2");
        standing.Module.ShouldBeNull();
        catalog.Modules.Select(module => module.Manifest.Key).ShouldBe([.. ModuleCatalog.Discover().Modules.Select(module => module.Manifest.Key).Append("sound").Order(StringComparer.Ordinal)]);
        catalog.Memoranda.ShouldNotContain(memorandum => memorandum.Code == "SAMPLE");
    }

    public void Dispose() => _drop.Dispose();

    private static byte[] SoundOther() => ModuleBuild.Compile("Credit.Modules.Sound", """
        using Credit.Abstractions;
        namespace Credit.Modules.Sound;
        public sealed class SoundModule : ICreditModule { public ModuleManifest Manifest { get; } = new("sound", "finance", "样本", ModuleContract.Version); }
        """);

    // A module that takes its title from a library, which makes it as told.
    private static (byte[] Module, byte[] Library) WithLibrary(string title)
    {
        var library = ModuleBuild.Compile("Sampling", $$"""
            namespace Sampling;
            public static class Labels { public static string Title => {{title}}; }
            {{(title.Contains("Native", StringComparison.Ordinal) ? "public static class Native { [System.Runtime.InteropServices.DllImport(\"c\")] public static extern int getpid(); }" : "")}}
            """);
        return (ModuleBuild.Compile(SampleModule.Assembly, SampleModule.Source.Replace("\"样本\", ModuleContract", "Sampling.Labels.Title, ModuleContract", StringComparison.Ordinal), libraries: library), library);
    }

    private static ModuleStanding Standing(ModuleCatalog catalog) => catalog.Standings.Single(standing => standing.File == SampleModule.File);

    private static void Compose(ModuleCatalog candidate)
    {
        candidate.ThrowIfUnfit(new ServiceCollection());
        _ = FeedEndpoints.Compose(candidate.Modules);
    }

    private static ModuleCatalog Discover(DropFolder drop, params string[] further) => Discover([.. drop.Settings, .. further]);

    private static ModuleCatalog Discover(string[] settings) => ModuleCatalog.Discover(new ConfigurationBuilder().AddCommandLine(settings).Build(), Compose);

    private ModuleCatalog Discover() => Discover(_drop);

    private static string Refused(DropFolder drop, params string[] further) => Should.Throw<ModulesRefusedException>(() => Discover(drop, further)).Message;

    private string Refused(params string[] further) => Refused(_drop, further);

    private void Sign(ECDsa key) => File.WriteAllBytes(
        _drop.PathOf(SampleModule.File + ".sig"), key.SignData(Sound.Value, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
