using System.Buffers.Text;
using Credit.Core.Feeds;

namespace Credit.Core.Tests.Feeds;

/// <summary>Places that nobody else can read or make.</summary>
public sealed class FeedSealTests
{
    private readonly FeedSeal _seal = new([.. Enumerable.Range(0, 32).Select(each => (byte)each)]);

    [Fact]
    public void What_was_sealed_is_opened_for_the_same_use_only()
    {
        var token = _seal.Seal("stream\npublic/ListEntries", 4711, 90210, 0);

        _seal.OpenNumbers("stream\npublic/ListEntries", token).ShouldBe([4711, 90210, 0]);
        _seal.OpenNumbers("stream\npublic/Warnings", token).ShouldBeNull();
        new FeedSeal(new byte[32]).OpenNumbers("stream\npublic/ListEntries", token).ShouldBeNull();
        _seal.OpenText("page", _seal.Seal("page", "[\"Id+\",\"任城\"].12.t")).ShouldBe("[\"Id+\",\"任城\"].12.t");
    }

    [Fact]
    public void The_same_place_is_the_same_text_and_no_two_places_share_a_nonce()
    {
        _seal.Seal("delta", 4711, 0, 0).ShouldBe(_seal.Seal("delta", 4711, 0, 0));
        Enumerable.Range(0, 1000).Select(place => _seal.Seal("delta", place, 0, 0)[..16]).Distinct().Count().ShouldBe(1000);
        _seal.Seal("delta", 4711, 0, 0)[..16].ShouldNotBe(_seal.Seal("other", 4711, 0, 0)[..16]);
    }

    [Fact]
    public void A_place_cannot_be_read()
    {
        var bytes = Convert.ToHexString(Base64Url.DecodeFromChars(_seal.Seal("delta", 4711, 4712, 90210)));

        bytes.ShouldNotContain("1267", Case.Sensitive, "4711");
        bytes.ShouldNotContain("016062", Case.Sensitive, "90210");
    }

    [Fact]
    public void What_was_altered_anywhere_is_refused()
    {
        var token = _seal.Seal("delta", 4711, 0, 0);
        for (var at = 0; at < token.Length; at++)
        {
            _seal.OpenNumbers("delta", token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]).ShouldBeNull();
        }

        foreach (var other in new[] { "", "A", "AAAA", token + "A", token + "=", token[..^1], token + token, "任城", new string('A', 4000), $"{token}.1", " " + token })
        {
            _seal.OpenNumbers("delta", other).ShouldBeNull();
        }
    }

    // As sealed by versions before this one: the place in the clear with a keyed hash of it.
    [Fact]
    public void A_token_that_was_only_signed_is_refused() =>
        _seal.OpenNumbers("delta", "01" + new string('0', 15) + "7" + new string('0', 32) + "00112233445566778899aabbccddeeff").ShouldBeNull();
}
