using System.Text.Json;
using System.Text.Json.Serialization;

namespace Credit.Core.Reference;

/// <summary>Reads the tables that ship inside the core.</summary>
internal static class ReferenceFile
{
    /// <summary>Strict: a member the type does not know is an error, because a misspelt member would be lost in silence.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    public static T Read<T>(string name)
    {
        using var stream = typeof(ReferenceFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not embedded in the core.");
        return JsonSerializer.Deserialize<T>(stream, Json)
            ?? throw new InvalidOperationException($"The table {name} is empty.");
    }
}
