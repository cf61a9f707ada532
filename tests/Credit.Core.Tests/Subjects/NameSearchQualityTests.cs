using Credit.Domain.Subjects.Names;
using Credit.Testing.Names;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Subjects;

public sealed class NameSearchQualityTests(ITestOutputHelper output)
{
    [Fact]
    public void Explore()
    {
        foreach (ulong seed in new ulong[] { 11, 12 })
        {
            var labelled = LabelledNames.Make(seed);
            using var index = new NameIndex();
            foreach (var (id, name) in labelled.Register) index.Put(id, name, []);
            var answers = labelled.Questions.Select(q => (q, First: index.Search(q.Asked, 0, 1) is [var m] ? (m.SubjectId, m.Score) : ((Guid, double)?)null)).ToArray();
            foreach (var t in new[] { .5, .55, .6, .65, .7, .75, .8, NameTrial.BestLeast(answers) }) { var r = NameTrial.Of(answers, t); output.WriteLine($"{t:F2} first {r.First:F3} P {r.Precision:F3} R {r.Recall:F3} F1 {r.F1:F3}"); }
            foreach (var g in answers.GroupBy(a => a.q.Edit))
                output.WriteLine($"{g.Key,-45} right {g.Count(a => a.q.Meant is { } id && a.First?.Item1 == id),4}/{g.Count()}  scores {string.Join(' ', new[] { .05, .25, .5, .75, .95 }.Select(p => g.Select(a => a.First?.Item2 ?? 0).Order().ElementAt((int)(p * (g.Count() - 1))).ToString("F2")))}  e.g. {g.First().q.Asked}");
            foreach (var a in answers.Where(a => a.q.Meant is { } id && a.First?.Item1 != id).Take(15)) output.WriteLine($"{a.q.Edit}: {a.q.Asked} -> {labelled.Register.FirstOrDefault(r => r.Id == a.First?.Item1).Name} {a.First?.Item2} not {labelled.Register.First(r => r.Id == a.q.Meant).Name}");
        }
    }
}
