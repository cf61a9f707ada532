using System.Globalization;
using System.Text.Json;
using Credit.Host.Startup;
using Credit.OData.Changes;
using Credit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.ModelBuilder;
using Npgsql;

namespace Credit.Benchmarks.Feeds;

/// <summary>
/// The process that is measured: the product on one port, what it is compared with on the next, over one database. It serves until its
/// standard input ends.
/// </summary>
internal static class Contestants
{
    public static async Task<int> ServeAsync(string owner, int port)
    {
        var folder = Directory.CreateTempSubdirectory("credit-feeds-bench-").FullName;
        await using var product = CreditHost.Build(
        [
            "--urls", $"http://127.0.0.1:{port}", "--ConnectionStrings:Credit", owner, "--DataDirectory", folder, "--Clockwork:Enabled", "false", "--Demo:Load", "false",
            "--environment", "Production", "--Logging:LogLevel:Default", "Error", "--Feeds:ShowLane", "true", .. HostFixture.WideLimits,
        ]);
        await product.StartStorageAsync();
        await product.StartAsync();

        // What the clockwork does within seconds of every change: here it is done once, and is no part of what is measured.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await product.Services.GetRequiredService<FeedFollower>().RunOnceAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the ledger of feeds was written in {clock.Elapsed.TotalSeconds:F0} s"));
        await using var byHand = await HandWritten.StartAsync(owner, port + 1);
        await using var stock = await Stock.StartAsync(owner, port + 2);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>Rights and settings of the public pool, which everybody reads with.</summary>
    public static NpgsqlDataSource Public(string owner) => new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(owner)
    {
        Options = "-c role=credit_public -c default_transaction_read_only=on -c statement_timeout=0",
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
        ReadBufferSize = 64 * 1024,
    }.ConnectionString).Build();
}

/// <summary>A minimal API as one would write it by hand for speed: SQL by hand, prepared, straight from the reader into JSON.</summary>
internal static class HandWritten
{
    private const string Columns =
        "id, list, domain, category, subject_name, subject_kind, subject_code, legal_representative, facts, standard, recogniser, recogniser_name, recognised_on, valid_from, valid_to, under_verification";

    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonEncodedText[] Names =
    [
        .. new[]
        {
            "Id", "List", "Domain", "Category", "SubjectName", "SubjectKind", "SubjectCode", "LegalRepresentative", "Facts", "Standard", "Recogniser", "RecogniserName", "RecognisedOn", "ValidFrom",
            "ValidTo", "UnderVerification",
        }.Select(name => JsonEncodedText.Encode(name)),
    ];

    public static async Task<WebApplication> StartAsync(string owner, int port)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Error"]);
        builder.Services.AddSingleton(Contestants.Public(owner));
        var app = builder.Build();
        app.MapGet("/list", async (HttpContext context, NpgsqlDataSource source, string list, string other, int top) =>
        {
            await using var command = source.CreateCommand(
                $"SELECT {Columns} FROM pub.list_entry WHERE list = $1 AND domain <> $2 ORDER BY id LIMIT {top.ToString(CultureInfo.InvariantCulture)}");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = list });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = other });

            context.Response.ContentType = "application/json; charset=utf-8";
            await using var reader = await command.ExecuteReaderAsync(context.RequestAborted);
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
            json.WriteStartObject();
            json.WriteStartArray("value"u8);
            while (await reader.ReadAsync(context.RequestAborted))
            {
                WriteRow(json, reader);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(context.RequestAborted);
        });
        app.MapGet("/expanded", ExpandedAsync);
        await app.StartAsync();
        return app;
    }

    // The departments of a page are read before it, in the same batch.
    private static async Task ExpandedAsync(HttpContext context, NpgsqlDataSource source, string list, string other, int top)
    {
        var page = $"FROM pub.list_entry WHERE list = $1 AND domain <> $2 ORDER BY id LIMIT {top.ToString(CultureInfo.InvariantCulture)}";
        await using var batch = source.CreateBatch();
        foreach (var text in new[]
        {
            $"SELECT key, name, kind, may_recognise, lead_office FROM pub.department WHERE key IN (SELECT recogniser FROM (SELECT recogniser {page}) AS page)",
            $"SELECT {Columns} {page}",
        })
        {
            var command = new NpgsqlBatchCommand(text);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = list });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = other });
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(context.RequestAborted);
        Dictionary<string, (string Name, string Kind, bool MayRecognise, bool LeadOffice)> departments = [];
        while (await reader.ReadAsync(context.RequestAborted))
        {
            departments[reader.GetString(0)] = (reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4));
        }

        await reader.NextResultAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
        json.WriteStartObject();
        json.WriteStartArray("value"u8);
        while (await reader.ReadAsync(context.RequestAborted))
        {
            WriteRow(json, reader, row =>
            {
                json.WritePropertyName("RecogniserDepartment"u8);
                if (!departments.TryGetValue(row.GetString(10), out var department))
                {
                    json.WriteNullValue();
                    return;
                }

                json.WriteStartObject();
                json.WriteString("Key"u8, row.GetString(10));
                json.WriteString("Name"u8, department.Name);
                json.WriteString("Kind"u8, department.Kind);
                json.WriteBoolean("MayRecognise"u8, department.MayRecognise);
                json.WriteBoolean("LeadOffice"u8, department.LeadOffice);
                json.WriteEndObject();
            });
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader reader, Action<NpgsqlDataReader>? inside = null)
    {
        json.WriteStartObject();
        json.WriteString(Names[0], reader.GetGuid(0));
        for (var column = 1; column < 12; column++)
        {
            if (reader.IsDBNull(column))
            {
                json.WriteNull(Names[column]);
            }
            else
            {
                json.WriteString(Names[column], reader.GetString(column));
            }
        }

        Span<byte> day = stackalloc byte[10];
        for (var column = 12; column < 15; column++)
        {
            reader.GetFieldValue<DateOnly>(column).TryFormat(day, out _, "O", CultureInfo.InvariantCulture);
            json.WriteString(Names[column], day);
        }

        json.WriteBoolean(Names[15], reader.GetBoolean(15));
        inside?.Invoke(reader);
        json.WriteEndObject();
    }
}

