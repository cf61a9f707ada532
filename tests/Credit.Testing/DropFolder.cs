using Credit.Core.Modules.DropIn;

namespace Credit.Testing;

/// <summary>A folder for dropped-in modules and the allow-list beside it, in a temporary place.</summary>
public sealed class DropFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("credit-drop-");
    private readonly List<AllowedFile> _lines = [];

    public DropFolder()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(List, "[]");
    }

    /// <summary>The folder itself.</summary>
    public string Folder => Path.Combine(_root.FullName, "modules");

    /// <summary>The allow-list.</summary>
    public string List => Path.Combine(_root.FullName, "modules.allow.json");

    /// <summary>Settings that switch the folder on.</summary>
    public IReadOnlyList<string> Settings => ["--Modules:Folder", Folder, "--Modules:AllowList", List];

    /// <summary>Where a file of the folder is.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Puts a file into the folder, unreviewed.</summary>
    public DropFolder Put(string file, byte[] content)
    {
        File.WriteAllBytes(PathOf(file), content);
        return this;
    }

    /// <summary>Reviews a file of the folder as it is now.</summary>
    public DropFolder Allow(string file, bool optional = false)
    {
        _lines.Add(AllowedFile.Of(PathOf(file), "李审核", new DateOnly(2026, 11, 20), optional));
        File.WriteAllText(List, $"[\n{string.Join(",\n", _lines)}\n]\n");
        return this;
    }

    /// <summary>Puts a reviewed file into the folder.</summary>
    public DropFolder Add(string file, byte[] content, bool optional = false) => Put(file, content).Allow(file, optional);

    public void Dispose() => _root.Delete(recursive: true);
}
