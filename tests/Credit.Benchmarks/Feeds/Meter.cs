using System.Diagnostics;
using System.Globalization;

namespace Credit.Benchmarks.Feeds;

/// <summary>What a request cost.</summary>
/// <param name="Server">Processor time of the serving process, microseconds.</param>
/// <param name="Database">Processor time of the cluster's processes, microseconds.</param>
/// <param name="PerSecond">Requests a second.</param>
internal sealed record Cost(double Server, double Database, double PerSecond)
{
    public double Both => Server + Database;

    public static Cost Median(IReadOnlyList<Cost> rounds) => new(
        Of(rounds.Select(each => each.Server)), Of(rounds.Select(each => each.Database)), Of(rounds.Select(each => each.PerSecond)));

    private static double Of(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}

/// <summary>Sends requests over loopback and reads the processor time of server and database before and after.</summary>
/// <param name="server">Process id of the server.</param>
/// <param name="postmaster">Process id of the database's first process.</param>
internal sealed class Meter(int server, int postmaster) : IDisposable
{
    // Departments and partners that ask at once. With few, two processors stand still between requests, and what is measured is how they wake.
    private const int Senders = 32;

    private const double MicrosecondsPerTick = 1e6 / 100;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>Sends for so long, from several senders at once; each address is made anew by number.</summary>
    public Task<Cost> RunAsync(Func<int, string> address, TimeSpan time) => RunAsync(number => AskAsync(address(number)), time);

    /// <summary>Does the same for so long, from several senders at once; the number tells one time from another.</summary>
    public async Task<Cost> RunAsync(Func<int, Task> ask, TimeSpan time)
    {
        var number = 0;
        var (serverBefore, databaseBefore, clock) = (Ticks(server), Family(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (clock.Elapsed < time)
            {
                await ask(Interlocked.Increment(ref number));
            }
        }));
        var seconds = clock.Elapsed.TotalSeconds;
        return new((Ticks(server) - serverBefore) * MicrosecondsPerTick / number, (Family() - databaseBefore) * MicrosecondsPerTick / number, number / seconds);
    }

    /// <summary>Runs a longer piece of work once.</summary>
    public async Task<Cost> OnceAsync(Func<Task> work)
    {
        var (serverBefore, databaseBefore, clock) = (Ticks(server), Family(), Stopwatch.StartNew());
        await work();
        return new((Ticks(server) - serverBefore) * MicrosecondsPerTick, (Family() - databaseBefore) * MicrosecondsPerTick, 1 / clock.Elapsed.TotalSeconds);
    }

    /// <summary>One answer, read to its end.</summary>
    /// <exception cref="InvalidOperationException">It is no success.</exception>
    public async Task<byte[]> AskAsync(string address)
    {
        using var answer = await _client.GetAsync(new Uri(address));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>One answer, read to its end and thrown away; its length.</summary>
    public async Task<long> DrainAsync(string address)
    {
        using var answer = await _client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, length) = (new byte[256 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            length += read;
        }

        return length;
    }

    public void Dispose() => _client.Dispose();

    // The postmaster's own time of children that ended is part of it: a backend that left in between is not forgotten.
    private double Family()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => name.All(char.IsAsciiDigit)).Select(name => int.Parse(name, CultureInfo.InvariantCulture));
        return Ticks(postmaster, withGone: true) + all.Where(process => ParentOf(process) == postmaster).Sum(process => Ticks(process));
    }

    private static int ParentOf(int process) => Fields(process) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    private static double Ticks(int process, bool withGone = false) => Fields(process) is { } fields
        ? fields[11..(withGone ? 15 : 13)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture))
        : 0;

    // What follows the name, which is in parentheses and may hold spaces: state, parent, … user time, system time, those of children.
    private static string[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
