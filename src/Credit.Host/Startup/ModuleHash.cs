using Credit.Core.Deadlines;
using Credit.Core.Modules.DropIn;
using Credit.Domain.Policy;

namespace Credit.Host.Startup;

/// <summary>The command <c>module-hash FILE [REVIEWER] [--optional]</c>: prints the allow-list line of a file that was reviewed today.</summary>
internal static class ModuleHash
{
    /// <summary>Prints the line. Returns 0, or 2 when there is no such file.</summary>
    /// <param name="args">File, who reviewed it (the account that runs the command when left out), and whether the host may run without it.</param>
    /// <param name="output">Where the line goes.</param>
    /// <param name="errors">Where complaints go.</param>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        string[] named = [.. args.Where(arg => arg != "--optional")];
        if (named is not [var file, ..] || named.Length > 2 || !File.Exists(file))
        {
            errors.WriteLine("Usage: Credit.Host module-hash FILE [REVIEWER] [--optional]. FILE must exist.");
            return 2;
        }

        output.WriteLine(AllowedFile.Of(file, named.Length > 1 ? named[1] : Environment.UserName, TimeProvider.System.Today(), args.Contains("--optional")));
        return 0;
    }
}
