using System.Reflection;
using System.Text.RegularExpressions;
using Credit.Architecture.Tests.Reading;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Testing;

namespace Credit.Architecture.Tests.Policy;

/// <summary>Every code a caller can meet is explained, in Chinese and in English.</summary>
public sealed partial class CodeTests
{
    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    public void Every_intake_code_is_explained_in_both_languages()
    {
        var codes = ConstantsOf(House.Written(House.Core).Where(type => type.Namespace!.StartsWith("Credit.Core.Intake", StringComparison.Ordinal))).ToList();
        var explained = IntakeCodes.All.ToDictionary(code => code.Code, code => (string[])[code.Chinese, code.HintChinese, code.English, code.HintEnglish]);

        codes.Count.ShouldBeGreaterThan(50);
        Unexplained(codes, explained).ShouldBeEmpty();
    }

    [Fact]
    public void Every_code_of_a_refusal_or_a_refused_query_is_explained_in_both_languages()
    {
        var codes = Repository.Sources("src", "modules").SelectMany(file => CodesIn(File.ReadAllText(file))).Distinct().ToList();
        var explained = ErrorCatalogue.Load(House.Modules).All.ToDictionary(meaning => meaning.Code, meaning => (string[])[meaning.Zh, meaning.HintZh, meaning.En, meaning.HintEn]);

        codes.ShouldContain("four-eyes");
        codes.ShouldContain("function-not-supported");
        Unexplained(codes, explained).ShouldBeEmpty();
    }

    [Fact]
    public void A_code_without_explanation_or_with_one_language_is_found() =>
        Unexplained(
            ["whole", "missing", "english-only", "hint-empty"],
            new Dictionary<string, string[]>
            {
                ["whole"] = ["原因。", "请更正。", "Reason.", "Correct it."],
                ["english-only"] = ["Reason.", "请更正。", "Reason.", "Correct it."],
                ["hint-empty"] = ["原因。", "请更正。", "Reason.", " "],
            }).ShouldBe(["missing", "english-only", "hint-empty"]);

    [Theory]
    [InlineData("""new Refusal("planted-code", text, other, clause)""")]
    [InlineData("""refusals.Add(new("planted-code", $"原因{x}。", "Reason.", clause))""")]
    [InlineData("throw new QueryRefusedException(\n    501, \"planted-code\", \"$apply\", \"不支持。\", \"Not supported.\");")]
    [InlineData("""new(400, "planted-code", option, $"无效 {option}。", "Not valid.")""")]
    [InlineData("""Answers.WriteErrorAsync(context, StatusCodes.Status501NotImplemented, "planted-code", null, "不支持。", "Not supported.")""")]
    [InlineData("""PostgresErrorCodes.QueryCanceled => (503, "planted-code", "查询超时。", "Too slow."),""")]
    public void A_code_is_found_however_it_is_written(string source) => CodesIn(source).ShouldBe(["planted-code"]);

    [Theory]
    [InlineData("""new("market", "market-supervision", "市场监管", ContractVersion: 1)""")]
    [InlineData("""Describe("not-a-code", "Only English.")""")]
    public void What_is_no_code_is_left_alone(string source) => CodesIn(source).ShouldBeEmpty();

    [Fact]
    public void Constants_of_a_table_of_codes_are_found() => ConstantsOf([typeof(PlantedCodes), typeof(CodeTests)]).ShouldBe(["PLANTED_CODE"]);

    private static IEnumerable<string> ConstantsOf(IEnumerable<Type> types) => types
        .Where(type => type.Name.EndsWith("Codes", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Unexplained(IEnumerable<string> codes, Dictionary<string, string[]> explained) =>
        codes.Where(code => !explained.TryGetValue(code, out var texts)
            || !Array.TrueForAll(texts, text => text.Trim().Length > 2)
            || !Array.TrueForAll(texts[..2], text => Han().IsMatch(text)));

    private static IEnumerable<string> CodesIn(string source) => Code().Matches(source).Select(match => match.Groups["code"].Value);

    // A refusal by name; or any call whose texts are a code, perhaps an option, and a Chinese sentence.
    [GeneratedRegex(
        @"new\s+Refusal\(\s*""(?<code>[a-z]+(-[a-z]+)*)""|(\(|[^""\s],)\s*""(?<code>[a-z]+(-[a-z]+)+)"",\s*((""[^""]*""|[a-z]+),\s*)?\$?""[^""]*\p{IsCJKUnifiedIdeographs}",
        RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 5000)]
    private static partial Regex Han();

    private static class PlantedCodes
    {
        public const string Planted = "PLANTED_CODE";
    }
}
