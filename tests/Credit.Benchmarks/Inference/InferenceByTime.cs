using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Domain.Subjects;
using Credit.Testing;
using Npgsql;

namespace Credit.Benchmarks.Inference;

/// <summary>
/// Whether the time of an answer tells a hidden thing from one that never existed (I78): pairs of requests in turn, one about each, in an
/// order drawn anew for every pair; medians and a rank test for each way to ask. The last row compares a list that is shown with an empty one, to show that the test sees a difference.
/// </summary>
internal static class InferenceByTime
{
    /// <summary>Chance by which the whole table may cry wolf.</summary>
    private const double Alarm = 0.01;

    public static async Task<int> RunAsync(string[] args)
    {
        var pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var entries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
        var host = new OpenHost();
        await host.InitializeAsync();
        try
        {
            await DistrictOfNumbers.FillAsync(host.ConnectionString, entries * 2, entries, entries);
            await HideAsync(host.ConnectionString);
            await IdentifyAsync(host.ConnectionString, entries);
            using var anyone = host.Anonymous();
            using var officer = await host.AsAsync("tax.officer");
            var questions = Questions.All(entries, await ReceiptAsync(officer), officer, anyone);
            Console.WriteLine($"{entries:N0} entries, every second one hidden; {pairs} pairs a row, the first {pairs / 5} more only warm\n");
            Console.WriteLine("| asked by | hidden, median µs | never, median µs | hidden slower | p | |\n|---|---|---|---|---|---|");
            var different = 0;
            foreach (var question in questions)
            {
                var (hidden, never) = await MeasureAsync(question, pairs);
                var test = RankTest.Of(hidden, never);
                var seen = test.P < Alarm / questions.Count;
                different += seen != question.Differs ? 1 : 0;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {question.What} | {Median(hidden):F0} | {Median(never):F0} | {test.Ahead:P1} | {test.P:F4} | {(seen ? question.Differs ? "seen, as it should be" : "DIFFERS" : question.Differs ? "NOT SEEN" : "no difference seen")} |"));
            }

            return different == 0 ? 0 : 1;
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<(double[] Hidden, double[] Never)> MeasureAsync(Question question, int pairs)
    {
        var random = new Random(20261126);
        List<double> hidden = [], never = [];
        for (var pair = -pairs / 5; pair < pairs; pair++)
        {
            var hiddenFirst = random.Next(2) == 0;
            foreach (var isHidden in new[] { hiddenFirst, !hiddenFirst })
            {
                using var request = question.Ask(isHidden, random.Next(question.Range));
                var began = Stopwatch.GetTimestamp();
                using var answer = await question.By.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                var took = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
                if ((int)answer.StatusCode is 401 or 403 or 429 or >= 500)
                {
                    throw new InvalidOperationException($"{question.What}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }

                if (pair >= 0)
                {
                    (isHidden ? hidden : never).Add(took);
                }
            }
        }

        return ([.. hidden], [.. never]);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    // Odd entries: drafts, entries recognised and not reviewed, watch entries nobody chose, and some that are over.
    private static async Task HideAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        foreach (var text in new[]
        {
            "SET session_replication_role = replica",
            """
            UPDATE core.list_entry SET state = CASE (e.n / 2) % 4 WHEN 0 THEN 'Draft' ELSE state END, reviewed_by = CASE (e.n / 2) % 4 WHEN 1 THEN NULL ELSE reviewed_by END,
              chosen_for_publication = (e.n / 2) % 4 <> 2, publishable = (e.n / 2) % 4 <> 3
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM core.list_entry) e WHERE e.id = list_entry.id AND e.n % 2 = 1
            """,
            """
            INSERT INTO core.credit_report (id, number, subject_id, requester, requested_by, purpose, issued_at, as_of, position, expires_on, content, version)
            SELECT gen_random_uuid(), 'RC-20261124-' || lpad(n::text, 10, '0'), '00000001-0000-7000-8000-000000000001', 'Department', 'x', 'Administration', now(), current_date, 1, current_date + 30,
              (SELECT string_agg(decode(md5(n || ':' || m), 'hex'), '') FROM generate_series(1, 300) m), 1
            FROM generate_series(1, 500) n
            """,
            "VACUUM ANALYZE core.list_entry",
            "VACUUM ANALYZE core.credit_report",
        })
        {
            await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    // Checks go by identifier: subjects of drafts have one, and as many that no entry is about.
    private static async Task IdentifyAsync(string owner, int entries)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY core.subject_identifier (id, scheme, lookup, since, subject_id) FROM STDIN (FORMAT BINARY)"))
        {
            for (var n = 1; n < entries * 2; n += 8)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7());
                await copy.WriteAsync(SubjectIdentifier.Uscc);
                await copy.WriteAsync(Questions.CodeOf(n));
                await copy.WriteAsync(new DateOnly(2020, 1, 1));
                await copy.WriteAsync(Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{n:x8}-0000-7000-8000-{n:x12}")));
            }

            await copy.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("VACUUM ANALYZE core.subject_identifier", connection) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync();
    }

    private static async Task<string> ReceiptAsync(HttpClient officer)
    {
        using var answer = await officer.PostAsJsonAsync("/api/checks", Questions.CheckOf("91370811MA3TEXT0X0"));
        var body = await answer.Content.ReadAsStringAsync();
        var receipt = JsonDocument.Parse(body).RootElement;
        return receipt.TryGetProperty("receipt", out var signed) && signed.ValueKind == JsonValueKind.Object ? signed.GetProperty("code").GetString()! : throw new InvalidOperationException(body);
    }

    /// <summary>A host that does not count verifications.</summary>
    private sealed class OpenHost : HostFixture
    {
        protected override IReadOnlyList<string> Settings => ["--Limits:VerificationsPerMinute", "100000000"];
    }
}

/// <summary>A way to ask.</summary>
/// <param name="What">What the table calls it.</param>
/// <param name="By">Who asks.</param>
/// <param name="Range">Things of each kind.</param>
/// <param name="Ask">The request about a hidden thing, or about one that never existed.</param>
/// <param name="Differs">It asks about what is shown: the difference must be seen.</param>
internal sealed record Question(string What, HttpClient By, int Range, Func<bool, int, HttpRequestMessage> Ask, bool Differs = false);
