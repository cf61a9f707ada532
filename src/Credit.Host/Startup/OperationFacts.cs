using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Domain.Checks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Credit.Host.Startup;

/// <summary>Adds to every operation what its endpoint says but the generator does not see: rights, headers, problems and examples.</summary>
internal sealed class OperationFacts(IOptions<JsonOptions> json) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<IAuthorizeData>().Select(rule => rule.Policy).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        var taken = metadata.OfType<System.Reflection.MethodInfo>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType).ToHashSet();
        var takesVersion = taken.Contains(typeof(IfMatch));
        var idempotent = metadata.OfType<AnswerNotKeptAttribute>().Any() ? null : metadata.OfType<IdempotentAttribute>().LastOrDefault();
        var writes = context.ApiDescription.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE";
        operation.Parameters ??= [];
        if (takesVersion)
        {
            operation.Parameters.Add(Header("If-Match", required: true, IfMatch.TagOf(3), "ETag of the version you have seen"));
        }

        var purpose = taken.Contains(typeof(StatedPurpose)) || metadata.OfType<ReadingForPurpose>().Any();
        if (purpose)
        {
            operation.Parameters.Add(Header(
                StatedPurpose.Header, required: true, nameof(QueryPurpose.Administration), "What the information is asked for, a value of /enums/query-purpose; a subject reading its own needs none"));
        }

        if (idempotent is not null && context.ApiDescription.HttpMethod == "POST")
        {
            operation.Parameters.Add(Header(Idempotency.Header, idempotent.Required, "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10", "Same key and request, same answer; kept for 30 days"));
        }

        if (!isOpen)
        {
            operation.Security ??= [];
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("oauth2", context.Document)] = [] });
            if (policies.Length > 0)
            {
                operation.Description = $"{operation.Description} Access: {string.Join(", ", policies)}.".TrimStart();
            }
        }

        AddProblems(operation, context, isOpen, writes, takesVersion, purpose, idempotent is not null);
        AddTexts(operation, metadata);
        AddExamples(operation, context, metadata.OfType<OperationExample>().LastOrDefault());
    }

    private static OpenApiParameter Header(string name, bool required, string example, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };

    private static void AddProblems(OpenApiOperation operation, OperationFilterContext context, bool isOpen, bool writes, bool takesVersion, bool takesPurpose, bool idempotent)
    {
        var statuses = new SortedSet<int> { 500 };
        if (operation.Parameters!.Count > 0 || operation.RequestBody is not null)
        {
            statuses.Add(400);
        }

        if (!isOpen)
        {
            statuses.UnionWith([401, 403]);
        }

        if (context.ApiDescription.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
        {
            statuses.Add(404);
        }

        if (writes)
        {
            statuses.UnionWith(idempotent || operation.RequestBody is not null ? [409, 422] : [409]);
        }

        if (takesVersion)
        {
            statuses.UnionWith([412, 428]);
        }

        if (takesPurpose)
        {
            statuses.UnionWith([400, 428]);
        }

        operation.Responses ??= [];
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDetails), context.SchemaRepository);
        var catalogue = ErrorCatalogue.Load();
        foreach (var status in statuses.Concat(operation.Responses.Keys.Select(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known >= 400 ? known : 0).Where(known => known > 0)).Distinct().ToArray())
        {
            var code = ErrorCatalogue.CodeOf(status);
            var meaning = catalogue.Find(code)!;
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = meaning.En,
                Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ProblemWriter.MediaType] = new OpenApiMediaType
                    {
                        Schema = schema,
                        Example = new JsonObject
                        {
                            ["type"] = $"/problems/{code}",
                            ["title"] = meaning.Zh,
                            ["status"] = status,
                            ["detail"] = meaning.HintZh,
                            ["code"] = code,
                            ["errors"] = new JsonArray(),
                            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
                        },
                    },
                },
            };
        }
    }

    private static void AddTexts(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var text in metadata.OfType<ParameterText>())
        {
            operation.Parameters!.OfType<OpenApiParameter>().Single(parameter => parameter.Name == text.Name).Description = text.Text;
        }

        foreach (var type in metadata.OfType<AnswerMedia>().SelectMany(media => media.Types))
        {
            operation.Responses!.TryAdd("200", new OpenApiResponse { Description = "OK" });
            var answer = (OpenApiResponse)operation.Responses["200"];
            answer.Content ??= new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal);
            answer.Content[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = type.EndsWith("gzip", StringComparison.Ordinal) ? "binary" : null } };
        }

        var catalogue = ErrorCatalogue.Load();
        foreach (var codes in metadata.OfType<ProblemCodes>().SelectMany(each => each.Codes).GroupBy(code => catalogue.Find(code)!.Status))
        {
            var answer = operation.Responses![codes.Key.ToString(CultureInfo.InvariantCulture)];
            answer.Description = $"{answer.Description} Codes: {string.Join(", ", codes)}.";
        }
    }

    private void AddExamples(OpenApiOperation operation, OperationFilterContext context, OperationExample? given)
    {
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(parameter => parameter.Example is null && parameter.Schema is not null))
        {
            parameter.Example = ExampleSchema.Of(parameter.Schema!, context.SchemaRepository, parameter.Name ?? "");
        }

        foreach (var body in (operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)).Values.OfType<OpenApiMediaType>())
        {
            body.Example ??= given?.Request is { } request
                ? JsonSerializer.SerializeToNode(request, json.Value.SerializerOptions)
                : body.Schema is null ? null : ExampleSchema.Of(body.Schema, context.SchemaRepository, "");
        }

        foreach (var answer in operation.Responses!.Where(answer => answer.Key.StartsWith('2')).SelectMany(answer => answer.Value.Content ?? new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)))
        {
            if (answer.Value is OpenApiMediaType body)
            {
                body.Example ??= given?.Response is { } response
                    ? JsonSerializer.SerializeToNode(response, json.Value.SerializerOptions)
                    : body.Schema is null ? null : ExampleSchema.Of(body.Schema, context.SchemaRepository, "");
            }
        }
    }
}
