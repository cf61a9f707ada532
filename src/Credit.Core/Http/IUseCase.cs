using System.Reflection;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Http;

/// <summary>One use case, one file. Implementing this role is the registration: the host maps every use case it finds under <c>/api</c>.</summary>
internal interface IUseCase
{
    /// <summary>Maps the route. Every route names its access policy; a test fails otherwise.</summary>
    static abstract void Map(IEndpointRouteBuilder api);
}

/// <summary>Finds the use cases of an assembly and maps them.</summary>
internal static class UseCases
{
    public static void MapUseCases(this IEndpointRouteBuilder api, Assembly assembly)
    {
        foreach (var useCase in assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IUseCase)) && !type.IsInterface).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            useCase.GetMethod(nameof(IUseCase.Map), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [api]);
        }
    }
}
