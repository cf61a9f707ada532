using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Credit.Core.Register;

/// <summary>What is announced, about what, in which shape, and who reacts: the core of the content of <c>api-specs/events.v1.json</c>.</summary>
internal static class EventCatalogue
{
    private static readonly JsonSerializerOptions Layout = new(RegisterInterceptor.Json) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The catalogue as JSON, in order of wire names: the same bytes for the same announcements and reactions.</summary>
    public static string Describe(IReadOnlyList<Reaction> reactions)
    {
        var events = WireNames.All
            .OrderBy(named => named.Value, StringComparer.Ordinal)
            .Select(named => (JsonNode)new JsonObject
            {
                ["wireName"] = named.Value,
                ["kind"] = named.Value[..named.Value.IndexOf('.', StringComparison.Ordinal)],
                ["fields"] = FieldsOf(named.Key),
                ["reactions"] = new JsonArray([.. reactions
                    .Where(reaction => reaction.Announcement == named.Key)
                    .Select(reaction => reaction.Handler.Name).Order(StringComparer.Ordinal)
                    .Select(name => (JsonNode)name)]),
            });
        return new JsonObject { ["version"] = 1, ["events"] = new JsonArray([.. events]) }.ToJsonString(Layout) + "\n";
    }

    private static JsonArray FieldsOf(Type announcement)
    {
        var nullability = new NullabilityInfoContext();
        return new JsonArray([.. announcement.GetConstructors().Single().GetParameters().Select(parameter =>
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var listed = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
            var field = new JsonObject
            {
                ["name"] = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!),
                ["type"] = listed is null ? TypeNameOf(type) : "array",
            };
            if (listed is not null)
            {
                field["items"] = TypeNameOf(listed);
            }

            if (nullability.Create(parameter).WriteState == NullabilityState.Nullable)
            {
                field["nullable"] = true;
            }

            if ((listed ?? type) is { IsEnum: true } chosen)
            {
                field["values"] = new JsonArray([.. Enum.GetNames(chosen).Select(name => (JsonNode)name)]);
            }

            return (JsonNode)field;
        })]);
    }

    private static string TypeNameOf(Type type) => type switch
    {
        _ when type == typeof(Guid) => "uuid",
        _ when type == typeof(DateOnly) => "date",
        _ when type == typeof(DateTimeOffset) => "date-time",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(decimal) => "number",
        _ when type == typeof(string) || type.IsEnum => "string",
        _ => throw new NotSupportedException($"{type.Name} has no name on the wire."),
    };
}
