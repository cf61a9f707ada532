using Credit.Host.Startup;

var app = CreditHost.Build(args);
await app.RunAsync();

/// <summary>Entry point, named for tests that start the host.</summary>
public partial class Program;
