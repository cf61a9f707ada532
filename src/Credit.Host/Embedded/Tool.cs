using System.Diagnostics;

namespace Credit.Host.Embedded;

/// <summary>One finished run of a command that ends by itself.</summary>
internal sealed record Tool(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Waits for the end. Only root may choose a user; null is the host's own.</summary>
    public static async Task<Tool> RunAsync(
        string file, IEnumerable<string> arguments, string? user, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(file, arguments, user) };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.Start();
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new Tool(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static ProcessStartInfo StartInfo(string file, IEnumerable<string> arguments, string? user)
    {
        // The root folder, because another account may not be allowed into ours.
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        if (user is not null)
        {
            start.UserName = user;
        }

        // A caller's PGDATA, PGPORT or PGOPTIONS must not reach a cluster that is not theirs.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
