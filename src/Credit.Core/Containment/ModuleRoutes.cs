using Credit.Core.Http;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Containment;

/// <summary>Maps the endpoints modules have beside their roles: below <c>/api/modules/{key}</c>, each with an access policy of the host, each contained.</summary>
internal static class ModuleRoutes
{
    /// <summary>Lets every module map its endpoints. Called last: names that are taken are known then.</summary>
    /// <exception cref="ModulesRefusedException">An endpoint is open, elsewhere, or in the way; or a module throws or hangs.</exception>
    /// <exception cref="OptionalModulesBrokeException">That is so of optional modules only.</exception>
    public static void MapModules(this IEndpointRouteBuilder host)
    {
        var services = host.ServiceProvider;
        var (containers, limits) = (services.GetRequiredService<ModuleContainers>(), services.GetRequiredService<ContainmentLimits>());
        var taken = host.DataSources.SelectMany(source => source.Endpoints).Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var faults = new StartFaults(TimeSpan.FromSeconds(limits.StartSeconds));
        var policies = services.GetRequiredService<ParameterPolicyFactory>();
        var mapped = new List<Endpoint>();
        foreach (var module in services.GetRequiredService<ModuleCatalog>().Modules)
        {
            var routes = new OwnRoutes(containers[module.Manifest.Key]);
            List<string> unfit = [];
            List<Endpoint> fit = [];

            // Judged in the same step: endpoints and what is attached to them may be code of the module.
            if (faults.Attempt(module, "MapEndpoints", () =>
            {
                ModuleEndpoints.Map(routes.MapGroup("/api").Idempotent().DisableAntiforgery(), module);
                Endpoint[] endpoints = [.. routes.DataSources.SelectMany(source => source.Endpoints)];
                unfit.AddRange(ModuleEndpoints.Faults(module, endpoints.OfType<RouteEndpoint>()));
                foreach (var endpoint in endpoints)
                {
                    var reasons = Faults(endpoint, module, taken, policies).ToList();
                    unfit.AddRange(reasons.Select(fault => ModuleDiagnostic.OwnRoutes.Say($"{module.Name}: the endpoint {endpoint.DisplayName} {fault}")));
                    if (reasons.Count == 0)
                    {
                        fit.Add(Contained((RouteEndpoint)endpoint, module));
                    }
                }
            }))
            {
                unfit.ForEach(reason => faults.Refuse(module, reason));
                mapped.AddRange(fit);
            }

            ModuleEndpoints.WarnOfContractEnd(services, module);
        }

        faults.ThrowIfAny();
        host.DataSources.Add(new DefaultEndpointDataSource(mapped));
    }

    private static string PrefixOf(ModuleRegistration module) => $"/api/modules/{module.Manifest.Key}";

    private static string? NameOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    // Parsed anew: a pattern may hold constraints that are the module's code, and say one path while it is another. Order is the module's
    // wish to come before others; it has none. Of what is attached, the host's pipeline meets only what is the host's or the framework's.
    private static RouteEndpoint Contained(RouteEndpoint endpoint, ModuleRegistration module)
    {
        var work = endpoint.RequestDelegate!;
        return new RouteEndpoint(
            context => RunAsync(context, module.Manifest.Key, endpoint, work),
            RoutePatternFactory.Parse(endpoint.RoutePattern.RawText!),
            order: 0,
            new EndpointMetadataCollection(endpoint.Metadata.Where(each => ModuleReferences.IsHosts(each.GetType().Assembly))),
            endpoint.DisplayName);
    }

    private static IEnumerable<string> Faults(Endpoint endpoint, ModuleRegistration module, HashSet<string> taken, ParameterPolicyFactory policies)
    {
        var prefix = PrefixOf(module) + "/";
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } address, RequestDelegate: not null } || !("/" + address.TrimStart('/')).StartsWith(prefix, StringComparison.Ordinal))
        {
            yield return $"is not below {prefix}.";
        }
        else if (!MayRoute(RoutePatternFactory.Parse(address), policies))
        {
            // The host's router asks them for every request, before anybody is signed in.
            yield return "has a pattern with a constraint that is a regular expression or that the host does not know.";
        }

        if (NameOf(endpoint) is { } name && !taken.Add(name))
        {
            yield return $"has the name {name}, which is taken.";
        }
    }

    private static bool MayRoute(RoutePattern pattern, ParameterPolicyFactory policies)
    {
        try
        {
            return pattern.Parameters.All(parameter => parameter.ParameterPolicies.All(policy => policies.Create(parameter, policy) is not RegexRouteConstraint and not OptionalRouteConstraint { InnerConstraint: RegexRouteConstraint }));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task RunAsync(HttpContext context, string module, RouteEndpoint endpoint, RequestDelegate work)
    {
        var services = context.RequestServices;
        var limits = services.GetRequiredService<ContainmentLimits>();
        var containers = services.GetRequiredService<ModuleContainers>();
        _ = services.GetRequiredService<Caller>();
        var detached = await DetachedRequest.CopyAsync(context, endpoint, services.GetRequiredService<ApiLimits>().BodyBytes, limits.AnswerBytes);
        await services.GetRequiredService<ModuleGates>()[module].RunAsync(
            "endpoint " + endpoint.RoutePattern.RawText,
            limits.RequestSeconds,
            async limit =>
            {
                await using var scope = containers.Open(module, services);
                detached.Context.RequestServices = scope.ServiceProvider;
                detached.Context.RequestAborted = limit;
                await work(detached.Context);
                await detached.Context.Response.CompleteAsync();
                detached.ThrowIfUnfit();
                return true;
            },
            context.RequestAborted);
        await detached.AnswerAsync(context);
    }

    /// <summary>Where a module maps: its own services, and nothing of the host's to add to.</summary>
    private sealed class OwnRoutes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
