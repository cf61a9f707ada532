using System.Globalization;
using System.Security.Cryptography;

// File modes do not exist on Windows, where the cluster refuses to start before any of this.
#pragma warning disable CA1416

namespace Credit.Host.Embedded;

/// <summary>
/// Where a cluster lives and whose it is: <c>cluster/</c> (files of PostgreSQL), <c>password</c> (of the superuser, 0600),
/// <c>server.log</c> and <c>socket/</c>, in a folder that only its owner may enter.
/// </summary>
internal sealed class ServerHome
{
    /// <summary>A socket's whole path may have 107 bytes; the file name needs some of them.</summary>
    private const int LongestSocketFolder = 85;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private ServerHome(string folder, string? user)
    {
        Folder = folder;
        User = user;
        var socket = Path.Combine(folder, "socket");
        SocketFolder = System.Text.Encoding.UTF8.GetByteCount(socket) <= LongestSocketFolder
            ? socket
            : Path.Combine("/tmp", "credit-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
    }

    public string Folder { get; }

    /// <summary>Account the server runs as; null is the host's own, which then is not root.</summary>
    public string? User { get; }

    public string Cluster => Path.Combine(Folder, "cluster");

    public string Log => Path.Combine(Folder, "server.log");

    public string SocketFolder { get; }

    public string PasswordFile => Path.Combine(Folder, "password");

    /// <summary>Version that wrote the files; null before the first start.</summary>
    public int? Major => File.Exists(Path.Combine(Cluster, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture)
        : null;

    /// <summary>
    /// Opens or creates the home below the host's data directory. PostgreSQL refuses to run as root, so a root host
    /// gives the home to another account; where that account cannot reach the data directory (a folder of root's own),
    /// the home is in /var/lib/credit and a link in the data directory leads to it.
    /// </summary>
    public static async Task<ServerHome> OpenAsync(string dataDirectory, ILogger logger, CancellationToken cancellation)
    {
        var folder = Path.Combine(dataDirectory, "postgresql");
        if (Path.Exists(folder) && new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            folder = target.FullName;
        }

        var user = Environment.IsPrivilegedProcess ? await AccountAsync(folder, cancellation) : null;
        if (user is not null && !Directory.Exists(folder) && !await MayEnterAsync(user, dataDirectory, cancellation))
        {
            folder = Elsewhere(dataDirectory, folder);
            logger.LogWarning(
                "账户 {User} 无法进入 {DataDirectory}，数据库文件放在 {Folder}。 Account {User} cannot enter {DataDirectory}; the database files are in {Folder}.",
                user, dataDirectory, folder, user, dataDirectory, folder);
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        var home = new ServerHome(folder, user);
        await home.GiveAsync(folder, cancellation);
        return home;
    }

    public async Task<string> PasswordAsync(CancellationToken cancellation)
    {
        if (File.Exists(PasswordFile) && await File.ReadAllTextAsync(PasswordFile, cancellation) is { Length: > 0 } kept)
        {
            return kept.Trim();
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerFile,
        };
        await using (var writer = new StreamWriter(PasswordFile, options))
        {
            await writer.WriteAsync(password.AsMemory(), cancellation);
        }

        await GiveAsync(PasswordFile, cancellation);
        return password;
    }

    public async Task OpenSocketFolderAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(SocketFolder, OwnerOnly);
        await GiveAsync(SocketFolder, cancellation);
    }

    public void CloseSocketFolder()
    {
        if (Directory.Exists(SocketFolder))
        {
            Directory.Delete(SocketFolder, recursive: true);
        }
    }

    private async Task GiveAsync(string path, CancellationToken cancellation)
    {
        if (User is null)
        {
            return;
        }

        var given = await Tool.RunAsync("chown", ["-h", User, path], user: null, cancellation);
        if (!given.Succeeded)
        {
            throw new EmbeddedClusterException(
                $"无法把 {path} 交给账户 {User}：{given.Output}", $"Cannot give {path} to account {User}: {given.Output}");
        }
    }

    /// <summary>The owner of an existing home keeps it; otherwise <c>postgres</c>, then <c>nobody</c>.</summary>
    private static async Task<string> AccountAsync(string folder, CancellationToken cancellation)
    {
        if (Directory.Exists(folder))
        {
            var owner = await Tool.RunAsync("stat", ["-c", "%U", folder], user: null, cancellation);
            if (owner.Succeeded && owner.Output.Trim() is not ("root" or "UNKNOWN" or "") and var name)
            {
                return name;
            }
        }

        foreach (var account in new[] { "postgres", "nobody" })
        {
            if ((await Tool.RunAsync("id", ["-u", account], user: null, cancellation)).Succeeded)
            {
                return account;
            }
        }

        throw new EmbeddedClusterException(
            "PostgreSQL 不能以 root 运行，且本机没有 postgres 或 nobody 账户。请以普通用户启动，或创建其中之一。",
            "PostgreSQL does not run as root, and this machine has no account postgres or nobody. Start as an ordinary user, or create one of them.");
    }

    private static async Task<bool> MayEnterAsync(string user, string folder, CancellationToken cancellation) =>
        (await Tool.RunAsync("/bin/sh", ["-c", "test -x \"$1\"", "sh", folder], user, cancellation)).Succeeded;

    private static string Elsewhere(string dataDirectory, string link)
    {
        const string Shelter = "/var/lib/credit";
        Directory.CreateDirectory(Shelter);
        File.SetUnixFileMode(Shelter, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var folder = Path.Combine(Shelter, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        Directory.CreateDirectory(folder, OwnerOnly);
        if (Path.Exists(link) || new FileInfo(link).LinkTarget is not null)
        {
            // A dangling link: what it led to is gone, and with it the data.
            throw new EmbeddedClusterException(
                $"{dataDirectory} 中的链接 postgresql 所指目录已不存在。请恢复该目录，或删除链接以重新开始。",
                $"The link postgresql in {dataDirectory} leads to a folder that is gone. Restore it, or delete the link to start anew.");
        }

        File.CreateSymbolicLink(link, folder);
        return folder;
    }
}
