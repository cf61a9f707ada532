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
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var key = RandomNumberGenerator.GetBytes(32);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(path, options);
            stream.Write(key);
        }

        return File.ReadAllBytes(path);
    }
}
