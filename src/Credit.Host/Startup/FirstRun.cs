namespace Credit.Host.Startup;

/// <summary>
/// What a first run on a machine of one's own gets without asking: the demo district and its accounts. A host over a named
/// server gets neither unless it says so, and an explicit setting always wins.
/// </summary>
internal static class FirstRun
{
    /// <summary>True when no server is named, so that the private cluster is used.</summary>
    public static bool IsEmbedded(IConfiguration configuration) => configuration.GetConnectionString(Storage.ConnectionName) is not { Length: > 0 };

    /// <summary><c>Issuer:DemoAccounts</c>.</summary>
    public static bool HasDemoAccounts(IConfiguration configuration) => configuration.GetValue<bool?>("Issuer:DemoAccounts") ?? IsEmbedded(configuration);

    /// <summary><c>Demo:Load</c>.</summary>
    public static bool LoadsDemo(IConfiguration configuration) => configuration.GetValue<bool?>("Demo:Load") ?? IsEmbedded(configuration);
}
