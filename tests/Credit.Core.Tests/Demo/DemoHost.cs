// File modes do not exist on Windows, where the cluster refuses to start.
#pragma warning disable CA1416

using Credit.Core.Store;
using Credit.Host.Embedded;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Credit.Core.Tests.Demo;

/// <summary>
/// The first run of a newcomer, with a small district and its own private cluster. A load before it was killed half-way:
/// the cluster holds what that one left behind.
/// </summary>
public sealed class DemoHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-demo-").FullName;
    private WebApplication? _app;

    public IServiceProvider Services => _app!.Services;

    internal WebApplication App => _app!;

    public Uri Address { get; private set; } = new("http://localhost");

    public async Task InitializeAsync()
    {
        // A server that may not run as root must be able to enter.
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        await LeaveHalfADistrictAsync();
        _app = CreditHost.Build(
            [
                "--urls", "http://127.0.0.1:0", "--DataDirectory", _folder, "--Demo:Subjects", "300", "--Clockwork:Enabled", "false",
                "--environment", "Production", "--Logging:LogLevel:Default", "Critical",
            ],
            builder => builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(HostFixture.Start)));
        await _app.StartStorageAsync();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Looks into the register.</summary>
    internal async Task<T> ReadAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    private async Task LeaveHalfADistrictAsync()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(_folder, new EmbeddedOptions(), NullLogger.Instance, CancellationToken.None);
        await cluster.EnsureDatabaseAsync("credit_demo_unfinished");
        var unpooled = new NpgsqlConnectionStringBuilder(cluster.ConnectionString("credit_demo_unfinished")) { Pooling = false };
        await StoreRegistration.RunAsOwnerAsync(unpooled.ConnectionString, "CREATE SCHEMA core; CREATE TABLE core.subject (half int)", CancellationToken.None);
    }
}
