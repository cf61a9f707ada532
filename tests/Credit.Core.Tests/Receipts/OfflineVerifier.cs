using System.Diagnostics;
using Credit.Testing;

namespace Credit.Core.Tests.Receipts;

/// <summary>The samples of <c>docs/samples/verify-receipt</c>, run as whoever holds a receipt runs them.</summary>
internal sealed class OfflineVerifier : IDisposable
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("credit-verify-").FullName;

    private static string Sample => Path.Combine(Repository.Root, "docs", "samples", "verify-receipt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Puts keys and a document before both samples; both must come to the same end.</summary>
    /// <returns>0 for genuine, 2 for not, 3 where they cannot tell, 4 for a genuine replay; and what they said.</returns>
    public async Task<(int Code, string Told)> VerifyAsync(string keys, string document, bool pythonAlone = false)
    {
        var (keysFile, file) = (Path.Combine(_folder, "keys.json"), Path.Combine(_folder, "document.json"));
        await File.WriteAllTextAsync(keysFile, keys);
        await File.WriteAllTextAsync(file, document);
        var (code, told) = await RunAsync("python3", Path.Combine(Sample, "verify.py"), keysFile, file);
        if (!pythonAlone)
        {
            var (also, said) = await RunAsync("dotnet", await Built.Value, keysFile, file);
            also.ShouldBe(code, $"{told}\n{said}");
        }

        return (code, told);
    }

    private static async Task<string> BuildAsync()
    {
        var output = Path.Combine(Path.GetTempPath(), $"credit-verify-receipt-{Environment.ProcessId}");
        var (code, told) = await RunAsync("dotnet", "build", Path.Combine(Sample, "VerifyReceipt.csproj"), "-o", output, "-v", "q", "--nologo", $"-p:BaseIntermediateOutputPath={output}/obj/");
        code.ShouldBe(0, told);
        return Path.Combine(output, "VerifyReceipt.dll");
    }

    private static async Task<(int Code, string Told)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (told, fault) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await told + await fault);
    }
}
