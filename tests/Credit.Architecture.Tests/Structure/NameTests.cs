using System.Text.RegularExpressions;
using Credit.Abstractions;
using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Testing;

namespace Credit.Architecture.Tests.Structure;

/// <summary>A folder is a capability, a file is one use case, and a name says what a thing is.</summary>
public sealed partial class NameTests
{
    // The style says about 300; beyond this nobody argues about "about".
    private const int MostLines = 350;

    private static readonly HashSet<string> EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Impl", "Dto", "Base", "Data", "Info"];

    [Fact]
    public void A_use_case_reaction_answer_or_declaration_stands_in_a_file_of_its_name_in_the_folder_of_its_capability()
    {
        var declared = House.Written(House.Core, House.OData).Concat(House.Written(House.Modules)).SelectMany(FilesOf).ToList();

        declared.Count.ShouldBeGreaterThan(50);
        Misplaced(declared, path => File.Exists(Path.Combine(Repository.Root, path)) ? File.ReadAllText(Path.Combine(Repository.Root, path)) : null).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_does_without_words_that_say_nothing() => Named(House.Written(House.All).Select(type => type.Name)).ShouldBeEmpty();

    [Fact]
    public void A_source_file_stays_short_enough_to_hold_one_idea() =>
        TooLong(Repository.Sources("src", "modules").Select(file => (file, File.ReadLines(file).Count()))).ShouldBeEmpty();

    [Fact]
    public void A_long_source_file_is_found() => TooLong([("/src/Short.cs", MostLines), ("/src/Long.cs", MostLines + 1)]).ShouldBe(["Long.cs: 351 lines"]);

    [Fact]
    public void A_use_case_in_another_file_is_found()
    {
        FilesOf(typeof(PlantedUseCase)).ShouldBe([(typeof(PlantedUseCase), "src/Credit.Architecture.Tests/Planted/PlantedUseCase.cs")]);
        FilesOf(typeof(PlantedFeedback)).ShouldBe([(typeof(PlantedFeedback), "src/Credit.Architecture.Tests/Planted/PlantedReport.cs")]);
        var planted = FilesOf(typeof(PlantedUseCase)).ToList();
        Misplaced(planted, path => null).ShouldBe(["PlantedUseCase: no src/Credit.Architecture.Tests/Planted/PlantedUseCase.cs"]);
        Misplaced(planted, path => "internal sealed class SomethingElse : IUseCase").ShouldBe(["PlantedUseCase: not in src/Credit.Architecture.Tests/Planted/PlantedUseCase.cs"]);
        Misplaced(planted, path => "internal sealed class PlantedUseCase : IUseCase").ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_says_nothing_is_found() =>
        Named(["EntryManager", "ListHelpers", "SubjectDto", "Database", "IBaseline", "EntryInfo`1", "Information"]).ShouldBe(["EntryManager", "ListHelpers", "SubjectDto", "EntryInfo`1"]);

    private static IEnumerable<(Type Type, string File)> FilesOf(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type.IsNested)
        {
            yield break;
        }

        var feedback = House.RolesOf(type, typeof(IFeedback<>)).FirstOrDefault();
        var plays = feedback is not null || type.IsAssignableTo(typeof(IUseCase)) || type.IsAssignableTo(typeof(IDeadlineAnswer))
            || type.IsAssignableTo(typeof(ICriterion)) || House.RolesOf(type, typeof(IHandle<>)).Any() || House.RolesOf(type, typeof(IEntitySet<>)).Any();
        if (!plays)
        {
            yield break;
        }

        var assembly = type.Assembly.GetName().Name!;
        var home = assembly.StartsWith("Credit.Modules.", StringComparison.Ordinal) ? "modules/" + assembly["Credit.Modules.".Length..] : "src/" + assembly;
        var folder = type.Namespace![assembly.Length..].Replace('.', '/');
        yield return (type, $"{home}{folder}/{feedback?.GetGenericArguments()[0].Name ?? type.Name}.cs");
    }

    private static IEnumerable<string> Misplaced(IEnumerable<(Type Type, string File)> declared, Func<string, string?> read) =>
        from place in declared
        let source = read(place.File)
        where source is null || !Regex.IsMatch(source, $@"\bclass {place.Type.Name}\b", RegexOptions.None, TimeSpan.FromSeconds(5))
        select source is null ? $"{place.Type.Name}: no {place.File}" : $"{place.Type.Name}: not in {place.File}";

    private static IEnumerable<string> TooLong(IEnumerable<(string File, int Lines)> files) =>
        files.Where(file => file.Lines > MostLines).Select(file => $"{Path.GetFileName(file.File)}: {file.Lines} lines");

    private static IEnumerable<string> Named(IEnumerable<string> names) =>
        names.Where(name => Word().Matches(name).Any(word => EmptyWords.Contains(word.Value)));

    [GeneratedRegex("[A-Z][a-z]+", RegexOptions.None, 5000)]
    private static partial Regex Word();
}
