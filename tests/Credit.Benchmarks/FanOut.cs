using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Credit.Core.Enforcement;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Benchmarks;

/// <summary>
/// One listing given out in 40 tasks to all 39 departments that take any, against the same to 4: the reaction and its commit, without the listing itself, in turn
/// over fresh subjects. Every fan-out must be one transaction.
/// </summary>
internal static class FanOut
{
    /// <summary>How many times the cost of 4 departments 40 may cost.</summary>
    private const double Promised = 12;

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        var host = new HostOfFortyDepartments();
        await host.InitializeAsync();
        try
        {
            for (var warm = 0; warm < 5; warm++)
            {
                await MeasureAsync(host, 4);
                await MeasureAsync(host, 40);
            }

            List<double> few = [], many = [];
            for (var round = 0; round < rounds; round++)
            {
                few.Add(await MeasureAsync(host, 4));
                many.Add(await MeasureAsync(host, 40));
            }

            var (four, forty) = (Median(few), Median(many));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"medians of {rounds}: 4 departments {four:F1} ms, 40 departments {forty:F1} ms, ratio {forty / four:F1}, promised {Promised:F0}: {(forty / four <= Promised ? "kept" : "BROKEN")}"));
            return forty / four <= Promised ? 0 : 1;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<double> MeasureAsync(HostOfFortyDepartments host, int departments)
    {
        var entryId = await host.ListAsync($"{departments}个部门");
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var entry = await db.Entries.AsNoTracking().SingleAsync(each => each.Id == entryId);
        var announced = new EntryPublished(entry.Id, entry.List, entry.Domain, entry.SubjectId, entry.Recogniser, entry.ValidFrom!.Value, entry.ValidTo, Public: true);
        var clock = Stopwatch.StartNew();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await scope.ServiceProvider.GetRequiredService<IssueMeasureTasks>().HandleAsync(announced, CancellationToken.None);
            await transaction.CommitAsync();
        }

        var milliseconds = clock.Elapsed.TotalMilliseconds;
        await host.ThrowUnlessOneTransactionAsync(entryId, departments);
        return milliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A host with one module more, and one department more than the district has: a memorandum for 4 departments and one for 40.</summary>
    private sealed class HostOfFortyDepartments : HostFixture
    {
        // What a module names is read from its file, so it has one.
        private readonly string _module = Path.Combine(Directory.CreateTempSubdirectory("fan-out").FullName, "Credit.Modules.FanOut.dll");

        private int _subjects;

        public async Task<Guid> ListAsync(string domain)
        {
            var first = string.Create(CultureInfo.InvariantCulture, $"91370811TX{++_subjects:D7}");
            using var officer = await AsAsync("tax.officer");
            using var approver = await AsAsync("tax.approver");
            using var proposed = await officer.PostAsJsonAsync("/api/entries", new
            {
                list = "Black",
                domain,
                category = "Market",
                subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = first + UnifiedCreditCode.ComputeCheck(first), legalRepresentative = "张某" },
                facts = "样本事实。",
                bases = new[] { new { kind = "AdministrativeAct", text = "样本", documentNumber = $"样本〔2026〕{_subjects}号" } },
                standard = "样本标准",
                standardLevel = "National",
                validTo = "2029-11-23",
                punishMonths = 36,
                repairable = true,
                repairModes = "公开信用承诺",
            });
            var entry = JsonSerializer.Deserialize<JsonElement>(await proposed.Content.ReadAsStringAsync()).GetProperty("entry");
            var id = entry.GetProperty("id").GetGuid();
            await MoveAsync(approver, id, 1, "recognition", new { watchMonthsAfterExit = 12 });
            await MoveAsync(approver, id, 2, "report", new { channels = new[] { "DepartmentSite" } });
            return id;
        }

        public async Task ThrowUnlessOneTransactionAsync(Guid entryId, int tasks)
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using var count = new NpgsqlCommand("SELECT count(*) || ' tasks in ' || count(DISTINCT xmin::text) FROM core.measure_task WHERE entry_id = $1", connection);
            count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entryId });
            var found = (string?)await count.ExecuteScalarAsync();
            if (found != $"{tasks} tasks in 1")
            {
                throw new InvalidOperationException($"{found} transactions, not {tasks} in one.");
            }
        }

        protected override IReadOnlyList<Assembly> AlsoModules
        {
            get
            {
                // The district has 39 departments that take tasks: the first has a measure more, so that there are 40.
                string[] district = [.. DepartmentDirectory.Load().All
                    .Where(each => !each.OutsideDistrict && each.Kind is not (BodyKind.Association or BodyKind.FinancialInstitution)).Select(each => each.Key)];
                File.WriteAllBytes(_module, ModuleBuild.Compile("Credit.Modules.FanOut", SourceFor(district[..4], district[..(40 - 1)])));
                return [AssemblyLoadContext.Default.LoadFromAssemblyPath(_module)];
            }
        }

        private static async Task MoveAsync(HttpClient client, Guid id, int version, string action, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/entries/{id}/{action}", UriKind.Relative)) { Content = JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
            using var answer = await client.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{action}: {await answer.Content.ReadAsStringAsync()}");
            }
        }

        private static string SourceFor(string[] few, string[] many) => $$"""
            using System;
            using System.Collections.Generic;
            using Credit.Abstractions;
            using Credit.Domain.Enforcement;
            using Credit.Domain.Listing;
            using Credit.Domain.Policy;

            namespace Credit.Modules.FanOut;

            public sealed class FanOutModule : ICreditModule
            {
                public ModuleManifest Manifest { get; } = new("fan-out", "finance", "样本", ModuleContract.Version);
            }

            internal abstract class To(string code, string domain, string[] departments, params string[] again) : IMemorandum
            {
                public string Code => code;
                public string Title => "样本";
                public string DocumentNumber => "";
                public DateOnly? IssuedOn => null;
                public int Version => 1;
                public DateOnly EffectiveFrom => new(2020, 1, 1);
                public DateOnly? EffectiveTo => null;
                public MemorandumTrigger Trigger { get; } = new(ListKind.Black, [domain]);
                public IReadOnlyList<Measure> Measures { get; } = again.Length == 0 ? [Of("1", code, departments)] : [Of("1", code, departments), Of("2", code, again)];

                private static Measure Of(string ordinal, string code, string[] departments) => new()
                {
                    Key = code + "/" + ordinal, Ordinal = ordinal, Wording = "样本措施", Canonical = ["P01"], Nature = MeasureNature.Administrative, Obligation = MeasureObligation.Mandatory,
                    Departments = departments, LegalBases = [new("样本法第一条", LegalLevel.Law)], Within = new WorkingDays(7), Evidence = Evidence.Seen,
                };
            }

            internal sealed class ToFew() : To("FEW", "4个部门", ["{{string.Join("\", \"", few)}}"]);

            internal sealed class ToMany() : To("MANY", "40个部门", ["{{string.Join("\", \"", many)}}"], "{{many[0]}}");
            """;
    }
}
