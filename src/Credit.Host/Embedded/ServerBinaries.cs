using System.Globalization;
using System.Text.RegularExpressions;

namespace Credit.Host.Embedded;

/// <summary>A folder with <c>initdb</c> and <c>postgres</c> of one major version.</summary>
internal sealed partial record ServerBinaries(string Directory, int Major)
{
    /// <summary>First major version whose constraints and commands the store relies on.</summary>
    public const int OldestMajor = 15;

    public string InitDb => Path.Combine(Directory, "initdb");

    public string Postgres => Path.Combine(Directory, "postgres");

    /// <summary>
    /// The newest there are, or those of the version that wrote an existing cluster, whose files no other version reads.
    /// A folder named by configuration is the only candidate.
    /// </summary>
    /// <exception cref="EmbeddedClusterException">No fitting binaries; the message says what to install.</exception>
    public static async Task<ServerBinaries> FindAsync(string? asked, int? requiredMajor, CancellationToken cancellation)
    {
        asked ??= Environment.GetEnvironmentVariable("CREDIT_PG_BIN");
        var candidates = string.IsNullOrWhiteSpace(asked) ? UsualFolders() : [asked];
        var found = new List<ServerBinaries>();
        foreach (var folder in candidates.Distinct(StringComparer.Ordinal))
        {
            if (await MajorOfAsync(folder, cancellation) is { } major)
            {
                found.Add(new ServerBinaries(folder, major));
            }
        }

        var best = found
            .Where(one => requiredMajor is null ? one.Major >= OldestMajor : one.Major == requiredMajor)
            .MaxBy(one => one.Major);
        return best ?? throw Missing(found, requiredMajor);
    }

    private static async Task<int?> MajorOfAsync(string folder, CancellationToken cancellation)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb")))
        {
            return null;
        }

        var answer = await Tool.RunAsync(postgres, ["--version"], user: null, cancellation);
        var number = VersionNumber().Match(answer.Output);
        return answer.Succeeded && number.Success
            ? int.Parse(number.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private static IEnumerable<string> UsualFolders()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return path
            .Concat(Below("/usr/lib/postgresql", "*", "bin"))
            .Concat(Below("/usr", "pgsql-*", "bin"))
            .Concat(Below("/usr/libexec", "postgresql*", ""))
            .Concat(Below("/opt/homebrew/opt", "postgresql@*", "bin"))
            .Concat(Below("/usr/local/opt", "postgresql@*", "bin"))
            .Append("/usr/local/pgsql/bin");
    }

    private static IEnumerable<string> Below(string root, string pattern, string leaf) =>
        System.IO.Directory.Exists(root)
            ? System.IO.Directory.EnumerateDirectories(root, pattern).Select(folder => Path.Combine(folder, leaf))
            : [];

    private static EmbeddedClusterException Missing(List<ServerBinaries> found, int? requiredMajor)
    {
        var wanted = requiredMajor is null ? $"{OldestMajor}+" : $"{requiredMajor}";
        var seen = found.Count == 0 ? "-" : string.Join(", ", found.Select(one => $"{one.Major} ({one.Directory})"));
        return new EmbeddedClusterException(
            $"未找到 PostgreSQL {wanted} 服务端程序（已发现：{seen}）。请安装：Debian/Ubuntu「apt-get install postgresql」，"
            + "Fedora/RHEL「dnf install postgresql-server postgresql-contrib」，Alpine「apk add postgresql17 postgresql17-contrib」；"
            + "或以环境变量 CREDIT_PG_BIN 指定 initdb 与 postgres 所在目录；或以 --ConnectionStrings:Credit 使用已有的数据库服务器。",
            $"No PostgreSQL {wanted} server binaries found (seen: {seen}). Install them: Debian/Ubuntu 'apt-get install postgresql', "
            + "Fedora/RHEL 'dnf install postgresql-server postgresql-contrib', Alpine 'apk add postgresql17 postgresql17-contrib'; "
            + "or name the folder of initdb and postgres in CREDIT_PG_BIN; or use an existing server with --ConnectionStrings:Credit.");
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();
}
