using System.Xml;
using System.Xml.XPath;
using Credit.Core.Http;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Credit.Host.Startup;

/// <summary>The OpenAPI documents: <c>core</c>, and <c>modules-{key}</c> for every module that maps endpoints. Computed from the endpoints.</summary>
internal static class Documents
{
    /// <summary>Name of the document of the core.</summary>
    public const string Core = "core";

    private const string ModulesPath = "api/modules/";

    /// <summary>Adds the documents.</summary>
    public static void AddDocuments(this WebApplicationBuilder builder)
    {
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen();
        builder.Services.AddSingleton<IConfigureOptions<SwaggerGenOptions>, Contents>();
        builder.Services.AddSingleton<IConfigureOptions<SwaggerOptions>>(new ConfigureOptions<SwaggerOptions>(
            options => options.RouteTemplate = "openapi/{documentName}.json"));
    }

    /// <summary>Serves the documents and, at <c>/swagger</c>, their user interface.</summary>
    public static void UseDocuments(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase),
        documents =>
        {
            documents.UseSwagger();
            documents.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "swagger";
                ui.DocumentTitle = "任城区公共信用信息平台 Credit";
                foreach (var name in NamesOf(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)))
                {
                    ui.SwaggerEndpoint($"/openapi/{name}.json", name);
                }
            });
        });

    /// <summary>The document as it stands in <c>api-specs</c>: the same bytes for the same endpoints.</summary>
    public static async Task<string> JsonOfAsync(IServiceProvider services, string document)
    {
        await using var scope = services.CreateAsyncScope();
        var written = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(document);
        return (await written.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0)).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Names of all documents.</summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<Endpoint> endpoints) =>
    [
        Core,
        .. endpoints.OfType<RouteEndpoint>().Select(endpoint => ModuleOf(endpoint.RoutePattern.RawText)).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => "modules-" + key),
    ];

    private static string? ModuleOf(string? path)
    {
        var trimmed = path?.TrimStart('/') ?? "";
        return trimmed.StartsWith(ModulesPath, StringComparison.Ordinal) && !trimmed.StartsWith(ModulesPath + "{", StringComparison.Ordinal)
            ? trimmed[ModulesPath.Length..].Split('/')[0]
            : null;
    }

    private sealed class Contents(EndpointDataSource endpoints, ModuleCatalog modules) : IConfigureOptions<SwaggerGenOptions>
    {
        public void Configure(SwaggerGenOptions options)
        {
            foreach (var name in NamesOf(endpoints.Endpoints))
            {
                options.SwaggerDoc(name, new OpenApiInfo
                {
                    Title = name == Core ? "Credit" : $"Credit, module {name["modules-".Length..]}",
                    Version = "v1",
                    Description = "任城区公共信用信息平台。 Public credit information platform of Rencheng district. Errors are RFC 9457 problems; their codes are at /enums/errors.",
                });
            }

            options.DocInclusionPredicate((document, api) => !IsOData(api) && document == (ModuleOf(api.RelativePath) is { } key ? "modules-" + key : Core));
            options.CustomOperationIds(api => api.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName);
            options.TagActionsBy(api => [TagOf(api)]);
            options.OrderActionsBy(api => $"{api.RelativePath} {api.HttpMethod}");
            options.CustomSchemaIds(SchemaIdOf);
            options.SupportNonNullableReferenceTypes();
            options.ResolveConflictingActions(actions => actions.First());
            foreach (var comments in Directory.EnumerateFiles(AppContext.BaseDirectory, "Credit.*.xml").Order(StringComparer.Ordinal))
            {
                options.IncludeXmlComments(comments);
            }

            foreach (var comments in modules.Standings.Select(standing => standing.Comments).OfType<byte[]>())
            {
                options.IncludeXmlComments(() => new XPathDocument(XmlReader.Create(new MemoryStream(comments))));
            }

            options.AddSecurityDefinition("oauth2", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Flows = new OpenApiOAuthFlows
                {
                    Password = new OpenApiOAuthFlow { TokenUrl = new Uri(Authentication.TokenPath, UriKind.Relative), Scopes = new Dictionary<string, string>(StringComparer.Ordinal) },
                    ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri(Authentication.TokenPath, UriKind.Relative), Scopes = new Dictionary<string, string>(StringComparer.Ordinal) },
                },
            });
            options.OperationFilter<OperationFacts>();
        }

        private static bool IsOData(ApiDescription api) => api.RelativePath?.StartsWith("odata/", StringComparison.OrdinalIgnoreCase) == true;

        private static string TagOf(ApiDescription api)
        {
            var parts = (api.RelativePath ?? "").Split('/');
            return parts is ["api", "modules", var key, ..] ? key : parts is ["api", var noun, ..] ? noun : "host";
        }

        private static string SchemaIdOf(Type type) => type.IsGenericType
            ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(SchemaIdOf))
            : type.IsNested && !type.IsEnum ? type.DeclaringType!.Name + type.Name : type.Name;
    }
}
