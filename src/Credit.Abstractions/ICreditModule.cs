using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Abstractions;

/// <summary>Names a module and the contract it was built for.</summary>
/// <param name="Key">Lower-case key, unique in the host, used in routes and set names; for example <c>tax</c>.</param>
/// <param name="Department">Key of the owning department in the district's table of departments.</param>
/// <param name="Title">Official Chinese title of the module's field.</param>
/// <param name="ContractVersion">Version of the contract the module was built for; see <see cref="ModuleContract"/>.</param>
public sealed record ModuleManifest(string Key, string Department, string Title, int ContractVersion)
{
    /// <summary>Keys of further departments that list by these criteria and report by these reports, as a second bureau of the same field does; empty for most.</summary>
    public IReadOnlyList<string> AlsoServes { get; init; } = [];

    /// <summary>Every department it serves, the owner first. Where a report of the module answers a measure, each of them reports by it (R-3.5.1.b).</summary>
    public IReadOnlyList<string> Departments => [Department, .. AlsoServes];
}

/// <summary>A department's module: exactly one public class per module assembly.</summary>
public interface ICreditModule
{
    /// <summary>Key, department and contract version.</summary>
    ModuleManifest Manifest { get; }

    /// <summary>
    /// Adds services of the module's own, into a container of its own. Beside them the module's classes may ask for
    /// <see cref="TimeProvider"/>, loggers, <see cref="IFeedbackReports"/> and the working calendar; registering over these, or over
    /// services of the core or the framework, stops the start. Hosted services are started within a time limit.
    /// </summary>
    /// <param name="services">The module's container.</param>
    /// <param name="configuration">The module's own section, <c>Modules:{key}</c>.</param>
    void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>
    /// Escape hatch for endpoints of the module's own, under <c>/api/modules/{key}</c>. Officials may call them unless an endpoint
    /// narrows that with <c>RequireAuthorization</c> and the name of a policy of the host; one that is open to anyone stops the start.
    /// Its request comes without the caller's token, its answer is passed on when it is whole, and its services are the module's own.
    /// Paths below <c>feedback/</c> belong to the core.
    /// </summary>
    /// <param name="department">The group of the module's endpoints.</param>
    void MapEndpoints(IEndpointRouteBuilder department)
    {
    }
}
