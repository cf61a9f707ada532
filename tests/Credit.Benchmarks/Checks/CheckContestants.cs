using System.Buffers;
using Credit.Core.Checks;
using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Credit.Benchmarks.Checks;

/// <summary>
/// The process that is measured: the product on one port, an echo behind the product's own front door on the next, the product without its
/// check index, and an echo with nothing before it but the same bearer token. It serves until its standard input ends, and then tells
/// where its answers came from.
/// </summary>
internal static class CheckContestants
{
    public static async Task<int> ServeAsync(string owner, int port)
    {
        var folder = Directory.CreateTempSubdirectory("credit-checks-bench-").FullName;
        await using var product = Product(owner, port, folder, withIndex: true);
        await using var withoutIndex = Product(owner, port + 2, folder, withIndex: false);
        await using var echo = Echo(port + 1, folder, owner);
        foreach (var host in new[] { product, withoutIndex })
        {
            await host.StartStorageAsync();
            await host.StartAsync();
        }

        await echo.StartAsync();
        await using var bare = Bare(port + 3, product.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme));
        await bare.StartAsync();
        while (!product.Services.GetRequiredService<CheckIndex>().Ready)
        {
            await Task.Delay(100);
        }

        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        var statements = product.Services.GetRequiredService<KeptReceipts>().Statements;
        var (own, others) = (product.Services.GetRequiredService<CheckMeters>(), withoutIndex.Services.GetRequiredService<CheckMeters>());
        Console.WriteLine(own.FromRegister == 0 && others.FromIndex == 0 ? $"pure; {statements} statements kept the receipts of {own.FromIndex} subjects, batches included" : $"mixed: {own.FromRegister} of the product from the register, {others.FromIndex} of the other from memory");
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static string[] Settings(int port, string folder) =>
    [
        "--urls", $"http://127.0.0.1:{port}", "--DataDirectory", folder, "--Issuer:DemoAccounts", "true", "--environment", "Production", "--Logging:LogLevel:Default", "Error", .. HostFixture.WideLimits,
    ];

    // Without the worker that loads it the index is never there, and the register is asked.
    private static WebApplication Product(string owner, int port, string folder, bool withIndex) => CreditHost.Build(
        [.. Settings(port, folder), "--ConnectionStrings:Credit", owner, "--Clockwork:Enabled", "false", "--Demo:Load", "false"],
        builder =>
        {
            foreach (var worker in builder.Services.Where(each => !withIndex && each.ServiceType == typeof(IHostedService) && each.ImplementationFactory is not null).ToArray())
            {
                builder.Services.Remove(worker);
            }
        });

    private static WebApplication Echo(int port, string folder, string owner)
    {
        var builder = WebApplication.CreateBuilder(Settings(port, folder));
        builder.AddHttp(folder);
        builder.Services.AddStore();
        builder.Services.AddSingleton<IIdempotencyStore, IdempotencyStore>();
        builder.Services.AddSingleton(ModuleCatalog.From([], DepartmentDirectory.Load(), CanonicalMeasures.Load()));
        var app = builder.Build();
        app.Services.GetRequiredService<StoreAddress>().ConnectionString = owner;
        app.MapApi().MapPost("/echo", AnswerAsync).RequireAuthorization(Access.Department).AnswerNotKept().WithName("Echo").WithSummary("As many bytes as asked for");
        app.UseFrontDoor();
        return app;
    }

    private static WebApplication Bare(int port, JwtBearerOptions tokens)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Error"]);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
            (options.MapInboundClaims, options.TokenValidationParameters) = (false, tokens.TokenValidationParameters));
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/api/echo", AnswerAsync).RequireAuthorization();
        return app;
    }

    // Reads the question to its end and answers as many bytes as an answer of the product has.
    private static async Task AnswerAsync(HttpContext context)
    {
        while (await context.Request.BodyReader.ReadAsync(context.RequestAborted) is var read)
        {
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        var length = int.Parse(context.Request.Query["bytes"]!, System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = length;
        var writer = context.Response.BodyWriter;
        writer.GetSpan(length)[..length].Fill((byte)' ');
        writer.Advance(length);
        await writer.FlushAsync(context.RequestAborted);
    }
}
