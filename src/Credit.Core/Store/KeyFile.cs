using System.Security.Cryptography;

namespace Credit.Core.Store;

/// <summary>A key outside of the database, in a file that only its owner can read.</summary>
internal static class KeyFile
{
    /// <summary>Reads the 32 bytes, or makes them.</summary>
    public static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Make(path, RandomNumberGenerator.GetBytes(32));
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Writes a key where there is none yet.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    public static void Make(string path, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(key);
    }
}
