using System.Globalization;

namespace Credit.Host.Embedded;

/// <summary>What <c>postmaster.pid</c> says; it outlives a killed server.</summary>
internal sealed record PostmasterFile(int ProcessId, bool Ready)
{
    /// <summary>Null when there is no such file, or none that is complete yet.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                ? new PostmasterFile(process, lines.Length > 7 && lines[7].Trim() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
