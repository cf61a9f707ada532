using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Modules.Tests.Planted;

namespace Credit.Modules.Tests;

/// <summary>Each rule of the kit fails on a module that is spoilt in one place, and no other rule does.</summary>
public sealed class NegativeControlTests
{
    [Fact]
    public void The_planted_module_keeps_every_rule() => Broken(new ModuleUnderTest(PlantedModule.Load(PlantedModule.Source, PlantedModule.Memorandum))).ShouldBeEmpty();

    [Theory]
    [InlineData("CRED001", "internal enum Way", "internal static class Borrower { public static Type Borrowed => typeof(Shouldly.Should); }\ninternal enum Way")]
    [InlineData("CRED003", "internal sealed class Standard", "public sealed class SecondModule : ICreditModule { public ModuleManifest Manifest { get; } = new(\"second\", \"tax\", \"样本\", 1); }\ninternal sealed class Standard")]
    [InlineData("CRED004", "ContractVersion: 1", "ContractVersion: 99")]
    [InlineData("CRED005", "\"sample", "\"Sample")]
    [InlineData("CRED006", "\"tax\", \"样本\"", "\"moon\", \"样本\"")]
    [InlineData("CRED007", "internal sealed class Standard : ICriterion", "internal sealed class Standard(TimeProvider clock) : ICriterion")]
    [InlineData("CRED008", "\"sample/refused\"", "\"trading/refused\"")]
    [InlineData("CRED008", "\"sample/standard\"", "\"sample/The Standard\"")]
    [InlineData("CRED009", "[\"P01\"]", "[\"P01\", \"P99\"]")]
    [InlineData("CRED010", "internal enum Way", "internal sealed class Twin : ICriterion { public string Key => \"sample/standard\"; public string Title => \"样本\"; public StandardLevel Level => StandardLevel.National; public ListKind List => ListKind.Black; public string Domain => \"税收征管\"; public DateOnly EffectiveFrom => new(2022, 2, 1); public int? LongestTermInMonths => 36; public bool Repairable => true; public IEnumerable<Refusal> Check(ProposalFacts proposal) => []; }\ninternal enum Way")]
    [InlineData("CRED014", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {\nservices.AddSingleton(TimeProvider.System);")]
    [InlineData("CRED014", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {\nservices.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(_ => null!);")]
    [InlineData("CRED014", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {", "public void AddServices(IServiceCollection services, IConfiguration configuration)\n    {\n_ = new Uri(configuration[\"Address\"]!);")]
    [InlineData("CRED015", "\"/plans\"", "\"/feedback/plans\"")]
    [InlineData("CRED016", ".WithSummary(\"Plans.\")", ".WithSummary(\"Plans.\").AllowAnonymous()")]
    [InlineData("CRED016", ".WithSummary(\"Plans.\")", ".WithSummary(\"Plans.\").RequireAuthorization(\"inspectors\")")]
    [InlineData("CRED017", "internal enum Way", "public enum Way")]
    [InlineData("CRED018", "internal enum Way", "internal sealed class Borrowed : IEntitySet<ContractLife> { public static string Name => \"SampleBorrowed\"; public static Surface Surface => Surface.Official; public static string Summary => \"样本\"; public static void Shape(ISetShape<ContractLife> row) => row.Key(each => each.Version).Plain(each => each.Since, each => each.AcceptedUntil); public IQueryable<ContractLife> Rows() => Enumerable.Empty<ContractLife>().AsQueryable(); }\ninternal enum Way")]
    [InlineData("CRED019", "[\"P01\"]", "[\"P02\"]")]
    [InlineData("CRED019", "\"tax\", \"样本\", ContractVersion: 1)", "\"tax\", \"样本\", ContractVersion: 1) { AlsoServes = [\"organisation-department\"] }")]
    [InlineData("CRED006", "\"tax\", \"样本\", ContractVersion: 1)", "\"tax\", \"样本\", ContractVersion: 1) { AlsoServes = [\"moon\"] }")]
    [InlineData("CRED006", "\"tax\", \"样本\", ContractVersion: 1)", "\"tax\", \"样本\", ContractVersion: 1) { AlsoServes = [\"tax\"] }")]
    [InlineData("CRED020", "StandardLevel.National;", "StandardLevel.Provincial;")]
    [InlineData("CRED021", ".Page(size: 50, max: 200)", ".Page(size: 500, max: 200)")]
    [InlineData("CRED021", ".Key(entry => entry.Id)", ".Plain(entry => entry.Id)")]
    [InlineData("CRED021", "public Guid Id { get; init; }\n    public required string Number", "public Guid? Id { get; init; }\n    public required string Number")]
    [InlineData("CRED022", ".Plain(entry => entry.Number)", "")]
    [InlineData("CRED022", ".Plain(entry => entry.Number)", ".Plain(entry => entry.Number, entry => entry.RefusedOn)")]
    [InlineData("CRED023", "public Way Way { get; init; }", "public Way Way { get; init; }\npublic byte[]? Scan { get; init; }")]
    [InlineData("CRED024", "public Way Way { get; init; }", "public Way Way { get; init; }\npublic string? HolderPhone { get; init; }")]
    [InlineData("CRED024", "Number = report.Report.Number,", "Number = \"致电13812345678\",")]
    [InlineData("CRED025", "if (report.Amount <= 0)", "if (report.Amount <= 0 || report.Number[0] == 'x')")]
    [InlineData("CRED025", "if (report.Amount <= 0)", "if ((int)report.Amount <= 0)")]
    [InlineData("CRED026", "if (report.Amount <= 0)", "if (report.Amount == 0)")]
    [InlineData("CRED026", "report.RefusedOn > task.Today)", "report.RefusedOn > task.Today.AddYears(1))")]
    [InlineData("CRED027", "\"amount\"", "\"sum\"")]
    [InlineData("CRED027", "\"The amount must be more than zero.\"", "\"金额\"")]
    [InlineData("CRED027", "\"金额应大于零。\"", "\"Amount.\"")]
    [InlineData("CRED028", "$\"已拒绝({report.Number})。\"", "\"Refused.\"")]
    [InlineData("CRED028", "$\"已拒绝({report.Number})。\"", "report.Way == Way.Stopped ? throw new InvalidOperationException() : \"已拒绝。\"")]
    [InlineData("CRED029", "{report.Number}", "{report.Amount:00000000000}")]
    [InlineData("CRED030", "if (report.Amount <= 0)", "if (report.Number != \"魔法\") { yield return new Refusal(\"field-required\", \"文号不符。\", \"Not the number.\", Clause.R(\"3.5.1.b\"), \"number\"); }\nif (report.Amount <= 0)")]
    [InlineData("CRED032", "public ModuleManifest Manifest", "private readonly byte[][] _table = Enumerable.Range(0, 40).Select(_ => new byte[1024 * 1024]).ToArray();\npublic ModuleManifest Manifest")]
    [InlineData("CRED034", "internal enum Way", "internal sealed class Deaf : IHandle<Uri> { public System.Threading.Tasks.Task HandleAsync(Uri announced, System.Threading.CancellationToken cancel) => System.Threading.Tasks.Task.CompletedTask; }\ninternal enum Way")]
    [InlineData("CRED035", "\"A bid was refused.\"", "\" \"")]
    [InlineData("CRED035", ".WithSummary(\"Plans.\")", "")]
    [InlineData("CRED036", "\"amount-not-positive\"", "\"amount-planted\"")]
    [InlineData("CRED038", "public int? LongestTermInMonths => 36;", "public int? LongestTermInMonths => 0;")]
    [InlineData("CRED038", "public int? LongestTermInMonths => 36;", "public int? LongestTermInMonths => 36; public int? EarliestExitInMonths => 37;")]
    [InlineData("CRED038", "public int? LongestTermInMonths => 36;", "public int? LongestTermInMonths => 36; public int? DefenceWorkingDays => 0;")]
    [InlineData("CRED038", "public int? LongestTermInMonths => 36;", "public int? LongestTermInMonths => 36; public DateOnly? EffectiveTo => new(2022, 1, 31);")]
    [InlineData("CRED039", "reports.Of<Refused>()", "reports.Of<Refused>().Where(report => report.Id == Guid.Empty)")]
    public void A_module_spoilt_in_its_source_fails_with_exactly_the_rule_it_breaks(string id, string sound, string spoilt) =>
        FailsOnly(id, new ModuleUnderTest(PlantedModule.Load(Spoil(PlantedModule.Source, sound, spoilt), PlantedModule.Memorandum)));

    [Theory]
    [InlineData("CRED011", "\"evidence\"", "\"proof\"")]
    [InlineData("CRED011", "\"evidence\": \"Seen\"", "\"evidence\": \"Seen\", \"reaches\": [\"Cleaner\"]")]
    [InlineData("CRED012", "\"domains\": [\"税收征管\"]", "\"domains\": []")]
    [InlineData("CRED013", "[{\"title\": \"中华人民共和国政府采购法第二十二条\", \"level\": \"Law\"}]", "[]")]
    [InlineData("CRED013", "\"evidence\": \"Seen\"", "\"evidence\": \"Seen\", \"printedObligation\": \"Mandatory\"")]
    public void A_module_spoilt_in_its_memorandum_fails_with_exactly_the_rule_it_breaks(string id, string sound, string spoilt) =>
        FailsOnly(id, new ModuleUnderTest(PlantedModule.Load(PlantedModule.Source, Spoil(PlantedModule.Memorandum, sound, spoilt))));

    [Fact]
    public void A_module_built_against_what_is_not_there_does_not_load() => FailsOnly("CRED002", new ModuleUnderTest(PlantedModule.Load(
        Spoil(PlantedModule.Source, "internal enum Way", "internal sealed class Heir : global::Planted.Elsewhere.Parent;\ninternal enum Way"),
        PlantedModule.Memorandum,
        PlantedModule.Another("System.Xml.XPath", "namespace Planted.Elsewhere; public class Parent;"))));

    [Fact]
    public void A_sample_that_is_judged_otherwise_is_found()
    {
        var assembly = PlantedModule.Load(PlantedModule.Source, PlantedModule.Memorandum);
        var module = new ModuleUnderTest(assembly);
        var right = new FeedbackTrial(module, module.Registration!.FeedbackKinds.Single()).Valid!;

        FailsOnly("CRED031", new ModuleUnderTest(assembly) { InvalidReports = [right] });
        FailsOnly("CRED031", new ModuleUnderTest(assembly) { ValidReports = [new Payloads(right.GetType(), module.Task).Spoilt(right).First(bad => bad.Field == "amount").Report] });
    }

    [Fact]
    public void A_start_that_waits_is_found() => FailsOnly("CRED033", new ModuleUnderTest(PlantedModule.Load(
        Spoil(PlantedModule.Source, "public ModuleManifest Manifest", "public PlantedModule() => System.Threading.Thread.Sleep(60);\npublic ModuleManifest Manifest"),
        PlantedModule.Memorandum))
    { Budget = new StartBudget(32 * 1024 * 1024, TimeSpan.FromMilliseconds(50)) });

    [Fact]
    public void Every_rule_has_a_control()
    {
        var controls = typeof(NegativeControlTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>())
            .Select(data => (string)data.GetData(null!).Single()[0])
            .Concat(["CRED002", "CRED031", "CRED033"]);
        ConformanceRules.All.Select(rule => rule.Id).Except(controls).ShouldBeEmpty();
    }

    private static void FailsOnly(string id, ModuleUnderTest module)
    {
        var faults = ConformanceRules.All.ToDictionary(rule => rule.Id, rule => ConformanceRules.Faults(rule, module));
        faults.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).ShouldBe([id], string.Join('\n', faults.Values.SelectMany(each => each)));
        faults[id].ShouldAllBe(fault => fault.StartsWith(id + " ") && fault.EndsWith($" See docs/diagnostics/{id}.md."));
    }

    private static IEnumerable<string> Broken(ModuleUnderTest module) => ConformanceRules.All.SelectMany(rule => ConformanceRules.Faults(rule, module));

    private static string Spoil(string text, string sound, string spoilt)
    {
        text.ShouldContain(sound);
        return text.Replace(sound, spoilt, StringComparison.Ordinal);
    }
}
