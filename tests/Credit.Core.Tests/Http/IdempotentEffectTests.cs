using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Http;

/// <summary>The same key: the same effect once, also when the answer went wrong after it.</summary>
[Trait("Invariant", "I85")]
public sealed class IdempotentEffectTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_request_sent_again_gets_the_same_answer_and_another_request_under_its_key_is_refused()
    {
        var proposal = Proposals.Black(Proposals.Code("500"));
        using var client = await host.AsAsync("tax.officer");
        client.DefaultRequestHeaders.Add(Idempotency.Header, "key-500");

        using var first = await client.PostAsJsonAsync("/api/entries", proposal);
        using var again = await client.PostAsJsonAsync("/api/entries", proposal);
        using var other = await client.PostAsJsonAsync("/api/entries", Proposals.Black(Proposals.Code("500")));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (again.Headers.Location, again.Headers.ETag).ShouldBe((first.Headers.Location, first.Headers.ETag));
        again.Headers.Contains(Idempotency.ReplayedHeader).ShouldBeTrue();
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CountAsync(db => db.Entries.CountAsync(entry => entry.SubjectCode == Proposals.Code("500")))).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_failed_after_its_effect_was_committed_is_never_run_again(bool throws)
    {
        var name = $"提交后失败{throws}";
        var key = $"after-{throws}";
        await RunAsync(key, async context =>
        {
            await RegisterAsync(context, name);
            context.Response.StatusCode = throws ? throw new InvalidOperationException("after the commit") : StatusCodes.Status500InternalServerError;
        });

        var retry = await RunAsync(key, context => RegisterAsync(context, name));

        retry.ShouldBe((StatusCodes.Status409Conflict, false));
        (await CountAsync(db => db.Subjects.CountAsync(subject => subject.Name == name))).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_failed_before_the_commit_may_be_tried_again()
    {
        const string Name = "提交前失败";
        await RunAsync("before", async context =>
        {
            var db = context.RequestServices.GetRequiredService<CreditDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await RegisterAsync(context, Name);
            throw new InvalidOperationException("before the commit");
        });

        var retry = await RunAsync("before", context => RegisterAsync(context, Name));

        retry.ShouldBe((StatusCodes.Status200OK, true));
        (await RunAsync("before", context => RegisterAsync(context, Name))).ShouldBe((StatusCodes.Status200OK, false), "answered from what was kept");
        (await CountAsync(db => db.Subjects.CountAsync(subject => subject.Name == Name))).ShouldBe(1);
    }

    private static Task RegisterAsync(HttpContext context, string name)
    {
        var db = context.RequestServices.GetRequiredService<CreditDbContext>();
        db.Add(RegisterBench.NewSubject(name));
        return db.SaveChangesAsync();
    }

    // Sends a request with this key through the middleware and the host's own store to a use case of the test's. Says whether it ran.
    private async Task<(int Status, bool Ran)> RunAsync(string key, RequestDelegate useCase)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "tax.officer"), new Claim("department", "tax")], "test")),
        };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = "/api/test";
        context.Request.Headers[Idempotency.Header] = key;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new IdempotentAttribute()), "test"));
        var ran = false;
        var middleware = new Idempotency(
            running =>
            {
                ran = true;
                return useCase(running);
            },
            scope.ServiceProvider.GetRequiredService<IProblemDetailsService>());
        try
        {
            await middleware.InvokeAsync(
                context, scope.ServiceProvider.GetRequiredService<IIdempotencyStore>(), new Caller(context.User), scope.ServiceProvider.GetRequiredService<IdempotentEffect>());
        }
        catch (InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        return (context.Response.StatusCode, ran);
    }

    private async Task<int> CountAsync(Func<CreditDbContext, Task<int>> count)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await count(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }
}
