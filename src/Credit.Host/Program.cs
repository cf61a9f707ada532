using Credit.Host.Startup;

var migrateOnly = args is ["migrate", ..];
await using var app = CreditHost.Build(migrateOnly ? args[1..] : args);
await app.StartStorageAsync(loadDemo: !migrateOnly);
if (!migrateOnly)
{
    await app.RunAsync();
}

/// <summary>Entry point, named for tests that start the host.</summary>
public partial class Program;
