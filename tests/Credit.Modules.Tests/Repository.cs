namespace Credit.Modules.Tests;

internal static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not run inside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Credit.sln")) ? folder.FullName
        : Find(folder.Parent);
}
