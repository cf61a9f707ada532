using System.Text;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Receipts;

namespace Credit.Core.Tests.Checks;

/// <summary>An answer is written member by member: it is the canonical JSON of what it would serialise to, and what is hashed is part of it.</summary>
[Trait("Requirement", "R-3.1.6.a")]
public sealed class VerdictTextTests
{
    private static readonly JsonSerializerOptions Options = Rules();

    [Theory]
    [InlineData("任采公字〔2026〕118号", null)]
    [InlineData("引号\"、反斜线\\、<b>&'\n\u0001𠮷", "P01")]
    public void What_is_hashed_is_the_canonical_json_of_the_answer(string reference, string? measure)
    {
        var verdict = Verdict(reference, measure);
        var text = VerdictText.Write(verdict.Department, verdict.Purpose, verdict.Matter, verdict.ValidAt, verdict.Restricted, verdict.Subjects);

        var told = JsonSerializer.SerializeToElement(verdict, Options);
        Encoding.UTF8.GetString(text.Whole).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Bytes(
            told, name => name is "department" or "matter" or "purpose" or "restricted" or "subjects" or "validAt")));
        Encoding.UTF8.GetString(text.Question).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Bytes(told, name => name is "department" or "matter" or "purpose" or "validAt")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_234_500)]
    public void The_whole_answer_is_canonical_and_has_every_member_of_what_it_says(long ticks)
    {
        var verdict = Verdict("1号", null) with { AsOf = new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero).AddTicks(ticks) };
        var text = VerdictText.Write(verdict.Department, verdict.Purpose, verdict.Matter, verdict.ValidAt, verdict.Restricted, verdict.Subjects);
        var unsigned = VerdictText.Answer(verdict, text, new()
        {
            Number = verdict.Number,
            Code = "C",
            Department = verdict.Department,
            AsOf = verdict.AsOf,
            Position = 7,
            KnownAt = null,
            Exact = true,
            ValidAt = verdict.ValidAt,
            Subjects = 1,
            Found = true,
            Restricted = true,
            PolicyPack = "p",
            QueryHash = new byte[32],
            VerdictHash = new byte[32],
            Digest = "SHA-256",
            Root = [],
            KeyId = "k",
            Algorithm = "ES256",
        });
        foreach (var group in new[] { null, new Core.Receipts.GroupProof(1, 3, [new string('a', 64), new string('b', 64)]) })
        {
            var answer = unsigned.With(group, "sig");
            var read = JsonSerializer.Deserialize<CheckVerdict>(answer, Options)!;
            (read.Receipt!.Signature, read.AsOf, string.Join(',', read.Receipt.Group?.Path ?? [])).ShouldBe(("sig", verdict.AsOf, string.Join(',', group?.Path ?? [])));
            Encoding.UTF8.GetString(answer).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Bytes(read, Options)));
            Encoding.UTF8.GetString(unsigned.Signed).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Bytes(
                JsonSerializer.SerializeToElement(read.Receipt, Options), name => name is not ("group" or "signature"))));
        }
    }

    private static CheckVerdict Verdict(string reference, string? measure) => new(
        "CX20261124-K7Q2M9XZ4T5B", new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero), 7, new(2026, 11, 24), "finance", QueryPurpose.Administration,
        new(MatterKind.Other, reference, "资格审查", measure), Restricted: true,
        [
            new(
                0, Guid.CreateVersion7(), Restricted: true,
                [
                    new(
                        Guid.CreateVersion7(), ListKind.Black, "税收", "tax", new(2026, 11, 24), new(2029, 11, 23), Suspended: false, Restricts: true, Responsibility.LegalRepresentative,
                        [
                            new(
                                "TAX-BLACK/9", "TAX-BLACK", 2, "限制\t参加", MeasureObligation.Mandatory, ["P01", "P02"], BasisSource.Memorandum,
                                [new("政府采购法\"", LegalLevel.Law, Evidence.High)], Guid.CreateVersion7(), new(2026, 12, 1)),
                            new("TAX-BLACK/10", "TAX-BLACK", 2, "", MeasureObligation.Recommended, [], BasisSource.Dictionary, [], null, null),
                        ]),
                ],
                new(Eligible: false, [new("listed", For: false, "中", "e", "R")], Committed: true, SupervisionClass.D, ClassBasis.BlackEntry, [new(AdviceKind.Restrict, "中", "e", "R")])),
            new(1, null, Restricted: false, [], Standing: null),
        ]);

    private static JsonSerializerOptions Rules()
    {
        var options = new JsonSerializerOptions();
        JsonRules.Apply(options);
        return options;
    }
}
