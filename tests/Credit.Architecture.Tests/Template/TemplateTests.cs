using System.Diagnostics;
using Credit.Testing;

namespace Credit.Architecture.Tests.Template;

/// <summary>
/// A module made from the template builds, keeps the contract and appears everywhere, and no file that was there is edited.
/// It builds in a copy of the repository, over what is already built, and is the slowest test of all: about a minute.
/// </summary>
public sealed class TemplateTests : IDisposable
{
    private const string Off = "-p:RunAnalyzers=false";

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private readonly string _folder = Directory.CreateTempSubdirectory("credit-template-").FullName;

    [Fact]
    public async Task A_module_from_the_template_is_tested_and_served_without_an_edit_of_what_was_there()
    {
        Copy();
        var before = Sources();
        await DotnetAsync("new", "install", "modules/_template", "--debug:custom-hive", Path.Combine(_folder, ".hive"));
        await DotnetAsync("new", "credit-module", "-n", "SampleWorks", "--department", "water", "--answers", "P02", "--domain", "样本领域", "--debug:custom-hive", Path.Combine(_folder, ".hive"));

        await DotnetAsync("restore", "tests/Credit.Architecture.Tests");
        await DotnetAsync("restore", "tests/Credit.Modules.Tests");
        await BuildAsync("modules/SampleWorks");
        await BuildAsync("tests/Credit.Conformance", Off);
        await BuildAsync("tests/Credit.Modules.Tests", Off);
        await BuildAsync("src/Credit.Host", Off);
        await BuildAsync("tests/Credit.Testing", Off);
        await BuildAsync("tests/Credit.Architecture.Tests", Off);

        var kit = await TestAsync("tests/Credit.Modules.Tests", "FullyQualifiedName~SampleWorks_keeps_the_contract|FullyQualifiedName~EveryModuleTests");
        kit.ShouldContain("Passed!");
        var appearance = await TestAsync("tests/Credit.Architecture.Tests", "FullyQualifiedName~ModuleAppearanceTests|FullyQualifiedName~ODataSpec|FullyQualifiedName~NameTests|FullyQualifiedName~CodeTests");
        appearance.ShouldContain("Passed!");

        (await File.ReadAllTextAsync(Path.Combine(_folder, "api-specs", "odata.official.v1.csdl.xml"))).ShouldContain("EntitySet Name=\"SampleWorksSupervisions\"");
        var after = Sources();
        after.Keys.Except(before.Keys).ShouldAllBe(file => file.StartsWith("modules/SampleWorks/") || file == "tests/Credit.Modules.Tests/SampleWorksSpecification.cs");
        before.Where(file => after[file.Key] != file.Value).Select(file => file.Key).ShouldAllBe(file => file.EndsWith("/packages.lock.json") || file.StartsWith("api-specs/"));
    }

    [Fact]
    public void The_lock_file_of_the_template_is_that_of_every_module() =>
        File.ReadAllText(Path.Combine(Repository.Root, "modules/_template/modules/ModuleName/packages.lock.json"))
            .ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "modules/Tax/packages.lock.json")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What is built is copied with its times, so that only the new module and what lists the modules is built anew.
    private void Copy()
    {
        foreach (var file in new DirectoryInfo(Repository.Root).EnumerateFiles().Where(file => !file.Name.StartsWith(".git", StringComparison.Ordinal)))
        {
            file.CopyTo(Path.Combine(_folder, file.Name));
        }

        string[] folders =
        [
            "src", "modules", "api-specs", "docs", "tests/Credit.Conformance", "tests/Credit.Modules.Tests", "tests/Credit.Architecture.Tests", "tests/Credit.Testing",
        ];
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.Copy(Path.Combine(Repository.Root, "tests", "Directory.Build.props"), Path.Combine(_folder, "tests", "Directory.Build.props"));
    }

    private Dictionary<string, string> Sources() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !file.StartsWith(".hive/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(_folder, file)));

    private Task<string> BuildAsync(string project, params string[] further) =>
        DotnetAsync(["build", project, "-c", Configuration, "-v", "q", "--nologo", "--no-restore", "-p:BuildProjectReferences=false", .. further]);

    private Task<string> TestAsync(string project, string filter) => DotnetAsync("test", project, "-c", Configuration, "--no-build", "--nologo", "--filter", filter);

    private async Task<string> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["MSBUILDDISABLENODEREUSE"] = "1", ["CI"] = "", ["DOTNET_NOLOGO"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
