// File modes do not exist on Windows, where the cluster refuses to start.
#pragma warning disable CA1416

using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Credit.Host.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Credit.Core.Tests.Embedded;

public sealed class EmbeddedClusterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("credit-embedded-").FullName;

    public EmbeddedClusterTests()
    {
        // A server that may not run as root must be able to enter.
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_register_written_before_a_stop_is_there_after_the_next_start()
    {
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
        }

        await using var second = await StartAsync();
        (await ReadAsync(second)).ShouldBe("kept");
    }

    [Fact]
    public async Task A_killed_server_comes_back_by_itself_with_its_data()
    {
        await using var cluster = await StartAsync();
        await WriteAsync(cluster);
        var killed = cluster.ProcessId;

        await Signals.SendAsync(killed, "KILL", CancellationToken.None);

        await UntilAsync(() => Task.FromResult(cluster.ProcessId != killed));
        (await ReadAsync(cluster)).ShouldBe("kept");
    }

    [Fact]
    public async Task The_server_stops_when_its_host_dies_without_a_word()
    {
        await using var cluster = await StartAsync();
        await WriteAsync(cluster);
        var orphan = cluster.ProcessId;

        CloseThePipeAsTheKernelDoesForADeadHost(cluster);

        await UntilAsync(() => Task.FromResult(cluster.ProcessId != orphan));
        (await ReadAsync(cluster)).ShouldBe("kept");
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_host_is_ended_by_the_next_start()
    {
        string home;
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
            home = first.Folder;
        }

        using var orphan = await LeaveAServerRunningAsync(home);

        await using var second = await StartAsync();
        orphan.HasExited.ShouldBeTrue();
        (await ReadAsync(second)).ShouldBe("kept");
    }

    [Fact]
    public async Task The_process_number_of_a_dead_server_may_belong_to_somebody_else_by_now()
    {
        string home;
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
            home = first.Folder;
        }

        var lines = new[] { Environment.ProcessId.ToString(CultureInfo.InvariantCulture), home + "/cluster", "1", "1", "", "", "", "ready" };
        await File.WriteAllLinesAsync(PostmasterFile.PathIn(Path.Combine(home, "cluster")), lines);

        await using var second = await StartAsync();
        (await ReadAsync(second)).ShouldBe("kept");
    }

    [Fact]
    public async Task Two_hosts_cannot_share_a_data_directory()
    {
        await using var first = await StartAsync();

        var refusal = await Should.ThrowAsync<EmbeddedClusterException>(StartAsync);

        refusal.Message.ShouldContain("in use by another host");
        refusal.Message.ShouldContain("正被另一个进程使用");
    }

    [Fact]
    public async Task The_server_never_runs_as_root_and_nobody_else_may_read_its_files()
    {
        await using var cluster = await StartAsync();

        var owner = await Tool.RunAsync("stat", ["-c", "%u", $"/proc/{cluster.ProcessId}"], user: null, CancellationToken.None);
        owner.Output.Trim().ShouldNotBe("0");
        File.GetUnixFileMode(cluster.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(cluster.Folder, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_login_without_the_password_is_refused()
    {
        await using var cluster = await StartAsync();
        var forgetful = new NpgsqlConnectionStringBuilder(cluster.ConnectionString("postgres")) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(forgetful.ConnectionString);

        (await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_data_directory_that_only_root_may_enter_works_through_a_link()
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string home;
        await using (var cluster = await StartAsync())
        {
            await WriteAsync(cluster);
            home = cluster.Folder;
        }

        await using (var again = await StartAsync())
        {
            again.Folder.ShouldBe(home);
            (await ReadAsync(again)).ShouldBe("kept");
        }

        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_no_obstacle()
    {
        var deep = Path.Combine(_folder, new string('x', 60), new string('y', 60));
        await using var cluster = await StartAsync(deep, new EmbeddedOptions { Volatile = true });

        await WriteAsync(cluster);

        (await ReadAsync(cluster)).ShouldBe("kept");
    }

    [Fact]
    public async Task Missing_binaries_are_named_with_what_to_install()
    {
        var refusal = await Should.ThrowAsync<EmbeddedClusterException>(
            () => StartAsync(_folder, new EmbeddedOptions { BinariesDirectory = Path.Combine(_folder, "empty") }));

        refusal.Message.ShouldContain("apt-get install postgresql");
        refusal.Message.ShouldContain("请安装");
    }

    [Fact]
    public async Task By_default_a_decision_is_flushed_to_disk()
    {
        await using var cluster = await StartAsync(_folder, new EmbeddedOptions());
        await using var connection = await OpenAsync(cluster, "postgres");

        (await ScalarAsync(connection, "SHOW fsync")).ShouldBe("on");
        (await ScalarAsync(connection, "SHOW synchronous_commit")).ShouldBe("on");
        (await ScalarAsync(connection, "SHOW full_page_writes")).ShouldBe("on");
    }

    private Task<EmbeddedCluster> StartAsync() => StartAsync(_folder, new EmbeddedOptions { Volatile = true });

    private static Task<EmbeddedCluster> StartAsync(string folder, EmbeddedOptions options) =>
        EmbeddedCluster.StartAsync(folder, options, NullLogger.Instance, CancellationToken.None);

    private static async Task WriteAsync(EmbeddedCluster cluster)
    {
        await cluster.CreateDatabaseAsync("register");
        await using var connection = await OpenAsync(cluster, "register");
        await ScalarAsync(connection, "SET synchronous_commit = on; CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')");
    }

    private static async Task<string?> ReadAsync(EmbeddedCluster cluster)
    {
        await using var connection = await OpenAsync(cluster, "register");
        return await ScalarAsync(connection, "SELECT text FROM note");
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(EmbeddedCluster cluster, string database)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(cluster.ConnectionString(database)) { Pooling = false };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static void CloseThePipeAsTheKernelDoesForADeadHost(EmbeddedCluster cluster)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        var server = typeof(EmbeddedCluster).GetField("_server", Hidden)!.GetValue(cluster);
        var process = (Process)typeof(ServerProcess).GetField("_process", Hidden)!.GetValue(server)!;
        process.StandardInput.Close();
    }

    private static async Task<Process> LeaveAServerRunningAsync(string home)
    {
        var cluster = Path.Combine(home, "cluster");
        var binaries = await ServerBinaries.FindAsync(asked: null, requiredMajor: null, CancellationToken.None);
        string[] arguments = ["-D", cluster, "-c", "listen_addresses=", "-c", $"unix_socket_directories={home}"];
        var owner = await Tool.RunAsync("stat", ["-c", "%U", home], user: null, CancellationToken.None);
        var user = Environment.IsPrivilegedProcess ? owner.Output.Trim() : null;
        var orphan = Process.Start(Tool.StartInfo(binaries.Postgres, arguments, user))!;
        await UntilAsync(() => Task.FromResult(PostmasterFile.Read(cluster) is { Ready: true }));
        return orphan;
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var waited = Stopwatch.StartNew();
        while (!await reached())
        {
            waited.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
