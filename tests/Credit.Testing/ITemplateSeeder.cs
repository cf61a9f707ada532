namespace Credit.Testing;

/// <summary>Fills the template database that every test's database is cloned from.</summary>
public interface ITemplateSeeder
{
    /// <summary>Changes whenever the filled database would: schema version, reference data. At most 40 letters, digits, underscores.</summary>
    string Key { get; }

    /// <summary>Migrates the empty database behind the connection string; every connection is closed when the task ends.</summary>
    Task SeedAsync(string connectionString, CancellationToken cancellation);
}
