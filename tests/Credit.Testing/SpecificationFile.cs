using Shouldly;

namespace Credit.Testing;

/// <summary>A file that clients or reviewers rely on and tests write: it is brought up to date where it is not, and CI fails when it was not.</summary>
public static class SpecificationFile
{
    /// <summary>Holds the file in the repository to what the code says.</summary>
    /// <param name="path">Path relative to the root of the repository.</param>
    /// <param name="content">What the code says.</param>
    public static Task HoldAsync(string path, string content) =>
        HoldAsync(Repository.Root, path, content, Environment.GetEnvironmentVariable("CI") == "true");

    /// <inheritdoc cref="HoldAsync(string, string)"/>
    /// <param name="root">Folder the path starts from.</param>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="content">What the code says.</param>
    /// <param name="strict">True where a file that was not up to date is a failure: in CI.</param>
    public static async Task HoldAsync(string root, string path, string content, bool strict)
    {
        var file = Path.Combine(root, path);
        var known = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        if (known == content)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content);
        strict.ShouldBeFalse($"{path} was not up to date");
    }
}
