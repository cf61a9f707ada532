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

/// <summary>The list of what was reviewed, and the signature that stands for it.</summary>
public sealed partial class DropInRefusalTests
{
    [Fact]
    public void A_file_nobody_reviewed_stops_the_start()
    {
        _drop.Put(SampleModule.File, Sound.Value);
        Refused().ShouldContain("Credit.Modules.Sample.dll is not in the list of reviewed files and has no signature.");
    }

    [Fact]
    public void A_file_altered_after_its_review_stops_the_start_or_is_listed_when_it_is_optional()
    {
        _drop.Add(SampleModule.File, Sound.Value, optional: false).Put(SampleModule.File, [.. Sound.Value, 0]);
        Refused().ShouldContain("Credit.Modules.Sample.dll was altered after its review");

        using var other = new DropFolder();
        other.Add(SampleModule.File, Sound.Value, optional: true).Put(SampleModule.File, [.. Sound.Value, 0]);
        var standing = Standing(Discover(other));
        standing.State.ShouldBe(ModuleState.Refused);
        standing.Failure!.ShouldStartWith("was altered after its review: its SHA-256 is ");
        standing.Module.ShouldBeNull();
    }

    [Fact]
    public void The_list_and_the_key_do_not_lie_in_the_folder_they_guard()
    {
        _drop.Add(SampleModule.File, Sound.Value);
        File.Copy(_drop.List, _drop.PathOf("own.json"));
        Refused("--Modules:AllowList", _drop.PathOf("own.json")).ShouldContain("Modules:AllowList lies in the folder it guards");
        File.CreateSymbolicLink(_drop.Folder + ".link", _drop.Folder);
        Refused("--Modules:Folder", _drop.Folder + ".link", "--Modules:AllowList", _drop.PathOf("own.json")).ShouldContain("Modules:AllowList lies in the folder it guards");
    }

    [Fact]
    public void A_reviewed_file_that_is_missing_stops_the_start()
    {
        _drop.Add(SampleModule.File, Sound.Value);
        File.Delete(_drop.PathOf(SampleModule.File));
        Refused().ShouldContain("Credit.Modules.Sample.dll is in the list of reviewed files but not in the folder.");
    }

    [Fact]
    public void A_signature_of_the_reviewers_stands_for_a_line_of_the_list()
    {
        using var reviewers = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var strangers = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _drop.Put(SampleModule.File, Sound.Value);
        var pem = _drop.List + ".pem";
        File.WriteAllText(pem, reviewers.ExportSubjectPublicKeyInfoPem());
        Sign(strangers);
        Refused().ShouldContain("no key is configured");
        Refused("--Modules:PublicKey", pem).ShouldContain("has a signature that is not by the reviewers' key over this file.");
        Sign(reviewers);
        Standing(Discover(_drop, "--Modules:PublicKey", pem)).State.ShouldBe(ModuleState.Loaded);
        _drop.Put(SampleModule.File, [.. Sound.Value, 0]);
        Refused("--Modules:PublicKey", pem).ShouldContain("has a signature that is not by the reviewers' key over this file.");
        File.WriteAllText(_drop.PathOf(SampleModule.File + ".sig"), "no signature");
        Refused("--Modules:PublicKey", pem).ShouldContain("has a signature that is not by the reviewers' key over this file.");

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(pem, other.ExportSubjectPublicKeyInfoPem());
        Refused("--Modules:PublicKey", pem).ShouldContain("not a PEM file with an ECDSA key on the curve P-256");
    }

    [Theory]
    [InlineData("{}", "cannot be read")]
    [InlineData("""[{"file": "a.dll", "sha256": "00", "reviewer": "", "reviewedOn": "2026-11-20"}]""", "the SHA-256 of a.dll is not 64 hexadecimal digits")]
    [InlineData("""[{"file": "a.dll", "sha256": "00", "reviewer": "", "reviewedOn": "2026-11-20"}]""", "a.dll names no reviewer")]
    [InlineData("""[{"file": "../a.dll", "sha256": "00", "reviewer": "李", "reviewedOn": "2026-11-20"}]""", "is not a file name without a folder")]
    [InlineData("""[{"file": "a.dll", "sha256": "00", "reviewer": "李"}]""", "cannot be read")]
    [InlineData("""[{"file": "a.dll", "sha256": "00", "reviewer": "李", "reviewedOn": "2026-11-20", "optionl": true}]""", "cannot be read")]
    public void A_list_that_is_not_plain_stops_the_start(string list, string words)
    {
        File.WriteAllText(_drop.List, list);
        Refused().ShouldContain(words);
    }

    [Fact]
    public void The_settings_may_hold_the_list_and_no_file_stands_in_it_twice()
    {
        _drop.Put(SampleModule.File, Sound.Value);
        string[] lines =
        [
            "--Modules:Folder", _drop.Folder, "--Modules:Allow:0:File", SampleModule.File, "--Modules:Allow:0:Sha256", AllowedFile.HashOf(Sound.Value),
            "--Modules:Allow:0:Reviewer", "李审核", "--Modules:Allow:0:ReviewedOn", "2026-11-20",
        ];
        Standing(Discover(lines)).State.ShouldBe(ModuleState.Loaded);

        _drop.Allow(SampleModule.File);
        Should.Throw<ModulesRefusedException>(() => Discover([.. lines, "--Modules:AllowList", _drop.List])).Message.ShouldContain("stands in it more than once");
    }

    [Fact]
    public void The_command_prints_the_line_that_lets_the_file_in()
    {
        _drop.Put(SampleModule.File, Sound.Value);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        ModuleHash.Run([_drop.PathOf(SampleModule.File), "李审核", "--optional"], output, errors).ShouldBe(0);

        output.ToString().ShouldContain("\"reviewer\":\"李审核\"");
        output.ToString().ShouldContain($"\"reviewedOn\":\"{TimeProvider.System.Today():yyyy-MM-dd}\"");
        File.WriteAllText(_drop.List, $"[{output}]");
        Standing(Discover()).State.ShouldBe(ModuleState.Loaded);
        ModuleHash.Run([_drop.PathOf("absent.dll")], output, errors).ShouldBe(2);
        errors.ToString().ShouldContain("must exist");
    }
}
