using Credit.Host.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Architecture.Tests.Reading;

/// <summary>The real host, built and never started: no database, no socket.</summary>
public sealed class BuiltHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-built-").FullName;
    private WebApplication? _app;

    internal IServiceProvider Services => _app!.Services;

    public Task InitializeAsync()
    {
        _app = CreditHost.Build(["--DataDirectory", _folder]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A service of the host.</summary>
    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}

/// <summary>Tests that share one built host.</summary>
[CollectionDefinition(Name)]
public sealed class OverTheBuiltHost : ICollectionFixture<BuiltHost>
{
    public const string Name = "built host";
}
