using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Credit.Domain.Subjects;

namespace Credit.Benchmarks.Inference;

/// <summary>Ways to ask for a hidden thing and for one that never existed: both of the same form and length.</summary>
internal static class Questions
{
    private static readonly string[] HiddenColumns = ["subject_mask", "SubjectMask", "reviewed_by", "ReviewedBy", "Publishable", "chosen_for_publication", "proposed_by", "identifier_mask", "subject_id", "SubjectId", "polarity"];

    // The longest chain of functions that is admitted, over texts that are scrubbed before they are shown.
    private const string Costly = "contains(toupper(concat(concat(concat(Facts,Facts),concat(Facts,Facts)),concat(concat(Facts,Facts),concat(Facts,Facts)))),'zzz')";

    public static IReadOnlyList<Question> All(int entries, string receipt, HttpClient officer, HttpClient anyone)
    {
        var half = entries / 2;

        // Never: numbers beyond all subjects. Of the checks, subjects that are known and on no list.
        int Number(bool hidden, int n) => hidden ? (2 * n) + 1 : (10 * entries) + (2 * n) + 1;
        string Code(bool hidden, int n) => string.Create(CultureInfo.InvariantCulture, $"91370811{Number(hidden, n):D10}");
#pragma warning disable CA5351 // names of the district are made so; nothing is kept secret by it
        string Name(bool hidden, int n) => $"任城{Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(Number(hidden, n).ToString(CultureInfo.InvariantCulture))))}有限公司";
#pragma warning restore CA5351
        string Id(bool hidden, int n) => string.Create(CultureInfo.InvariantCulture, $"{Number(hidden, n):x8}-0000-7000-8001-{Number(hidden, n):x12}");
        Question Public(string what, Func<bool, int, string> address, int? range = null, bool differs = false) => new(what, anyone, range ?? half, (hidden, n) => Get("/odata/public/" + address(hidden, n)), differs);
        return
        [
            Public("key", (hidden, n) => $"ListEntries({Id(hidden, n)})"),
            Public("property of a key", (hidden, n) => $"ListEntries({Id(hidden, n)})/SubjectName"),
            Public("`$filter` on the code", (hidden, n) => $"ListEntries?$filter=SubjectCode eq '{Code(hidden, n)}'"),
            Public("`$filter` on the name", (hidden, n) => $"ListEntries?$filter=SubjectName eq '{Name(hidden, n)}'&$count=true"),
            Public("`contains` on the name", (hidden, n) => $"ListEntries?$filter=contains(SubjectName,'{Name(hidden, n)}')"),
            Public("`$search` of the name", (hidden, n) => $"ListEntries?$search={Name(hidden, n)}"),
            Public("`any` along a way", (hidden, n) => $"Departments?$filter=Entries/any(e:e/SubjectCode eq '{Code(hidden, n)}')"),
            Public("`$apply`, a count", (hidden, n) => $"ListEntries?$apply=filter(SubjectCode eq '{Code(hidden, n)}')/aggregate($count as N)"),
            Public("integers that may overflow", (hidden, n) => $"ListEntries?$filter=(indexof(SubjectCode,'{Code(hidden, n)}') add 1) mul 2147483647 mul 2147483647 gt 0"),
            Public("a code and costly functions", (hidden, n) => $"ListEntries?$filter=SubjectCode eq '{Code(hidden, n)}' and {Costly}"),
            Public("a hidden column in `$filter`", (hidden, n) => $"ListEntries?$filter={Column(hidden, n)} eq 'x'&$top={1 + (n % 500)}", HiddenColumns.Length * 500),
            Public("a hidden column in `$apply`", (hidden, n) => $"ListEntries?$apply=groupby(({Column(hidden, n)}))&$top={1 + (n % 500)}", HiddenColumns.Length * 500),
            new("proof of publication", anyone, half, (hidden, n) => Get($"/feeds/proof?entry={Id(hidden, n)}")),
            new("code of a receipt, first half right", anyone, 100_000, (hidden, n) => Get($"/verify/{(hidden ? receipt[..(receipt.Length / 2)] : Drawn(n, receipt.Length / 2))}{Drawn(n + 1, receipt.Length - (receipt.Length / 2))}")),
            new("number of a credit report, wrong code", anyone, 499, (hidden, n) => new(HttpMethod.Post, new Uri("/api/credit-reports/verification", UriKind.Relative))
            {
                Content = JsonContent.Create(new { number = string.Create(CultureInfo.InvariantCulture, $"RC-20261124-{n + (hidden ? 1 : 10_000):D10}"), code = Drawn(n, 16) }),
            }),
            new("draft of another department by key", officer, entries / 8, (hidden, n) => Get($"/api/entries/{Id(hidden, 4 * n)}")),
            new("the same in the official feed", officer, entries / 8, (hidden, n) => Get($"/odata/official/ListEntries({Id(hidden, 4 * n)})")),
            new("the same by code", officer, entries / 8, (hidden, n) => Get($"/odata/official/ListEntries?$filter=SubjectCode eq '{Code(hidden, 4 * n)}'")),
            new("a check of the subject of a draft", officer, entries / 8, (hidden, n) => new(HttpMethod.Post, new Uri("/api/checks", UriKind.Relative))
            {
                Content = JsonContent.Create(CheckOf(CodeOf((hidden ? 0 : entries) + (8 * n) + 1))),
            }),
            Public("what is shown, to be told apart", (hidden, n) => $"ListEntries?$filter=Recogniser eq '{(hidden ? 'd' : 'x')}{1 + (n % 40)}'&$top={50 + (n % 150)}", differs: true),
        ];
    }

    public static object CheckOf(string code) =>
        new { purpose = "Administration", matter = new { kind = "Other", reference = "样本〔2026〕1号", procedure = "样本" }, subjects = new[] { new { kind = "LegalPerson", code } } };

    /// <summary>A valid code of a numbered subject.</summary>
    public static string CodeOf(int subject)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"91370811TX{subject:D7}");
        return first + UnifiedCreditCode.ComputeCheck(first);
    }

    private static HttpRequestMessage Get(string address) => new(HttpMethod.Get, new Uri(address.Replace(" ", "%20", StringComparison.Ordinal), UriKind.Relative));

    private static string Column(bool hidden, int n)
    {
        var name = HiddenColumns[n % HiddenColumns.Length];
        return hidden ? name : $"q{Drawn(n, name.Length - 1).ToLowerInvariant()}";
    }

    private static string Drawn(int n, int length)
    {
        const string Letters = "BCDFGHJKMNPQRSTVWXZ23456789";
        var random = new Random(n);
        return string.Create(length, random, static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Letters[from.Next(Letters.Length)];
            }
        });
    }
}
