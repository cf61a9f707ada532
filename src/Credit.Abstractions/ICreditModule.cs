using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Abstractions;

/// <summary>Names a module and the contract it was built for.</summary>
/// <param name="Key">Lower-case key, unique in the host, used in routes and set names; for example <c>tax</c>.</param>
/// <param name="Department">Key of the owning department in the district's table of departments.</param>
/// <param name="Title">Official Chinese title of the module's field.</param>
/// <param name="ContractVersion">Version of the contract the module was built for; see <see cref="ModuleContract"/>.</param>
public sealed record ModuleManifest(string Key, string Department, string Title, int ContractVersion);

/// <summary>A department's module: exactly one public class per module assembly.</summary>
public interface ICreditModule
{
    /// <summary>Key, department and contract version.</summary>
    ModuleManifest Manifest { get; }

    /// <summary>Adds services of the module's own. It may not register over services of the core.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>
    /// Escape hatch for endpoints of the module's own, under <c>/api/modules/{key}</c>. Officials may call them unless an endpoint
    /// narrows that with <c>RequireAuthorization</c> and the name of a policy of the host; nobody may without a token.
    /// Paths below <c>feedback/</c> belong to the core.
    /// </summary>
    void MapEndpoints(IEndpointRouteBuilder department)
    {
    }
}
