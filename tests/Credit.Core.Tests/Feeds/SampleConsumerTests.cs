using System.Diagnostics;
using Credit.Testing;

namespace Credit.Core.Tests.Feeds;

/// <summary>The sample consumers of <c>docs/samples/replica</c>, run as a partner would run them.</summary>
public sealed class SampleConsumerTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Theory]
    [InlineData("python3", "replica.py")]
    [InlineData("dotnet", "run", "csharp/Replica.cs")]
    public async Task A_sample_keeps_a_copy_survives_a_long_sleep_and_proves_it(params string[] command)
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(30);
        await district.FollowAsync();
        var folder = Directory.CreateTempSubdirectory("credit-replica-");
        try
        {
            // As a partner has it: outside of this repository and its build.
            var (sample, file) = (Path.GetFileName(command[^1]), Path.Combine(folder.FullName, "copy"));
            File.Copy(Path.Combine(Repository.Root, "docs", "samples", "replica", command[^1]), Path.Combine(folder.FullName, sample));
            command[^1] = sample;
            (await RunAsync(command, file)).ShouldContain("proved");

            await ChangeAllAsync(seeded);
            var second = await RunAsync(command, file);
            second.ShouldContain($"{(await FeedDistrict.NowAsync(client, "/odata/public/ListEntries")).Count} rows, proved");
            second.ShouldNotContain("snapshot");

            await ChangeAllAsync(seeded);
            await district.CompactAsync();
            var third = await RunAsync(command, file);
            third.ShouldContain("starting from the snapshot");
            third.ShouldContain("rows, proved");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task ChangeAllAsync(IReadOnlyList<Guid> seeded)
    {
        for (var i = 0; i < seeded.Count; i++)
        {
            await district.ChangeAsync(seeded[i], i);
        }

        await district.FollowAsync();
    }

    private async Task<string> RunAsync(string[] command, string file)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(file) };
        foreach (var argument in command[1..].Concat([district.Address.ToString().TrimEnd('/'), "ListEntries", file]))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{await output}{await errors}");
        return await output;
    }
}
