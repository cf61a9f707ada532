using System.Diagnostics;
using System.Globalization;

namespace Credit.Host.Embedded;

/// <summary>One run of the server, from launch to exit.</summary>
internal sealed class ServerProcess : IDisposable
{
    // The shell becomes the server. What it leaves behind waits on our pipe: a line means "all is well, leave",
    // its end means that the host is dead, and the server follows with a fast shutdown. The watcher is orphaned on
    // purpose (the server would take the end of an unknown child for a crash), and the server gets a session of its own
    // so that Ctrl-C reaches the host only, which still needs its database.
    private const string Launch = """
        log=$1; shift
        exec 3<&0 </dev/null >>"$log" 2>&1
        ( ( trap '' INT TERM HUP; read -r word || kill -INT $$ ) <&3 & )
        if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"; fi
        exec "$@" 3<&-
        """;

    private readonly Process _process;
    private readonly ServerHome _home;
    private readonly long _logStart;

    private ServerProcess(Process process, ServerHome home, long logStart)
    {
        _process = process;
        Id = process.Id;
        _home = home;
        _logStart = logStart;
    }

    public int Id { get; }

    public static ServerProcess Start(ServerBinaries binaries, ServerHome home, int port, EmbeddedOptions options)
    {
        var logStart = File.Exists(home.Log) ? new FileInfo(home.Log).Length : 0;
        string[] arguments =
        [
            "-c", Launch, "sh", home.Log, binaries.Postgres, "-D", home.Cluster,
            .. Settings(home, port, options).SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" }),
        ];
        var process = new Process { StartInfo = Tool.StartInfo("/bin/sh", arguments, home.User) };
        process.Start();
        return new ServerProcess(process, home, logStart);
    }

    /// <summary>True when the server takes connections, false when it ended before it did.</summary>
    public async Task<bool> BecomesReadyAsync(CancellationToken cancellation)
    {
        while (!_process.HasExited)
        {
            if (PostmasterFile.Read(_home.Cluster) is { Ready: true } state && state.ProcessId == Id)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }

        return false;
    }

    public Task EndAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>What this run wrote to the log, at most its last 4 KiB.</summary>
    public string Complaint()
    {
        if (!File.Exists(_home.Log))
        {
            return "";
        }

        using var log = new FileStream(_home.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = Math.Max(Math.Min(_logStart, log.Length), log.Length - 4096);
        using var reader = new StreamReader(log);
        return reader.ReadToEnd();
    }

    /// <summary>Fast shutdown; an immediate one, then a kill, when that takes too long. The next start recovers either.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        DismissWatcher();
        foreach (var (signal, wait) in new[] { ("INT", patience), ("QUIT", TimeSpan.FromSeconds(5)), ("KILL", TimeSpan.FromSeconds(5)) })
        {
            if (_process.HasExited)
            {
                return;
            }

            await Signals.SendAsync(Id, signal, CancellationToken.None);
            using var limit = new CancellationTokenSource(wait);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The next, harder signal follows.
            }
        }
    }

    public void Dispose()
    {
        DismissWatcher();
        _process.Dispose();
    }

    /// <summary>Tells the watcher that the server's end is known here; safe to repeat.</summary>
    public void DismissWatcher()
    {
        try
        {
            _process.StandardInput.WriteLine("leave");
            _process.StandardInput.Close();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // No reader, no watcher.
        }
    }

    private static Dictionary<string, string> Settings(ServerHome home, int port, EmbeddedOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = home.SocketFolder,
            ["unix_socket_permissions"] = "0700",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = "256MB",
            ["max_wal_size"] = "2GB",
            ["random_page_cost"] = "1.1",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_destination"] = "stderr",
            ["logging_collector"] = "off",
            // Errors quote keys and values, and those may name a person: the host reports them without the values.
            ["log_min_messages"] = "log",
            ["log_min_error_statement"] = "panic",
            ["log_error_verbosity"] = "terse",
            ["log_checkpoints"] = "off",
            ["fsync"] = options.Volatile ? "off" : "on",
            ["synchronous_commit"] = options.Volatile ? "off" : "on",
            ["full_page_writes"] = options.Volatile ? "off" : "on",
        };
        if (options.Volatile)
        {
            settings["wal_level"] = "minimal";
            settings["max_wal_senders"] = "0";
            settings["autovacuum"] = "off";
        }

        return settings;
    }
}
