using System.Globalization;

namespace Credit.Host.Embedded;

/// <summary>POSIX signals that .NET cannot send itself.</summary>
internal static class Signals
{
    /// <summary>Sends to one process; a process that is gone is no failure.</summary>
    public static Task SendAsync(int process, string signal, CancellationToken cancellation) =>
        Tool.RunAsync(
            "/bin/sh",
            ["-c", "kill -s \"$1\" \"$2\"", "sh", signal, process.ToString(CultureInfo.InvariantCulture)],
            user: null,
            cancellation);
}
