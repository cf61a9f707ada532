using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Host.Callers;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Credit.Core.Tests.Http;

[Collection(nameof(EdgeHost))]
public sealed class CallerTests(EdgeHost host)
{
    [Theory]
    [InlineData("tax.officer", "official,department,authenticated")]
    [InlineData("tax.approver", "official,department,approver,authenticated")]
    [InlineData("development-reform.officer", "official,department,lead-office,exchange,authenticated")]
    [InlineData("auditor", "official,authenticated")]
    [InlineData("association", "association,authenticated")]
    [InlineData("subject", "authenticated")]
    public async Task A_role_opens_its_policies_and_no_other(string user, string policies)
    {
        foreach (var policy in EndpointAccess.Policies)
        {
            using var answer = await host.SendAsync(HttpMethod.Get, "/api/policies/" + policy, user: user);

            if (policies.Split(',').Contains(policy))
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, policy);
            }
            else
            {
                (await BadInputTests.ProblemOf(answer, HttpStatusCode.Forbidden)).GetProperty("code").GetString().ShouldBe("not-allowed");
            }
        }
    }

    [Fact]
    public async Task A_token_says_who_calls()
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/api/policies/authenticated", user: "finance.approver");
        using var subject = await host.SendAsync(HttpMethod.Get, "/api/policies/authenticated", user: "subject");

        var caller = await answer.Content.ReadFromJsonAsync<JsonElement>();
        caller.GetProperty("user").GetString().ShouldBe("finance.approver");
        caller.GetProperty("department").GetString().ShouldBe("finance");
        caller.GetProperty("names")[0].GetString().ShouldBe(Roles.Approver);
        (await subject.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("subjectId").GetGuid().ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task A_machine_signs_in_with_client_credentials_only()
    {
        using var right = await SignInAsync(("grant_type", "client_credentials"), ("client_id", "tax.system"), ("client_secret", "credit-demo-secret"));
        using var wrong = await SignInAsync(("grant_type", "client_credentials"), ("client_id", "tax.system"), ("client_secret", "x"));
        using var asPerson = await SignInAsync(("grant_type", "password"), ("username", "tax.system"), ("password", "credit-demo-secret"));
        using var asMachine = await SignInAsync(("grant_type", "client_credentials"), ("client_id", "tax.officer"), ("client_secret", "credit-demo"));

        right.StatusCode.ShouldBe(HttpStatusCode.OK, await right.Content.ReadAsStringAsync());
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asPerson.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        asMachine.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("grant_type=password&username=tax.officer&password=wrong")]
    [InlineData("grant_type=password&username=nobody&password=credit-demo")]
    [InlineData("grant_type=password")]
    [InlineData("grant_type=magic")]
    [InlineData("grant_type=refresh_token&refresh_token=x")]
    [InlineData("")]
    [InlineData("grant_type=password&grant_type=password&username=a&password=b")]
    public async Task A_wrong_sign_in_is_refused_as_oauth_says(string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await host.Client.PostAsync(new Uri("/connect/token", UriKind.Relative), content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("error", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task No_token_a_broken_token_and_an_old_token_are_told_apart()
    {
        using var missing = await host.SendAsync(HttpMethod.Get, "/api/probes/search", user: null);
        using var broken = await host.SendAsync(HttpMethod.Get, "/api/probes/search", null, null, ("Authorization", "Bearer a.b.c"));
        var token = await host.TokenAsync("tax.officer");
        var parts = token.Split('.');
        using var forged = await host.SendAsync(HttpMethod.Get, "/api/probes/search", null, null, ("Authorization", $"Bearer {parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"));
        host.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(2));
        using var old = await host.SendAsync(HttpMethod.Get, "/api/probes/search", null, null, ("Authorization", "Bearer " + token));

        (await BadInputTests.ProblemOf(missing, HttpStatusCode.Unauthorized)).GetProperty("code").GetString().ShouldBe("token-missing");
        (await BadInputTests.ProblemOf(broken, HttpStatusCode.Unauthorized)).GetProperty("code").GetString().ShouldBe("token-invalid");
        (await BadInputTests.ProblemOf(forged, HttpStatusCode.Unauthorized)).GetProperty("code").GetString().ShouldBe("token-invalid");
        (await BadInputTests.ProblemOf(old, HttpStatusCode.Unauthorized)).GetProperty("code").GetString().ShouldBe("token-expired");
        old.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
    }

    [Fact]
    public void The_signing_key_is_kept_for_its_owner_only()
    {
        var file = Path.Combine(host.Folder, "keys", "issuer.pem");

        using var again = new IssuerKey(file);
        again.Key.KeyId.Length.ShouldBe(16);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Every_endpoint_of_the_host_names_its_policy_or_its_reason_to_be_open()
    {
        using var folder = new Folder();
        var app = CreditHost.Build(["--DataDirectory", folder.Path]);

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToArray();
        endpoints.Length.ShouldBeGreaterThan(5);
        EndpointAccess.Unguarded(endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void An_endpoint_without_policy_with_an_unknown_policy_or_open_without_reason_is_found()
    {
        Endpoint[] planted =
        [
            Endpoint("none"),
            Endpoint("no name", new Microsoft.AspNetCore.Authorization.AuthorizeAttribute()),
            Endpoint("unknown", new Microsoft.AspNetCore.Authorization.AuthorizeAttribute("anybody")),
            Endpoint("open", new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute()),
            Endpoint("open for no reason", new AnonymousBecauseAttribute("")),
            Endpoint("fine", new Microsoft.AspNetCore.Authorization.AuthorizeAttribute(Access.Official)),
            Endpoint("open for a reason", new AnonymousBecauseAttribute("Health.")),
        ];

        EndpointAccess.Unguarded(planted).Select(found => found.Split(" (")[0]).ShouldBe(["none", "no name", "unknown", "open", "open for no reason"]);
        Should.Throw<InvalidOperationException>(() => EndpointAccess.ThrowIfUnguarded(planted)).Message.ShouldContain("unknown");
    }

    private static RouteEndpoint Endpoint(string name, params object[] metadata) =>
        new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/x"), 0, new EndpointMetadataCollection(metadata), name);

    private async Task<HttpResponseMessage> SignInAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await host.Client.PostAsync(new Uri("/connect/token", UriKind.Relative), content);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("credit-host-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
