using Credit.Core.Checks.Index;
using Credit.Domain.Subjects;

namespace Credit.Core.Tests.Checks;

/// <summary>Codes and subjects in arrays.</summary>
public sealed class CodeTableTests
{
    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Fact]
    public void A_million_codes_and_their_subjects_are_found_take_sixty_megabytes_at_most_and_nobody_else_is()
    {
        const int Million = 1_000_000;
        var chance = new Random(7);
        var codes = Enumerable.Range(0, Million).Select(number => $"91370811{number:D8}" + new string(chance.GetItems<char>(Letters, 2))).ToArray();
        var ids = codes.Select(_ => Guid.CreateVersion7()).ToArray();
        var (table, subjects) = (new CodeTable(Million), new SubjectTable(Million));
        for (var each = 0; each < Million; each++)
        {
            table.Set(CodeTable.CodeOf(SubjectIdentifier.Uscc, codes[each]), subjects.FindOrAdd(ids[each]));
        }

        Enumerable.Range(0, Million).Count(each =>
            table.Find(CodeTable.CodeOf(SubjectIdentifier.Uscc, codes[each])) == each && subjects.Find(ids[each]) == each && subjects.IdOf(each) == ids[each]).ShouldBe(Million);
        Enumerable.Range(Million, Million).Count(each => table.Find(CodeTable.CodeOf(SubjectIdentifier.Uscc, $"91370811{each:D8}00")) >= 0).ShouldBe(0);
        (table.Count, subjects.Count).ShouldBe((Million, Million));
        (table.Bytes + subjects.Bytes).ShouldBeInRange(34_000_000, 60_000_000);
    }

    [Fact]
    public void Tables_grow_and_keep_what_they_hold()
    {
        var (table, subjects) = (new CodeTable(0), new SubjectTable(0));
        var ids = Enumerable.Range(0, 5_000).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var each = 0; each < ids.Length; each++)
        {
            var ordinal = subjects.FindOrAdd(ids[each]);
            subjects.Set(ordinal, each, null);
            table.Set(CodeTable.CodeOf("登记号", $"{each}"), ordinal);
        }

        for (var each = 0; each < ids.Length; each++)
        {
            subjects.MarkOf(table.Find(CodeTable.CodeOf("登记号", $"{each}"))).ShouldBe(each);
            subjects.FindOrAdd(ids[each]).ShouldBe(each);
        }

        table.Set(CodeTable.CodeOf("登记号", "17"), 3);
        (table.Count, table.Find(CodeTable.CodeOf("登记号", "17"))).ShouldBe((5_000, 3));
    }

    [Theory]
    [InlineData("uscc", "91370811TXTR00228N", "uscc", "91370811TXTR00236H")]
    [InlineData("uscc", "91370811TXTR00228N", "organisation-code", "91370811TXTR00228N")]
    [InlineData("uscc", "91370811txtr00228n", "uscc", "91370811TXTR00228N")]
    [InlineData("uscc", "000000000000000000", "uscc", "00000000000000000")]
    [InlineData("身份证", "a", "护照", "a")]
    public void Two_codes_are_never_one_number(string scheme, string code, string other, string otherCode) =>
        CodeTable.CodeOf(scheme, code).ShouldNotBe(CodeTable.CodeOf(other, otherCode));
}
