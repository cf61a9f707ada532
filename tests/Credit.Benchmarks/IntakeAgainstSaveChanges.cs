using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Penalties;
using Credit.Core.Intake.Reading;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Benchmarks;

/// <summary>
/// Intake of a clean penalties file, from the stored file to the completed batch, against a loop by hand that has the file at hand,
/// reads and judges the same rows the same way, skips what is stored, and saves the others through the application's own EF context
/// in batches of 1,000. The loop unseals no file, links no subject, keeps no fates and logs nothing: it only fills the same table.
/// The upload, which the loop does without, is shown beside the ratio and is no part of it. The second baseline is the least that any
/// way in could cost: COPY of the rows just stored, in the database's own form, into the same table with its indexes and triggers.
/// </summary>
internal static class IntakeAgainstSaveChanges
{
    /// <summary>The ratio the platform promises.</summary>
    private const double Promised = 8;

    /// <summary>The part of raw COPY's speed that the platform promises.</summary>
    private const double PromisedOfCopy = 0.12;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var file = PenaltiesFile.Write(rows);
        Console.WriteLine($"{rows:N0} rows, {file.Length / 1048576.0:F1} MiB");
        var host = new HostFixture();
        await host.InitializeAsync();
        try
        {
            List<double> ratios = [], ofCopy = [];

            // Neither side is timed while its code is still being compiled.
            await IntakeAsync(host, file, rows);
            await SaveAsync(host, PenaltiesFile.Write(20_000));
            for (var round = 1; round <= rounds; round++)
            {
                var (upload, ours) = await IntakeAsync(host, file, rows);
                var copy = await CopyAsync(host);
                var loop = await SaveAsync(host, file);
                ratios.Add(loop / ours);
                ofCopy.Add(copy / ours);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: intake {ours:F2} s, SaveChanges {loop:F2} s, COPY {copy:F2} s, ratio {loop / ours:F1} and {copy / ours:F2} (upload {upload:F2} s, with it {loop / (ours + upload):F1})"));
            }

            var (median, part) = (MedianOf(ratios), MedianOf(ofCopy));
            var kept = median >= Promised && part >= PromisedOfCopy;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"medians: {median:F1} times SaveChanges, promised {Promised:F0}; {part:F2} of raw COPY, promised {PromisedOfCopy:F2}: {(kept ? "kept" : "BROKEN")}"));
            return kept ? 0 : 1;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<(double Upload, double Intake)> IntakeAsync(HostFixture host, byte[] file, int rows)
    {
        await EmptyAsync(host);
        using var officer = await host.AsAsync("market-supervision.officer");
        officer.Timeout = TimeSpan.FromMinutes(5);
        var clock = Stopwatch.StartNew();
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var form = new MultipartFormDataContent { { content, "file", "penalties.csv" } };
        using var sent = await officer.PostAsync(new Uri("/api/intake/penalties", UriKind.Relative), form);
        var upload = clock.Elapsed.TotalSeconds;
        await host.IntakeAsync();
        var seconds = clock.Elapsed.TotalSeconds - upload;
        var batch = await officer.GetFromJsonAsync<JsonElement>(sent.Headers.Location);
        var stored = batch.GetProperty("accepted").GetInt32();
        return stored == rows ? (upload, seconds) : throw new InvalidOperationException($"{stored} of {rows} rows stored: {batch}");
    }

    private static double MedianOf(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static async Task<double> CopyAsync(HostFixture host)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        using var rows = new MemoryStream();
        await using (var stored = await connection.BeginRawBinaryCopyAsync("COPY core.penalty TO STDOUT (FORMAT BINARY)"))
        {
            await stored.CopyToAsync(rows);
        }

        await using var empty = new NpgsqlCommand("TRUNCATE core.penalty CASCADE; CHECKPOINT", connection) { CommandTimeout = 120 };
        await empty.ExecuteNonQueryAsync();
        rows.Position = 0;
        var clock = Stopwatch.StartNew();
        await using (var taken = await connection.BeginRawBinaryCopyAsync("COPY core.penalty FROM STDIN (FORMAT BINARY)"))
        {
            await rows.CopyToAsync(taken);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> SaveAsync(HostFixture host, byte[] file)
    {
        await EmptyAsync(host);
        var clock = Stopwatch.StartNew();
        var vault = host.Services.GetRequiredService<PersonVault>();
        var run = new IntakeRun(new DateOnly(2026, 11, 24), host.Services.GetRequiredService<IWorkingCalendar>(), new WorkingDays(7), vault);
        var batch = Guid.CreateVersion7();
        using var sheet = SheetReader.Open(new MemoryStream(file), "penalties.csv", PenaltyLayout.Layout);
        foreach (var rows in sheet.Rows().Chunk(1000))
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
            Penalty[] penalties = [.. rows.Select(row => PenaltyOf(ReadPenalty.Read(row, run).Record!, row.Number, batch, vault))];
            Guid[] keys = [.. penalties.Select(penalty => penalty.NaturalKey)];
            var held = await db.Penalties.Where(penalty => penalty.Current && keys.Contains(penalty.NaturalKey)).Select(penalty => penalty.NaturalKey).ToListAsync();
            db.AddRange(penalties.Where(penalty => !held.Contains(penalty.NaturalKey)));
            await db.SaveChangesAsync();
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static Penalty PenaltyOf(PenaltyRecord record, int row, Guid batch, PersonVault vault) => new()
    {
        Id = Guid.CreateVersion7(),
        SubjectName = record.Counterpart.Name,
        SubjectCategory = "法人及非法人组织",
        SubjectCode = record.Counterpart.UnifiedCode,
        LegalRepresentative = record.Counterpart.LegalRepresentative,
        RepresentativeLookup = vault.Lookup("representative", record.Counterpart.LegalRepresentativeNumber!),
        RepresentativeSealed = vault.Seal(record.Counterpart.LegalRepresentativeNumber!),
        Particulars = $$"""{"CF_FR_ZJLX":"{{record.Counterpart.LegalRepresentativeCertificate!.Title}}"}""",
        DocumentNumber = record.DocumentNumber,
        Violation = record.Violation,
        Facts = record.Facts,
        LegalBasis = record.LegalBasis,
        Categories = record.Categories,
        Content = record.Content,
        FineYuan = record.FineYuan,
        ConfiscatedYuan = record.ConfiscatedYuan,
        LicencesWithheld = record.Certificate,
        DecidedOn = record.DecidedOn,
        ValidTo = record.ValidTo,
        PublicUntil = record.DecidedOn.AddMonths(12),
        Organ = record.Organ,
        OrganCode = record.OrganCode!,
        Source = record.Source,
        SourceCode = record.SourceCode,
        NaturalKey = NaturalKey.Of(record.Key, vault).ToGuid(),
        ContentHash = record.ContentHash,
        CatalogueItem = "penalties",
        Department = "market-supervision",
        BatchId = batch,
        Row = row,
        ReceivedOn = new DateOnly(2026, 11, 24),
        Due = record.Timing.Due,
    };

    private static async Task EmptyAsync(HostFixture host)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var empty = new NpgsqlCommand("TRUNCATE core.penalty, core.intake_batch CASCADE; CHECKPOINT", connection) { CommandTimeout = 120 };
        await empty.ExecuteNonQueryAsync();
    }
}
