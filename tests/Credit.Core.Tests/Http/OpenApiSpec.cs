using System.Text.Json;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Tests.Http;

/// <summary>Writes <c>api-specs/openapi.v1.json</c>, one object with every document, and fails in CI when it was not up to date.</summary>
public sealed class OpenApiSpec
{
    [Fact]
    public async Task The_specification_in_the_repository_is_the_one_of_the_code()
    {
        var folder = Directory.CreateTempSubdirectory("credit-spec-").FullName;
        try
        {
            await using var app = CreditHost.Build(["--DataDirectory", folder]);
            var parts = new List<string>();
            foreach (var name in Documents.NamesOf(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)))
            {
                var document = await Documents.JsonOfAsync(app.Services, name);
                WithoutExample(JsonSerializer.Deserialize<JsonElement>(document)).ShouldBeEmpty();
                parts.Add($"\"{name}\": {document.TrimEnd()}");
            }

            var specification = "{\n" + string.Join(",\n", parts) + "\n}\n";
            await SpecificationFile.HoldAsync("api-specs/openapi.v1.json", specification);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Bodies, answers and parameters without an example.</summary>
    internal static IReadOnlyList<string> WithoutExample(JsonElement document)
    {
        var bare = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                if (operation.Value.TryGetProperty("parameters", out var parameters))
                {
                    bare.AddRange(parameters.EnumerateArray().Where(parameter => !parameter.TryGetProperty("example", out _)).Select(parameter => $"{name} {parameter.GetProperty("name")}"));
                }

                var bodies = operation.Value.GetProperty("responses").EnumerateObject().Select(response => (response.Name, response.Value));
                if (operation.Value.TryGetProperty("requestBody", out var request))
                {
                    bodies = bodies.Append(("request", request));
                }

                bare.AddRange(
                    from body in bodies
                    where body.Value.TryGetProperty("content", out _)
                    from content in body.Value.GetProperty("content").EnumerateObject()
                    where !content.Value.TryGetProperty("example", out _)
                    select $"{name} {body.Name} {content.Name}");
            }
        }

        return bare;
    }
}
