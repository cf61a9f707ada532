namespace Credit.Modules.Tests;

internal static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Holds a page to what the modules say: it is brought up to date where it is not, and CI fails when it was not.</summary>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="content">What the modules say.</param>
    public static async Task HoldAsync(string path, string content)
    {
        var file = Path.Combine(Root, path);
        if (File.Exists(file) && await File.ReadAllTextAsync(file) == content)
        {
            return;
        }

        await File.WriteAllTextAsync(file, content);
        Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", $"{path} was not up to date");
    }

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not run inside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Credit.sln")) ? folder.FullName
        : Find(folder.Parent);
}
