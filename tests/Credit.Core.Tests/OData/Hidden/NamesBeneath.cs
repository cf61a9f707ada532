using System.Reflection;
using Credit.Core.Store;
using Credit.OData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>Names that lie beneath the feeds: columns of every table and view, members of every entity, columns and ways of every set.</summary>
internal static class NamesBeneath
{
    /// <summary>Words somebody would try.</summary>
    private static readonly string[] Tried =
    [
        "IdentityNumber", "CertificateNumber", "PersonName", "Phone", "Mobile", "Email", "Informant", "Reporter", "Salt", "Cipher", "Lookup", "Mask", "SubjectMask",
        "IdentifierMask", "RecognisedBy", "ReviewedBy", "ProposedBy", "DepartmentId", "PersonId", "subject_id", "person_id", "informant", "phone", "xmin", "ctid", "tableoid",
        "EqualityContract", "Database", "ChangeTracker", "ToString", "GetType", "Length", "Count", "Capacity", "TaskDictionary",
    ];

    /// <summary>Everything that somebody who knew the house would ask for.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(IServiceProvider host, string owner, SetCatalog sets)
    {
        List<string> names = [.. Tried, .. await ColumnsAsync(owner)];
        await using var scope = host.CreateAsyncScope();
        foreach (var context in new DbContext[]
        {
            scope.ServiceProvider.GetRequiredService<CreditDbContext>(), scope.ServiceProvider.GetRequiredService<PublicDbContext>(),
            scope.ServiceProvider.GetRequiredService<OfficialDbContext>(),
        })
        {
            foreach (var type in context.Model.GetEntityTypes())
            {
                names.Add(type.ClrType.Name.Split('`')[0]);
                names.AddRange(type.GetProperties().Select(property => property.Name));
                names.AddRange(type.GetNavigations().Select(way => way.Name));
                names.AddRange(type.ClrType.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Select(member => member.Name.Split('.')[^1]));
            }
        }

        names.AddRange(sets.Sets.SelectMany(set => set.Shape.Columns.Select(column => column.Name).Concat(set.Shape.Ways.Select(way => way.Name)).Append(set.Name).Append(set.Row.Name)));
        return [.. names.Where(IsName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Those that neither a set nor, where a way is followed, its end has in its model. Options read names in either case.</summary>
    public static string[] Hidden(IEnumerable<string> all, params QueryableSet[] shown)
    {
        var known = shown.SelectMany(set => set.Shape.Columns.Select(column => column.Name).Concat(set.Shape.Ways.Select(way => way.Name))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(name => !known.Contains(name))];
    }

    /// <summary>A name of the same length that never existed.</summary>
    public static string Never(string name, int seed, IReadOnlySet<string> all)
    {
        const string Letters = "bcdfghjklmnpqrstvwxz";
        for (var random = new Random(seed); ;)
        {
            var made = string.Create(name.Length, random, (text, source) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = Letters[source.Next(Letters.Length)];
                }
            });
            made = char.IsUpper(name[0]) ? char.ToUpperInvariant(made[0]) + made[1..] : made;
            made = name.Contains('_', StringComparison.Ordinal) ? $"{made[..1]}_{made[2..]}" : made;
            if (!all.Contains(made))
            {
                return made;
            }
        }
    }

    private static bool IsName(string name) => name.Length > 1 && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static async Task<IReadOnlyList<string>> ColumnsAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            UNION SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'v', 'm', 'p')
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> names = [];
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
