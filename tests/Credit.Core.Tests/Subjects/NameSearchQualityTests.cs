using Credit.Domain.Policy;
using Credit.Domain.Subjects.Names;
using Credit.Testing.Names;

namespace Credit.Core.Tests.Subjects;

/// <summary>The search by name holds its figures; <c>Credit.Benchmarks names</c> prints them beside two baselines.</summary>
public sealed class NameSearchQualityTests
{
    private static readonly Lazy<(LabelledNames Names, (LabelledName Question, (Guid Id, double Score)? First)[] Answers)> Trial = new(() =>
    {
        var names = LabelledNames.Make(LabelledNames.TestSeed);
        using var index = new NameIndex();
        foreach (var (id, name) in names.Register)
        {
            index.Put(id, name, []);
        }

        return (names, [.. names.Questions.Select(question => (question, First(index, question.Asked)))]);
    });

    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    public void At_the_score_of_the_policy_pack_first_answers_are_right_as_often_as_the_documents_say()
    {
        var (names, answers) = Trial.Value;
        names.Questions.Count.ShouldBeGreaterThanOrEqualTo(2000);

        var figures = NameTrial.Of(answers, PolicyPack.Shipped("rencheng-2019").NameSearch.LeastScore);

        figures.First.ShouldBeGreaterThan(0.94);
        figures.Precision.ShouldBeGreaterThan(0.82);
        figures.Recall.ShouldBeGreaterThan(0.94);
        figures.F1.ShouldBeGreaterThan(0.88);
        NameTrial.Of(answers, 0.75).F1.ShouldBeGreaterThan(0.92);
    }

    [Theory]
    [InlineData("without region", 0.99)]
    [InlineData("traditional characters", 0.99)]
    [InlineData("other widths and brackets", 0.99)]
    [InlineData("one character that sounds alike", 0.97)]
    [InlineData("branch added", 0.99)]
    [InlineData("pinyin of brand and trade", 0.95)]
    [InlineData("one wrong character", 0.45)]
    public void Each_edit_people_make_is_seen_through(string edit, double floor)
    {
        var of = Trial.Value.Answers.Where(answer => answer.Question.Edit == edit).ToArray();

        of.ShouldNotBeEmpty();
        ((double)of.Count(answer => answer.First?.Id == answer.Question.Meant) / of.Length).ShouldBeGreaterThanOrEqualTo(floor);
    }

    [Fact]
    public void A_search_that_knows_nothing_fails_the_floors()
    {
        var (names, answers) = Trial.Value;
        var blind = answers.Select(answer => (answer.Question, ((Guid Id, double Score)?)(names.Register[0].Id, 1))).ToArray();

        NameTrial.Of(blind, 0.65).F1.ShouldBeLessThan(0.05);
    }

    private static (Guid Id, double Score)? First(NameIndex index, string asked) =>
        index.Search(asked, least: 0, most: 1) is [var first] ? (first.SubjectId, first.Score) : null;
}
