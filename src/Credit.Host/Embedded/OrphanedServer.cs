using System.Diagnostics;

namespace Credit.Host.Embedded;

/// <summary>
/// What an earlier host left running or lying about. The caller holds the lock of the data directory, so no living
/// host owns the server found here.
/// </summary>
internal static class OrphanedServer
{
    /// <exception cref="EmbeddedClusterException">A server runs on these files and cannot be ended by us.</exception>
    public static async Task ClearAsync(string cluster, ILogger logger, CancellationToken cancellation)
    {
        // Without /proc the server itself decides whether the other one lives.
        if (PostmasterFile.Read(cluster) is not { } left || !Directory.Exists("/proc/self"))
        {
            return;
        }

        if (!Directory.Exists(Of(left.ProcessId)))
        {
            return;
        }

        if (!IsServerProcess(left.ProcessId))
        {
            // The number belongs to somebody else by now, typical of a restarted container; the server would refuse to start.
            File.Delete(PostmasterFile.PathIn(cluster));
            return;
        }

        if (!WorksIn(left.ProcessId, cluster))
        {
            // Another cluster's server took the number.
            File.Delete(PostmasterFile.PathIn(cluster));
            return;
        }

        logger.LogWarning(
            "上次运行遗留的数据库进程 {Process} 正在关闭。 Stopping database process {Process} left by an earlier run.",
            left.ProcessId, left.ProcessId);
        foreach (var (signal, patience) in new[] { ("INT", 30), ("QUIT", 5), ("KILL", 5) })
        {
            await Signals.SendAsync(left.ProcessId, signal, cancellation);
            if (await EndsAsync(left.ProcessId, TimeSpan.FromSeconds(patience), cancellation))
            {
                return;
            }
        }

        throw StillRunning(left.ProcessId, cluster, inner: null);
    }

    private static async Task<bool> EndsAsync(int process, TimeSpan patience, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < patience)
        {
            if (!IsServerProcess(process))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }

        return false;
    }

    /// <summary>False for another program, for no process and for one that has ended and only waits to be reaped.</summary>
    private static bool IsServerProcess(int process)
    {
        try
        {
            // "pid (name) state …"
            var stat = File.ReadAllText(Path.Combine(Of(process), "stat"));
            var name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];
            var state = stat[stat.LastIndexOf(')') + 2];
            return name is "postgres" or "postmaster" && state is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool WorksIn(int process, string cluster)
    {
        try
        {
            var folder = new DirectoryInfo(Path.Combine(Of(process), "cwd")).ResolveLinkTarget(returnFinalTarget: false);
            return folder is not null && Path.TrimEndingDirectorySeparator(folder.FullName) == RealPath(cluster);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            throw StillRunning(process, cluster, hidden);
        }
    }

    /// <summary>The path the kernel reports: every link on the way resolved.</summary>
    private static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here;
    }

    private static string Of(int process) => $"/proc/{process}";

    private static EmbeddedClusterException StillRunning(int process, string cluster, Exception? inner) => new(
        $"进程 {process} 仍在使用数据库目录 {cluster}，且无法关闭。请先停止该进程。",
        $"Process {process} still uses the database folder {cluster} and cannot be stopped. Stop it first.",
        inner);
}
