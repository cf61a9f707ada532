using System.Diagnostics;
using System.Globalization;
using Credit.Domain.Policy;
using Credit.Domain.Subjects.Names;
using Credit.Testing;
using Credit.Testing.Names;
using Npgsql;

namespace Credit.Benchmarks;

/// <summary>
/// Search by name: how often its first answer is right, against <c>LIKE</c> and trigrams of PostgreSQL over the same questions, and what a
/// register of many names costs in memory and time.
/// </summary>
internal static class NameSearch
{
    public static async Task<int> RunAsync(string[] args)
    {
        var names = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : LabelledNames.TestSeed;
        await QualityAsync(seed);
        return names > 0 ? Size(names) : 0;
    }

    private static async Task QualityAsync(ulong seed)
    {
        var trial = LabelledNames.Make(seed);
        using var index = new NameIndex();
        foreach (var (id, name) in trial.Register)
        {
            index.Put(id, name, []);
        }

        await using var database = await NamesInPostgres.OpenAsync(trial.Register);
        List<(LabelledName, (Guid, double)?)> ours = [], like = [], trigrams = [];
        foreach (var question in trial.Questions)
        {
            ours.Add((question, index.Search(question.Asked, least: 0, most: 1) is [var first] ? (first.SubjectId, first.Score) : null));
            like.Add((question, await database.LikeAsync(question.Asked)));
            trigrams.Add((question, await database.TrigramAsync(question.Asked)));
        }

        Console.WriteLine($"{trial.Register.Count} names, {trial.Questions.Count} questions, {trial.Questions.Count(question => question.Meant is null)} of them about nobody in the register");
        Console.WriteLine("| way | least score | first answer right | precision | recall | F1 |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Print("this index, least score of the policy pack", ours, PolicyPack.Shipped("rencheng-2019").NameSearch.LeastScore);
        Print("this index, its best", ours, NameTrial.BestLeast(ours));
        Print("`LIKE '%name%'`, shortest first", like, 0);
        Print("pg_trgm, its own threshold", trigrams, 0.3);
        Print("pg_trgm, its best", trigrams, NameTrial.BestLeast(trigrams));
        Console.WriteLine();
        Console.WriteLine("| edit | this index | LIKE | pg_trgm |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var edit in trial.Questions.Where(question => question.Meant is not null).Select(question => question.Edit).Distinct())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {edit} | {Right(ours, edit):P0} | {Right(like, edit):P0} | {Right(trigrams, edit):P0} |"));
        }

