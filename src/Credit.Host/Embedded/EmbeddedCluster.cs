using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Credit.Host.Embedded;

/// <summary>
/// A private PostgreSQL cluster that lives and dies with the host. It is started again when it is killed, and stops
/// when the host is disposed or killed. Logins need the generated password, on the socket and on 127.0.0.1.
/// </summary>
internal sealed partial class EmbeddedCluster : IAsyncDisposable
{
    private const string Superuser = "credit";
    private const int RestartsInARow = 5;

    private readonly FileStream _lock;
    private readonly ServerHome _home;
    private readonly ServerBinaries _binaries;
    private readonly EmbeddedOptions _options;
    private readonly ILogger _logger;
    private readonly string _password;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _lost = new();
    private ServerProcess _server;
    private Task _watch = Task.CompletedTask;
    private readonly int _port;
    private bool _disposed;

    private EmbeddedCluster(
        FileStream @lock, ServerHome home, ServerBinaries binaries, EmbeddedOptions options, ILogger logger,
        string password, ServerProcess server, int port)
    {
        _lock = @lock;
        _home = home;
        _binaries = binaries;
        _options = options;
        _logger = logger;
        _password = password;
        _server = server;
        _port = port;
    }

    /// <summary>Process of the running server; another one after a restart.</summary>
    public int ProcessId => _server.Id;

    /// <summary>Folder of the cluster, its log and its password.</summary>
    public string Folder => _home.Folder;

    /// <summary>Cancelled when the server died again and again and is given up: the host should stop.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Creates the cluster on the first start; it takes the folder <c>postgresql</c> in the host's data directory.</summary>
    /// <exception cref="EmbeddedClusterException">Binaries are missing, the directory is in use, or the server refuses to start.</exception>
    public static async Task<EmbeddedCluster> StartAsync(
        string dataDirectory, EmbeddedOptions options, ILogger logger, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedClusterException(
                "内置数据库不支持 Windows。请以 --ConnectionStrings:Credit 指定 PostgreSQL 服务器。",
                "The embedded database does not run on Windows. Name a PostgreSQL server with --ConnectionStrings:Credit.");
        }

        dataDirectory = Path.GetFullPath(dataDirectory);
        Directory.CreateDirectory(dataDirectory);
        var @lock = Lock(dataDirectory);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(options.StartTimeout);
            var home = await ServerHome.OpenAsync(dataDirectory, logger, limit.Token);
            var binaries = await ServerBinaries.FindAsync(options.BinariesDirectory, home.Major, limit.Token);
            var password = await home.PasswordAsync(limit.Token);
            if (home.Major is null)
            {
                await CreateAsync(binaries, home, options, limit.Token);
            }

