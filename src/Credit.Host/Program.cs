<<<<<<< HEAD
using Credit.Host.Embedded;

var builder = WebApplication.CreateBuilder(args);
using var logs = LoggerFactory.Create(logging => logging.AddConsole());
await using var cluster = builder.Configuration.GetConnectionString("Credit") is null
    ? await EmbeddedCluster.StartAsync(
        builder.Configuration["DataDirectory"] ?? ".data", new EmbeddedOptions(), logs.CreateLogger<EmbeddedCluster>(), CancellationToken.None)
    : null;
var app = builder.Build();
await app.RunAsync();
=======
using Credit.Host.Startup;

var app = CreditHost.Build(args);
await app.RunAsync();

/// <summary>Entry point, named for tests that start the host.</summary>
public partial class Program;
>>>>>>> callers
