using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Abstractions;

/// <summary>Names a module and the contract it was built for.</summary>
/// <param name="Key">Lower-case key, unique in the host, used in routes and set names; for example <c>tax</c>.</param>
/// <param name="Department">Key of the owning department in the district's table of departments.</param>
/// <param name="Title">Official Chinese title of the module's field.</param>
/// <param name="ContractVersion">Version of the contract the module was built for; see <see cref="ModuleContract.Version"/>.</param>
public sealed record ModuleManifest(string Key, string Department, string Title, int ContractVersion);

/// <summary>The contract between host and modules.</summary>
public static class ModuleContract
{
    /// <summary>The version this host speaks. A module of another version stops the start.</summary>
    public const int Version = 1;
}

/// <summary>A department's module: exactly one public class per module assembly.</summary>
public interface ICreditModule
{
    /// <summary>Key, department and contract version.</summary>
    ModuleManifest Manifest { get; }

    /// <summary>Adds services of the module's own. It may not register over services of the core.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>Escape hatch for endpoints of the module's own, under <c>/api/modules/{key}</c>, authorised by default.</summary>
    void MapEndpoints(IEndpointRouteBuilder department)
    {
    }
}
