using System.Text.Json;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>What is said beside the rows: in errors, in logs, to caches.</summary>
public sealed class SaidBesideTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private static readonly string[] Values = ["张隐某", "任城隐名商贸有限公司", "37081119900307201X", "91370811MA3HXDEN0X", "13953700000", "任罚〔2026〕7731号"];

    private static readonly string[] Forms =
    [
        "ListEntries?$filter=SubjectName eq '{0}'", "ListEntries?$filter=subject_mask eq '{0}'", "ListEntries('{0}')", "ListEntries({0})", "{0}", "{0}?$top=1", "ListEntries?$search={0}", "ListEntries?{0}=x", "ListEntries?$orderby={0}", "ListEntries?$skiptoken={0}",
        "ListEntries?$deltatoken={0}", "ListEntries?$filter=contains('{0}',Facts", "ListEntries?$apply=filter(SubjectName eq '{0}')/aggregate(Phone with max as X)", "ListEntries?$format={0}", "$entity?$id={0}", "ListEntries?@p='{0}'&$filter=Phone eq @p",
        "Failing?$filter=Kind eq 1 and '{0}' ne 'x'", "Failing?$filter=Kind eq 3 and '{0}' ne 'x'", "ListEntries?$filter=length('{0}') mul 2147483647 mul 2147483647 gt length(SubjectName)",
    ];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X34")]
    public async Task Neither_a_refusal_nor_the_log_repeats_what_was_asked_or_names_what_lies_beneath()
    {
        foreach (var value in Values)
        {
            foreach (var form in Forms)
            {
                var address = Questions.Escaped("/odata/public/" + string.Format(null, form, value));
                var answers = new[] { await feed.AskAsync(address), await feed.SendAsync("/odata/public/$batch", JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "get", url = address["/odata/public/".Length..] } } }), ("Content-Type", "application/json")) };
                foreach (var answer in answers.Where(answer => answer.Status >= 400 || answer.Body.Contains("\"error\"", StringComparison.Ordinal)))
                {
                    answer.Body.ShouldNotContain(value, Case.Insensitive, address);
                    foreach (var trace in new[] { "   at ", "Exception", "Npgsql", "System.", "Microsoft.", "Credit.OData", "core.", "pub.", "list_entry", "SQLSTATE", "constraint", "column \"" })
                    {
                        answer.Body.ShouldNotContain(trace, Case.Sensitive, address);
                    }

                    if (answer.Status >= 400)
                    {
                        answer.Headers["Cache-Control"].ShouldBe("no-store", address);
                    }
                }
            }
        }

        feed.Log.ShouldContain("/odata/public", Case.Sensitive, "requests are in the log");
        foreach (var value in Values)
        {
            feed.Log.ShouldNotContain(value, Case.Insensitive);
            feed.Log.ShouldNotContain(Uri.EscapeDataString(value), Case.Insensitive);
        }
    }

    [Fact]
    [Trait("Invariant", "X15")]
    public async Task Caches_are_told_who_may_keep_what()
    {
        using var officer = await feed.AsAsync("tax.officer");
        var token = ("Authorization", officer.DefaultRequestHeaders.Authorization!.ToString());
        foreach (var set in new[] { "ListEntries", "Departments", "ListEntries?$apply=aggregate($count as N)", "ListEntries/$count", "ListEntries?$format=csv" })
        {
            var open = await feed.AskAsync("/odata/public/" + set.Replace(" ", "%20", StringComparison.Ordinal));
            var closed = await feed.AskAsync("/odata/official/" + set.Replace(" ", "%20", StringComparison.Ordinal), token, ("Credit-Purpose", "Administration"));

            (open.Status, closed.Status).ShouldBe((200, 200), open.Body + closed.Body);
            open.Headers["Cache-Control"].ShouldMatch("^public, max-age=[0-9]+$");
            closed.Headers["Cache-Control"].ShouldBe("private, no-cache");
            foreach (var answer in new[] { open, closed })
            {
                answer.Headers["Vary"].Split(", ").ShouldContain("Authorization");
                answer.Headers["Vary"].Split(", ").ShouldContain("Accept");
            }
        }

        foreach (var address in new[] { "/odata/official/ListEntries", "/odata/official/Nowhere", "/odata/public/Nowhere", "/odata/public/ListEntries?$filter=x" })
        {
            (await feed.AskAsync(address)).Headers["Cache-Control"].ShouldBe("no-store", address);
        }
    }
}
