using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Credit.Domain.Feeds;

namespace Credit.Domain.Tests.Feeds;

public sealed class StateDigestTests
{
    [Fact]
    public void The_order_of_changes_does_not_matter_and_what_goes_leaves_no_trace()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 300).Select(_ => (Key: Guid.CreateVersion7(), Hash: RandomNumberGenerator.GetBytes(32))).ToArray();
        var (first, second) = (new StateDigest(), new StateDigest());

        foreach (var (key, hash) in rows)
        {
            first.Add(key, hash);
        }

        var passing = (Key: Guid.CreateVersion7(), Hash: RandomNumberGenerator.GetBytes(32));
        second.Add(passing.Key, passing.Hash);
        foreach (var (key, hash) in rows.OrderBy(_ => random.Next()))
        {
            second.Add(key, hash);
        }

        second.Remove(passing.Key, passing.Hash);

        second.Value.ShouldBe(first.Value);
        second.Rows.ShouldBe(300);
    }

    [Fact]
    public void The_sum_is_the_one_that_the_documentation_describes()
    {
        var digest = new StateDigest();
        var sum = BigInteger.Zero;
        for (var i = 0; i < 40; i++)
        {
            var (key, hash) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32));
            digest.Add(key, hash);
            byte[] message = [.. Encoding.UTF8.GetBytes(key.ToString()), 0, .. hash];
            var number = new BigInteger([.. Enumerable.Range(0, 8).SelectMany(part => SHA256.HashData([(byte)part, .. message]))], isUnsigned: true, isBigEndian: true);
            sum = (sum + number) % BigInteger.Pow(2, 2048);
        }

        var bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        digest.Sum.ShouldBe([.. new byte[256 - bytes.Length], .. bytes]);
        new StateDigest(digest.Sum, 40).Value.ShouldBe(digest.Value);
    }

    [Fact]
    public void Another_key_another_content_or_a_row_twice_is_another_digest()
    {
        var (key, hash) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32));
        string Of(params (Guid Key, byte[] Hash)[] rows)
        {
            var digest = new StateDigest();
            Array.ForEach(rows, row => digest.Add(row.Key, row.Hash));
            return digest.Value;
        }

        new[] { Of(), Of((key, hash)), Of((Guid.CreateVersion7(), hash)), Of((key, SHA256.HashData(hash))), Of((key, hash), (key, hash)) }.ShouldBeUnique();
    }
}
