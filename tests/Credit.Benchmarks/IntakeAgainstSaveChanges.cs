using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Benchmarks;

/// <summary>
/// Intake of a clean penalties file, from its upload to its completed batch, against a loop by hand that splits the same file and
/// saves plain entities through EF in batches of 1,000. The loop checks nothing, looks nothing up and logs nothing.
/// </summary>
internal static class IntakeAgainstSaveChanges
{
    /// <summary>The ratio the platform promises.</summary>
    private const double Promised = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var file = PenaltiesFile.Write(rows);
        Console.WriteLine($"{rows:N0} rows, {file.Length / 1048576.0:F1} MiB");
        var host = new HostFixture();
        await host.InitializeAsync();
        try
        {
            List<double> ratios = [];
            await IntakeAsync(host, PenaltiesFile.Write(2000), 2000);
            await SaveAsync(host, PenaltiesFile.Write(2000));
            for (var round = 1; round <= rounds; round++)
            {
                var ours = await IntakeAsync(host, file, rows);
                var loop = await SaveAsync(host, file);
                ratios.Add(loop / ours);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: intake {ours:F2} s, SaveChanges {loop:F2} s, ratio {loop / ours:F1}"));
            }

            ratios.Sort();
            var median = ratios[ratios.Count / 2];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {median:F1}, promised {Promised:F0}: {(median >= Promised ? "kept" : "BROKEN")}"));
            return median >= Promised ? 0 : 1;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<double> IntakeAsync(HostFixture host, byte[] file, int rows)
    {
        await EmptyAsync(host);
        using var officer = await host.AsAsync("market-supervision.officer");
        officer.Timeout = TimeSpan.FromMinutes(5);
        var clock = Stopwatch.StartNew();
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var form = new MultipartFormDataContent { { content, "file", "penalties.csv" } };
        using var sent = await officer.PostAsync(new Uri("/api/intake/penalties", UriKind.Relative), form);
        await host.IntakeAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        var batch = await officer.GetFromJsonAsync<JsonElement>(sent.Headers.Location);
        var stored = batch.GetProperty("accepted").GetInt32();
        return stored == rows ? seconds : throw new InvalidOperationException($"{stored} of {rows} rows stored: {batch}");
    }

    private static async Task<double> SaveAsync(HostFixture host, byte[] file)
    {
        await EmptyAsync(host);
        var clock = Stopwatch.StartNew();
        await using var scope = host.Services.CreateAsyncScope();
        var options = new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql(host.ConnectionString).UseSnakeCaseNamingConvention().Options;
        using var lines = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        await lines.ReadLineAsync();
        var batch = Guid.CreateVersion7();
        var row = 1;
        CreditDbContext? db = null;
        while (await lines.ReadLineAsync() is { } line)
        {
            db ??= new CreditDbContext(options);
            db.Add(PenaltyOf(line.Split(','), ++row, batch));
            if (row % 1000 == 0)
            {
                await db.SaveChangesAsync();
                await db.DisposeAsync();
                db = null;
            }
        }

        if (db is not null)
        {
            await db.SaveChangesAsync();
            await db.DisposeAsync();
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static Penalty PenaltyOf(string[] cells, int row, Guid batch) => new()
    {
        Id = Guid.CreateVersion7(),
        SubjectName = cells[0],
        SubjectCategory = cells[1],
        SubjectCode = cells[2],
        LegalRepresentative = cells[3],
        DocumentNumber = cells[6],
        Violation = cells[7],
        Facts = cells[8],
        LegalBasis = cells[9],
        Categories = cells[10],
        Content = cells[11],
        FineYuan = decimal.Parse(cells[12], CultureInfo.InvariantCulture) * 10_000,
        DecidedOn = DateOnly.ParseExact(cells[15], "yyyy/MM/dd", CultureInfo.InvariantCulture),
        ValidTo = DateOnly.ParseExact(cells[16], "yyyy/MM/dd", CultureInfo.InvariantCulture),
        PublicUntil = new DateOnly(2027, 11, 20),
        Organ = cells[18],
        OrganCode = cells[19],
        Source = cells[20],
        SourceCode = cells[21],
        NaturalKey = $"{cells[6]}/{cells[19]}/{cells[2]}",
        ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', cells))),
        CatalogueItem = "penalties",
        Department = "market-supervision",
        BatchId = batch,
        Row = row,
        ReceivedOn = new DateOnly(2026, 11, 24),
        Due = new DateOnly(2026, 12, 1),
    };

    private static async Task EmptyAsync(HostFixture host)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var empty = new NpgsqlCommand("TRUNCATE core.penalty, core.intake_batch CASCADE; CHECKPOINT", connection) { CommandTimeout = 120 };
        await empty.ExecuteNonQueryAsync();
    }
}
