using Credit.Core.Enforcement;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Tests.Containment;

namespace Credit.Core.Tests.Modules;

/// <summary>Each kind of feedback has a view of its own.</summary>
public sealed class ReportViewTests
{
    [Fact]
    public void Kinds_that_read_alike_without_their_slash_have_two_views()
    {
        var catalog = ModuleCatalog.From(
            [Of("twins", "twins/one-two", "twinsone"), Of("twins-one", "twins-one/two", "twinstwo")], DepartmentDirectory.Load(), CanonicalMeasures.Load());

        var views = FeedbackDbContext.ViewsOf(catalog);

        views.ShouldContain("CREATE VIEW core.feedback_twins__one_two AS SELECT id, task_id, measure_key, department, reported_at, (report->>'text')::text AS r_text FROM core.feedback WHERE kind = 'twins/one-two';");
        views.ShouldContain("CREATE VIEW core.feedback_twins_one__two AS SELECT id, task_id, measure_key, department, reported_at, (report->>'text')::text AS r_text FROM core.feedback WHERE kind = 'twins-one/two';");
    }

    private static System.Reflection.Assembly Of(string key, string kind, string assembly) => CompiledModule.Of(
        key, others: CompiledModule.Feedback(assembly, "return [];").Replace($"\"{assembly}/report\"", $"\"{kind}\"", StringComparison.Ordinal), assembly: assembly);
}