        Console.WriteLine();
    }

    private static void Print(string way, List<(LabelledName, (Guid, double)?)> answers, double least)
    {
        var figures = NameTrial.Of(answers, least);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {way} | {least:F2} | {figures.First:F3} | {figures.Precision:F3} | {figures.Recall:F3} | {figures.F1:F3} |"));
    }

    private static double Right(List<(LabelledName Question, (Guid Id, double)? First)> answers, string edit) =>
        answers.Where(each => each.Question.Edit == edit).Average(each => each.First?.Id == each.Question.Meant ? 1.0 : 0);

    // Made-up names whose characters are as unevenly spread as those of real ones: few brands use the rare.
    private static int Size(int count)
    {
        var chance = new Random(7);
        var letters = string.Concat(NameTables.Lines("pinyin.txt").Select(line => line.Split('\t')[1]).SelectMany(line => line.Take(4)));
        var places = NameTables.Lines("regions.txt").Select(line => line.Split('\t')[1]).ToArray();
        var trades = NameTables.Lines("trades.txt").SelectMany(line => line.Split(' ')).Where(word => word.Length > 1).ToArray();
        string[] forms = ["有限公司", "有限公司", "有限公司", "有限责任公司", "店", "经营部", "股份有限公司", "中心"];
        string Made() => places[chance.Next(places.Length)] + string.Concat(Enumerable.Range(0, chance.Next(2, 4)).Select(_ => letters[(int)(letters.Length * Math.Pow(chance.NextDouble(), 2))]))
            + trades[chance.Next(trades.Length)] + forms[chance.Next(forms.Length)];

        string[] sample = [.. Enumerable.Range(0, 1000).Select(_ => Made())];
        var before = Live();
        var clock = Stopwatch.StartNew();
        using var index = new NameIndex();
        foreach (var name in sample)
        {
            index.Put(Guid.CreateVersion7(), name, []);
        }

        for (var number = sample.Length; number < count; number++)
        {
            index.Put(Guid.CreateVersion7(), Made(), []);
        }

        index.Trim();
        var loaded = clock.Elapsed;
        var size = Live() - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{count} names: {size / 1e6:F0} MB ({size / (double)count:F0} bytes a name), put in within {loaded.TotalSeconds:F1} s"));

        Console.WriteLine("| asked | median ms | 95 % ms | most ms |");
        Console.WriteLine("|---|---|---|---|");
        Time("a whole name", name => name);
        Time("brand and trade", name => CompanyName.Read(name).Core);
        Time("one character of the brand wrong", name => name.Replace(CompanyName.Read(name).Brand[^1], '邈'));
        Time("a trade and nothing else", name => CompanyName.Read(name).Trade);
        Time("initials of brand and trade", name => NameComparison.Initials(CompanyName.Read(name).Core));
        return 0;

        void Time(string what, Func<string, string> edit)
        {
            var asked = sample.Select(edit).ToArray();
            foreach (var each in asked.Take(100))
            {
                index.Search(each, least: 0.65, most: 20);
            }

            double[] taken =
            [
                .. asked.Select(each =>
                {
                    var begun = Stopwatch.GetTimestamp();
                    index.Search(each, least: 0.65, most: 20);
                    return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                }).Order(),
            ];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {what} | {taken[taken.Length / 2]:F2} | {taken[taken.Length * 95 / 100]:F2} | {taken[^1]:F1} |"));
        }
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>The same names in PostgreSQL, under C.UTF-8: under C trigrams of Chinese characters do not exist.</summary>
    private sealed class NamesInPostgres : IAsyncDisposable
    {
        private readonly PostgresFixture _server;
        private readonly NpgsqlConnection _connection;

        private NamesInPostgres(PostgresFixture server, NpgsqlConnection connection) => (_server, _connection) = (server, connection);

        public static async Task<NamesInPostgres> OpenAsync(IReadOnlyList<(Guid Id, string Name)> register)
        {
            var server = await PostgresFixture.StartAsync();
            var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
            await connection.OpenAsync();
            await using (var make = new NpgsqlCommand(
                """
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE TEMPORARY TABLE labelled_name (id uuid PRIMARY KEY, name text NOT NULL);
                """,
                connection))
            {
                await make.ExecuteNonQueryAsync();
            }

            await using (var copy = await connection.BeginBinaryImportAsync("COPY labelled_name FROM STDIN (FORMAT binary)"))
            {
                foreach (var (id, name) in register)
                {
                    await copy.StartRowAsync();
                    await copy.WriteAsync(id);
                    await copy.WriteAsync(name);
                }

                await copy.CompleteAsync();
            }

            await using var prepare = new NpgsqlCommand("CREATE INDEX ON labelled_name USING gist (name gist_trgm_ops (siglen = 128)); ANALYZE labelled_name;", connection);
            await prepare.ExecuteNonQueryAsync();
            return new(server, connection);
        }

        public Task<(Guid, double)?> LikeAsync(string asked) => FirstAsync(
            "SELECT id, 1::real FROM labelled_name WHERE name LIKE '%' || replace(replace(replace($1, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' ORDER BY length(name), name LIMIT 1", asked);

        public Task<(Guid, double)?> TrigramAsync(string asked) =>
            FirstAsync("SELECT id, similarity(name, $1) FROM labelled_name ORDER BY name <-> $1, name LIMIT 1", asked);

        public async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            await _server.DisposeAsync();
        }

        private async Task<(Guid, double)?> FirstAsync(string sql, string asked)
        {
            await using var command = new NpgsqlCommand(sql, _connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = asked } } };
            await using var row = await command.ExecuteReaderAsync();
            return await row.ReadAsync() ? (row.GetGuid(0), row.GetFloat(1)) : null;
        }
    }
}
