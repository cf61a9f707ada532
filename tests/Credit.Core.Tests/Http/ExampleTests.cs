using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Http;

/// <summary>Whoever copies the example of a body from Swagger sends something that the schema beside it admits.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void Every_example_of_a_body_fits_its_schema()
    {
        var specification = JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "api-specs", "openapi.v1.json")));
        var faults = from document in specification.EnumerateObject()
                     from path in document.Value.GetProperty("paths").EnumerateObject()
                     from operation in path.Value.EnumerateObject()
                     where operation.Value.TryGetProperty("requestBody", out _)
                     from content in operation.Value.GetProperty("requestBody").GetProperty("content").EnumerateObject()
                     from fault in FaultsOf(document.Value, content.Value.GetProperty("schema"), content.Value.GetProperty("example"), $"{operation.Name} {path.Name}")
                     select fault;

        faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"name":"甲"}""", "it: count is missing")]
    [InlineData("""{"name":"甲","count":1,"colour":"red"}""", "it: colour is not defined")]
    [InlineData("""{"name":"甲","count":1,"kind":"Neither"}""", "it/kind: Neither is none of the names")]
    [InlineData("""{"name":"甲","count":1,"parts":[{"no":1}]}""", "it/parts: no is not defined")]
    public void An_example_that_does_not_fit_is_found(string example, string fault)
    {
        var document = JsonElement.Parse(
            """
            {"components":{"schemas":{"Part":{"properties":{"name":{"type":"string"}}}}},
             "schema":{"required":["name","count"],"properties":{
               "name":{"type":"string"},"count":{"type":"integer"},"kind":{"enum":["One","Other"]},"parts":{"items":{"$ref":"#/components/schemas/Part"}}}}}
            """);

        FaultsOf(document, document.GetProperty("schema"), JsonElement.Parse(example), "it").ShouldBe([fault]);
    }

    private static IEnumerable<string> FaultsOf(JsonElement document, JsonElement given, JsonElement example, string place)
    {
        var schema = Resolved(document, given);
        return example.ValueKind switch
        {
            JsonValueKind.Object when schema.TryGetProperty("properties", out var properties) => ObjectFaults(document, schema, properties, example, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => example.EnumerateArray().SelectMany(item => FaultsOf(document, items, item, place)),
            JsonValueKind.String when schema.TryGetProperty("enum", out var names) && names.EnumerateArray().All(name => name.GetString() != example.GetString()) =>
                [$"{place}: {example.GetString()} is none of the names"],
            _ => [],
        };
    }

    private static IEnumerable<string> ObjectFaults(JsonElement document, JsonElement schema, JsonElement properties, JsonElement example, string place)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return
        [
            .. required.Where(name => !example.TryGetProperty(name, out _)).Select(name => $"{place}: {name} is missing"),
            .. example.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var property)
                ? FaultsOf(document, property, member.Value, $"{place}/{member.Name}")
                : [$"{place}: {member.Name} is not defined"]),
        ];
    }

    // References, and the one alternative that is not null.
    private static JsonElement Resolved(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Resolved(document, reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name)));
        }

        foreach (var alternatives in new[] { "allOf", "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(alternatives, out var among))
            {
                return Resolved(document, among.EnumerateArray().First(each => !each.TryGetProperty("type", out var type) || type.ToString() != "null"));
            }
        }

        return schema;
    }
}
