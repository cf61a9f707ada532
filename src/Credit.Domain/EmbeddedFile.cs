using System.Text.Json;

namespace Credit.Domain;

/// <summary>Reads the data files compiled into the assembly.</summary>
internal static class EmbeddedFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The content of a data file.</summary>
    /// <exception cref="InvalidOperationException">The file is not in the assembly or is empty: a broken build.</exception>
    public static T Read<T>(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file {name} is not in the assembly.");
        return JsonSerializer.Deserialize<T>(stream, Options)
            ?? throw new InvalidOperationException($"The data file {name} is empty.");
    }
}
