using Credit.Host.Startup;

if (args is [LogVerification.Command, ..])
{
    await using var verifier = CreditHost.Build(args[1..]);
    return await verifier.VerifyLogAsync(Console.Out);
}

if (args is ["module-hash", .. var asked])
{
    return ModuleHash.Run(asked, Console.Out, Console.Error);
}

var migrateOnly = args is ["migrate", ..];
await using var app = migrateOnly ? CreditHost.Build(args[1..]) : await CreditHost.BuildStartedAsync(args);
await app.StartStorageAsync(loadDemo: !migrateOnly);
if (!migrateOnly)
{
    await app.RunAsync();
}

return 0;

/// <summary>Entry point, named for tests that start the host.</summary>
public partial class Program;
