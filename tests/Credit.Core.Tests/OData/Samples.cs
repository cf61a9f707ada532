using Credit.Abstractions;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.OData;

/// <summary>A row with a column of every kind a set may have, nulls and ties included.</summary>
public sealed record SampleRow
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string? Note { get; init; }

    public int Number { get; init; }

    public int? Score { get; init; }

    public long Big { get; init; }

    public decimal? Amount { get; init; }

    public bool Flag { get; init; }

    public DateOnly Day { get; init; }

    public DateOnly? Until { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Several texts.</summary>
    public string[] Tags { get; init; } = [];

    /// <summary>Shown, but neither filterable nor sortable.</summary>
    public string Plain { get; init; } = "";
}

/// <summary>Rows the database makes up by itself, and the same rows made up here.</summary>
internal sealed class Samples(PublicDbContext db) : IEntitySet<SampleRow>
{
    public const int Count = 257;

    private const string Sql = """
        SELECT md5(n::text)::uuid AS id, 'n' || (n % 5) AS name,
               CASE WHEN n % 3 = 0 THEN NULL ELSE '注%_' || (n % 4) END AS note,
               n % 7 AS number, CASE WHEN n % 4 = 0 THEN NULL ELSE n % 6 END AS score, n::bigint * 3000000000 AS big,
               CASE WHEN n % 5 = 0 THEN NULL ELSE (n % 9)::numeric / 2 END AS amount, n % 2 = 0 AS flag,
               DATE '2026-01-01' + n % 10 AS day, CASE WHEN n % 6 = 0 THEN NULL ELSE DATE '2026-06-01' + n % 3 END AS until,
               TIMESTAMPTZ '2026-01-01 00:00:00Z' + n % 11 * INTERVAL '1 hour' AS at,
               CASE n % 3 WHEN 0 THEN ARRAY[]::text[] WHEN 1 THEN ARRAY['a'] ELSE ARRAY['a', '乙'] END AS tags, 'p' || n AS plain
        FROM generate_series(1, 257) AS n
        """;

    public static string Name => "Samples";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Rows of a test.";

    public static void Shape(ISetShape<SampleRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Name, each => each.Note, each => each.Number, each => each.Score, each => each.Big, each => each.Amount,
            each => each.Flag, each => each.Day, each => each.Until, each => each.At, each => each.Tags)
        .Sort(each => each.Name, each => each.Note, each => each.Number, each => each.Score, each => each.Big, each => each.Amount, each => each.Day, each => each.Until, each => each.At)
        .Search(each => each.Name, each => each.Note)
        .Navigate<SampleGroupRow>("Group", each => each.Name, group => group.Name)
        .Navigate<SampleRow>("Twins", each => each.Score, other => other.Number)
        .Page(size: 20, max: 50);

    public static IReadOnlyList<SampleRow> Mirror { get; } =
    [
        .. Enumerable.Range(1, Count).Select(n => new SampleRow
        {
            Plain = $"p{n}",
            Name = $"n{n % 5}",
            Note = n % 3 == 0 ? null : $"注%_{n % 4}",
            Number = n % 7,
            Score = n % 4 == 0 ? null : n % 6,
            Big = n * 3_000_000_000L,
            Amount = n % 5 == 0 ? null : n % 9 / 2m,
            Flag = n % 2 == 0,
            Day = new DateOnly(2026, 1, 1).AddDays(n % 10),
            Until = n % 6 == 0 ? null : new DateOnly(2026, 6, 1).AddDays(n % 3),
            At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(n % 11),
            Tags = (n % 3) switch { 0 => [], 1 => ["a"], _ => ["a", "乙"] },
        }),
    ];

    public IQueryable<SampleRow> Rows() => db.Database.SqlQueryRaw<SampleRow>(Sql).Select(row => new SampleRow
    {
        Id = row.Id,
        Name = row.Name,
        Note = row.Note,
        Number = row.Number,
        Score = row.Score,
        Big = row.Big,
        Amount = row.Amount,
        Flag = row.Flag,
        Day = row.Day,
        Until = row.Until,
        At = row.At,
        Tags = row.Tags,
        Plain = row.Plain,
    });
}

/// <summary>What samples of one name have in common.</summary>
public sealed record SampleGroupRow
{
    public string Name { get; init; } = "";

    public string Title { get; init; } = "";
}

/// <summary>Groups of the samples; of two of the five names there is none.</summary>
internal sealed class SampleGroups(PublicDbContext db) : IEntitySet<SampleGroupRow>
{
    public static string Name => "SampleGroups";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Groups of rows of a test.";

    public static void Shape(ISetShape<SampleGroupRow> row) => row
        .Key(each => each.Name)
        .Filter(each => each.Title)
        .Sort(each => each.Title)
        .Search(each => each.Title)
        .Navigate<SampleRow>("Members", each => each.Name, member => member.Name)
        .Page(size: 20, max: 50);

    public IQueryable<SampleGroupRow> Rows() => db.Database.SqlQueryRaw<SampleGroupRow>("SELECT 'n' || n AS name, '组' || n AS title FROM generate_series(0, 2) AS n")
        .Select(row => new SampleGroupRow { Name = row.Name, Title = row.Title });
}

/// <summary>Rows that fail in ways a database can, once they are read.</summary>
internal sealed class Failing(PublicDbContext db) : IEntitySet<FailingRow>
{
    public static string Name => "Failing";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Rows of a test that fail.";

    public static void Shape(ISetShape<FailingRow> row) => row.Key(each => each.Id).Filter(each => each.Kind).Page(size: 1, max: 1);

    public IQueryable<FailingRow> Rows() => db.Database.SqlQueryRaw<FailingRow>(
        "SELECT id, kind, CASE kind WHEN 1 THEN (1 / (kind - 1))::text WHEN 2 THEN pg_sleep(20)::text ELSE encode(lo_get(0::oid), 'hex') END AS value FROM (VALUES (1, 1), (2, 2), (3, 3)) AS v (id, kind)");
}

public sealed record FailingRow
{
    public int Id { get; init; }

    public int Kind { get; init; }

    public string? Value { get; init; }
}
