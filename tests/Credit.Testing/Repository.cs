namespace Credit.Testing;

/// <summary>Where the sources are.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every C# source below the named folders of the repository, generated and built ones left out.</summary>
    /// <param name="folders">Folders relative to the root.</param>
    public static IEnumerable<string> Sources(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Credit.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Credit.sln is not above the tests."));
}
