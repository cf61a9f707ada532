using System.Reflection;
using Credit.Architecture.Tests.Reading;
using Credit.Core.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Architecture.Tests.Structure;

/// <summary>No update is lost: every command names the version it read, or says why it need not (I89).</summary>
[Collection(OverTheBuiltHost.Name)]
[Trait("Invariant", "I89")]
public sealed class VersionTests(BuiltHost host)
{
    private IReadOnlyList<RouteEndpoint> Commands =>
    [
        .. host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true && IsCommand(endpoint)),
    ];

    [Fact]
    public void Every_command_takes_the_version_seen_or_says_why_it_need_not()
    {
        Commands.Count.ShouldBeGreaterThan(100);
        Faults(Commands).ShouldBeEmpty();
    }

    [Fact]
    public void Reasons_are_the_two_that_recur_or_are_written_for_the_command()
    {
        var reasons = Commands.Select(command => (command.DisplayName, command.Metadata.GetMetadata<WithoutVersionBecauseAttribute>()?.Reason))
            .Where(each => each.Reason is not null && each.Reason != VersionlessCommands.New && each.Reason != VersionlessCommands.Question).ToArray();

        reasons.ShouldAllBe(each => each.Reason!.Length > 40 && each.Reason.EndsWith('.'));
        reasons.Length.ShouldBeLessThan(20, "a reason of its own is the exception");
    }

    [Fact]
    public void A_command_without_either_is_found_and_so_is_one_with_both()
    {
        var planted = WebApplication.CreateSlimBuilder().Build();
        planted.MapPost("/api/things/{id}/move", (string id) => id);
        planted.MapPost("/api/things/{id}/edit", (string id, IfMatch seen) => $"{id}{seen}").WithoutVersionBecause(VersionlessCommands.New);
        planted.MapPost("/api/things", () => "x").WithoutVersionBecause(" ");
        planted.MapPost("/api/good", () => "x").WithoutVersionBecause(VersionlessCommands.New);

        var endpoints = ((IEndpointRouteBuilder)planted).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();

        Faults(endpoints).Count.ShouldBe(3);
    }

    private static IReadOnlyList<string> Faults(IEnumerable<RouteEndpoint> commands) =>
    [
        .. from command in commands
           let takes = command.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(IfMatch)) == true
           let reason = command.Metadata.GetMetadata<WithoutVersionBecauseAttribute>()?.Reason
           where takes == !string.IsNullOrWhiteSpace(reason)
           select $"{command.DisplayName} ({command.RoutePattern.RawText}): {(takes ? "takes a version and says it needs none" : "takes no version and says no reason")}",
    ];

    private static bool IsCommand(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
        .Any(method => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)) == true;
}
