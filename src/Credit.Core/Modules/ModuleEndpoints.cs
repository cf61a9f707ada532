using Credit.Abstractions;
using Credit.Core.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Modules;

/// <summary>Endpoints of the modules' own, below <c>/api/modules/{key}</c>: for officials at most, never for anyone.</summary>
internal static partial class ModuleEndpoints
{
    /// <summary>Says in the log that a module's contract will not be accepted much longer.</summary>
    public static void WarnOfContractEnd(IServiceProvider services, ModuleRegistration module)
    {
        if (ModuleContract.Lives.LastDayOf(module.Manifest.ContractVersion) is { } last)
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ModuleEndpoints));
            LogContractEnds(logger, module.Manifest.Key, module.Manifest.ContractVersion, last);
        }
    }

    /// <summary>Maps one module and gives back what it added.</summary>
    public static IReadOnlyList<RouteEndpoint> Map(IEndpointRouteBuilder api, ModuleRegistration module)
    {
        var before = api.DataSources.Count;
        module.Definition.MapEndpoints(api.MapGroup("/modules/" + module.Manifest.Key).RequireAuthorization(Access.Official));
        return [.. api.DataSources.Skip(before).SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>What speaks against the endpoints of a module.</summary>
    public static IEnumerable<string> Faults(ModuleRegistration module, IEnumerable<RouteEndpoint> endpoints)
    {
        var name = module.Assembly.GetName().Name;
        foreach (var endpoint in endpoints)
        {
            var path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (path.Contains($"/modules/{module.Manifest.Key}/feedback/", StringComparison.OrdinalIgnoreCase)
                || path.EndsWith($"/modules/{module.Manifest.Key}/feedback", StringComparison.OrdinalIgnoreCase))
            {
                yield return ModuleDiagnostic.OwnRoutes.Say($"{name}: {path} stands where the core takes in reports. Choose a path that does not begin with feedback.");
            }

            if (endpoint.Metadata.GetOrderedMetadata<IAllowAnonymous>().Count > 0)
            {
                yield return ModuleDiagnostic.AuthorisedRoutes.Say($"{name}: {path} is open to anyone. Take AllowAnonymous away; what anyone may read is a public set.");
            }

            // Anything but the name of a policy would be the module's own code at work inside the host's sign-in.
            if (endpoint.Metadata.OfType<AuthorizationPolicy>().Any() || endpoint.Metadata.OfType<IAuthorizationRequirementData>().Any()
                || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.GetType() != typeof(AuthorizeAttribute)))
            {
                yield return ModuleDiagnostic.AuthorisedRoutes.Say($"{name}: {path} brings a rule of its own about who may call it. Name a policy of the host.");
            }

            foreach (var policy in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(rule => rule.Policy).OfType<string>().Where(policy => !EndpointAccess.Policies.Contains(policy)))
            {
                yield return ModuleDiagnostic.AuthorisedRoutes.Say(
                    $"{name}: {path} asks for the policy '{policy}', which the host does not have. Take one of {string.Join(", ", EndpointAccess.Policies.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Module {Module} is built for contract {Version}, which this host accepts until {Last}. Rebuild it before then.")]
    private static partial void LogContractEnds(ILogger logger, string module, int version, DateOnly last);
}
