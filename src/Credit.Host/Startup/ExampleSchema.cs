using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Credit.Host.Startup;

/// <summary>Makes an example from a schema, always the same for the same schema.</summary>
internal static class ExampleSchema
{
    private const int Deepest = 6;

    /// <summary>An example value of the schema.</summary>
    /// <param name="schema">Schema of the value.</param>
    /// <param name="known">Schemas by name.</param>
    /// <param name="name">Name of the member or parameter, which says what a string is.</param>
    public static JsonNode? Of(IOpenApiSchema schema, SchemaRepository known, string name) => Of(schema, known, name, 0);

    private static JsonNode? Of(IOpenApiSchema schema, SchemaRepository known, string name, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }

        if (schema is OpenApiSchemaReference reference)
        {
            return reference.Reference.Id is { } id && known.Schemas.TryGetValue(id, out var target) ? Of(target, known, name, depth + 1) : null;
        }

        if (schema.Examples is [{ } example, ..])
        {
            return example.DeepClone();
        }

        if (schema.Enum is { Count: > 0 } values)
        {
            return values[0]?.DeepClone();
        }

        foreach (var part in new[] { schema.AllOf, schema.OneOf, schema.AnyOf })
        {
            if (part is { Count: > 0 })
            {
                return Of(part[0], known, name, depth + 1);
            }
        }

        var type = schema.Type ?? JsonSchemaType.Object;
        return type switch
        {
            _ when type.HasFlag(JsonSchemaType.Array) => schema.Items is null ? new JsonArray() : new JsonArray(Of(schema.Items, known, name, depth + 1)),
            _ when type.HasFlag(JsonSchemaType.Boolean) => true,
            _ when type.HasFlag(JsonSchemaType.Integer) => 1,
            _ when type.HasFlag(JsonSchemaType.Number) => 1000.00m,
            _ when type.HasFlag(JsonSchemaType.String) => TextOf(schema.Format, name),
            _ => ObjectOf(schema, known, depth),
        };
    }

    private static JsonObject ObjectOf(IOpenApiSchema schema, SchemaRepository known, int depth)
    {
        var made = new JsonObject();
        foreach (var (member, value) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            made[member] = Of(value, known, member, depth + 1);
        }

        return made;
    }

    private static string TextOf(string? format, string name) => format switch
    {
        "uuid" => "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10",
        "date" => "2026-03-02",
        "date-time" => "2026-03-02T01:30:00Z",
        "uri" => "https://example.org/",
        "binary" => "",
        _ when name.EndsWith("department", StringComparison.OrdinalIgnoreCase) => "tax",
        _ when name.EndsWith("name", StringComparison.OrdinalIgnoreCase) => "任城某某商贸有限公司",
        _ when name.EndsWith("code", StringComparison.OrdinalIgnoreCase) => "not-found",
        _ => "文本",
    };
}