            await OrphanedServer.ClearAsync(home.Cluster, logger, limit.Token);
            RollLog(home.Log);
            await home.OpenSocketFolderAsync(limit.Token);
            var (server, port) = await LaunchAsync(binaries, home, options, FreePort(), mayMove: true, limit.Token);
            var cluster = new EmbeddedCluster(@lock, home, binaries, options, logger, password, server, port);
            cluster._watch = cluster.KeepAliveAsync();
            return cluster;
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            await @lock.DisposeAsync();
            throw new EmbeddedClusterException(
                $"内置数据库在 {options.StartTimeout.TotalSeconds:0} 秒内未能就绪，请查看 {dataDirectory} 下的 server.log。",
                $"The embedded database was not ready within {options.StartTimeout.TotalSeconds:0} seconds; see server.log below {dataDirectory}.",
                late);
        }
        catch
        {
            await @lock.DisposeAsync();
            throw;
        }
    }

    /// <summary>Superuser's way into a database, over the socket.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _home.SocketFolder,
        Port = _port,
        Username = Superuser,
        Password = _password,
        Database = database,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        await _watch;
        await _server.StopAsync(_options.StopTimeout);
        _server.Dispose();
        _home.CloseSocketFolder();
        await _lock.DisposeAsync();
        _stopping.Dispose();
        _lost.Dispose();
    }

    /// <summary>The kernel drops the lock with the process, however it ends.</summary>
    private static FileStream Lock(string dataDirectory)
    {
        try
        {
            return new FileStream(Path.Combine(dataDirectory, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new EmbeddedClusterException(
                $"数据目录 {dataDirectory} 正被另一个进程使用。请先停止它，或以 --DataDirectory 指定其他目录。",
                $"The data directory {dataDirectory} is in use by another host. Stop it, or name another one with --DataDirectory.",
                taken);
        }
    }

    /// <summary>Made under another name and renamed when complete: a kill in the middle leaves no half cluster.</summary>
    private static async Task CreateAsync(
        ServerBinaries binaries, ServerHome home, EmbeddedOptions options, CancellationToken cancellation)
    {
        var unfinished = home.Cluster + ".new";
        Tool made = new(1, "");
        // C.UTF-8 is missing on some systems; plain C sorts the same way.
        foreach (var locale in new[] { "C.UTF-8", "C" })
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            string[] arguments =
            [
                "-D", unfinished, "-E", "UTF8", $"--locale={locale}", "-U", Superuser, $"--pwfile={home.PasswordFile}",
                "--auth-local=scram-sha-256", "--auth-host=scram-sha-256",
                options.Volatile ? "--no-sync" : "--data-checksums",
            ];
            made = await Tool.RunAsync(binaries.InitDb, arguments, home.User, cancellation);
            if (made.Succeeded)
            {
                Directory.Move(unfinished, home.Cluster);
                return;
            }
        }

        throw new EmbeddedClusterException($"无法创建内置数据库：{made.Output}", $"Cannot create the embedded database: {made.Output}");
    }

    private static async Task<(ServerProcess Server, int Port)> LaunchAsync(
        ServerBinaries binaries, ServerHome home, EmbeddedOptions options, int port, bool mayMove, CancellationToken cancellation)
    {
        while (true)
        {
            var server = ServerProcess.Start(binaries, home, port, options);
            try
            {
                if (await server.BecomesReadyAsync(cancellation))
                {
                    return (server, port);
                }
            }
            catch (OperationCanceledException)
            {
                await server.StopAsync(options.StopTimeout);
                server.Dispose();
                throw;
            }

            var complaint = server.Complaint();
            server.Dispose();
            if (mayMove && complaint.Contains("could not bind", StringComparison.Ordinal))
            {
                port = FreePort();
            }
            else if (!complaint.Contains("pre-existing shared memory block", StringComparison.Ordinal))
            {
                throw new EmbeddedClusterException($"内置数据库无法启动：{complaint}", $"The embedded database does not start: {complaint}");
            }

            // Sessions of a killed server take a moment to notice and leave.
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    private async Task KeepAliveAsync()
    {
        var failures = 0;
        while (failures < RestartsInARow)
        {
            try
            {
                await _server.EndAsync(_stopping.Token);
                _logger.LogError("内置数据库意外终止，正在重新启动。 The embedded database ended unexpectedly; starting it again.");
                _server.DismissWatcher();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                limit.CancelAfter(_options.StartTimeout);
                var (next, _) = await LaunchAsync(_binaries, _home, _options, _port, mayMove: false, limit.Token);
                _server.Dispose();
                _server = next;
                failures = 0;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is EmbeddedClusterException or OperationCanceledException)
            {
                failures++;
                await Task.Delay(TimeSpan.FromSeconds(failures), CancellationToken.None);
                _logger.LogError(failure, "内置数据库重新启动失败。 The embedded database did not start again.");
            }
        }

        await _lost.CancelAsync();
    }

    private static void RollLog(string log)
    {
        const long Largest = 10 * 1024 * 1024;
        if (File.Exists(log) && new FileInfo(log).Length > Largest)
        {
            File.Move(log, log + ".1", overwrite: true);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