/// <summary>Microsoft.AspNetCore.OData over EF, tuned as its documents advise: no tracking, pooled contexts, no page size, so that nothing is read twice or synchronously.</summary>
internal static class Stock
{
    public static async Task<WebApplication> StartAsync(string owner, int port)
    {
        var builder = WebApplication.CreateBuilder(["--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Error"]);
        var model = new ODataConventionModelBuilder();
        model.EntitySet<StockEntry>("StockEntries");
        model.EntitySet<StockDepartment>("StockDepartments").EntityType.HasKey(department => department.Key);
        builder.Services.AddSingleton(_ => Contestants.Public(owner));
        builder.Services.AddDbContextPool<StockContext>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        builder.Services.AddControllers().AddApplicationPart(typeof(StockEntriesController).Assembly)
            .AddOData(options => options.AddRouteComponents("stock", model.GetEdmModel()).Select().Filter().OrderBy().Expand().Count().SetMaxTop(1000));
        var app = builder.Build();
        app.MapControllers();
        await app.StartAsync();
        return app;
    }
}

/// <summary>An entry as the stock pipeline has it.</summary>
public sealed class StockEntry
{
    public Guid Id { get; set; }

    public string List { get; set; } = "";

    public string Domain { get; set; } = "";

    public string? Category { get; set; }

    public string SubjectName { get; set; } = "";

    public string SubjectKind { get; set; } = "";

    public string? SubjectCode { get; set; }

    public string? LegalRepresentative { get; set; }

    public string Facts { get; set; } = "";

    public string Standard { get; set; } = "";

    public string Recogniser { get; set; } = "";

    public string RecogniserName { get; set; } = "";

    public DateOnly RecognisedOn { get; set; }

    public DateOnly ValidFrom { get; set; }

    public DateOnly ValidTo { get; set; }

    public bool UnderVerification { get; set; }

    public StockDepartment? RecogniserDepartment { get; set; }
}

/// <summary>A department as the stock pipeline has it.</summary>
public sealed class StockDepartment
{
    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public bool MayRecognise { get; set; }

    public bool LeadOffice { get; set; }
}

/// <summary>The view behind it.</summary>
public sealed class StockContext(DbContextOptions<StockContext> options) : DbContext(options)
{
    public DbSet<StockEntry> Entries => Set<StockEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StockDepartment>().ToView("department", "pub").HasKey(department => department.Key);
        modelBuilder.Entity<StockEntry>().ToView("list_entry", "pub").HasKey(entry => entry.Id);
        modelBuilder.Entity<StockEntry>().HasOne(entry => entry.RecogniserDepartment).WithMany().HasForeignKey(entry => entry.Recogniser);
    }
}

/// <summary>Its controller.</summary>
public sealed class StockEntriesController(StockContext db) : ODataController
{
    [EnableQuery(MaxTop = 1000)]
    public IQueryable<StockEntry> Get() => db.Entries;
}
