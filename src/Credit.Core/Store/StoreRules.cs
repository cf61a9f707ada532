namespace Credit.Core.Store;

/// <summary>The SQL that EF cannot express: exclusion constraints, triggers, public views, roles.</summary>
internal static class StoreRules
{
    /// <summary>The script, as embedded.</summary>
    public static string Text
    {
        get
        {
            using var reader = new StreamReader(typeof(StoreRules).Assembly.GetManifestResourceStream("rules.sql")!);
            return reader.ReadToEnd();
        }
    }
}
