using Credit.Core.Http;
using Credit.Core.Modules;

namespace Credit.Host.Startup;

/// <summary>Errors as RFC 9457 problems, and JSON read strictly.</summary>
internal static class ProblemAnswers
{
    /// <summary>Adds the catalogue, the writer of problems, the answer to exceptions and the rules of JSON.</summary>
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => ErrorCatalogue.Load(provider.GetService<ModuleCatalog>()?.Assemblies ?? []));
        // Ours comes first and writes everything; the framework's own would answer a browser with nothing.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Failures>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => JsonRules.Apply(options.SerializerOptions));
    }
}
