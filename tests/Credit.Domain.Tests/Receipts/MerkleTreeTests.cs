using System.Security.Cryptography;
using Credit.Domain.Receipts;
using CsCheck;

namespace Credit.Domain.Tests.Receipts;

/// <summary>The tree over the log and over the rows of a batch, against a reckoning of its own straight from RFC 6962.</summary>
[Trait("Invariant", "I75")]
public sealed class MerkleTreeTests
{
    // The eight leaves of the test of Certificate Transparency's reference implementation, and the roots of their trees.
    private static readonly string[] Leaves =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Known_leaves_have_the_known_roots()
    {
        var leaves = Leaves.Select(leaf => MerkleTree.Leaf(Convert.FromHexString(leaf))).ToArray();
        for (var size = 1; size <= Roots.Length; size++)
        {
            Convert.ToHexStringLower(new WholeTree(leaves.Take(size)).Root).ShouldBe(Roots[size - 1]);
        }

        Convert.ToHexStringLower(new WholeTree([]).Root).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    [Fact]
    public void Every_root_and_proof_is_that_of_the_definition() => Sizes.Sample(size =>
    {
        var leaves = Some(size);
        var tree = new WholeTree(leaves);
        tree.Root.ShouldBe(Defined(leaves));
        for (var index = 0; index < size; index++)
        {
            var path = tree.Inclusion(index);
            path.ShouldBe(DefinedPath(index, leaves));
            MerkleTree.Includes(leaves[index], index, size, path, tree.Root).ShouldBeTrue();
        }

        for (var earlier = 1; earlier <= size; earlier++)
        {
            var path = MerkleTree.Consistency(earlier, size, tree.Node);
            path.ShouldBe(earlier == size ? [] : DefinedSubproof(earlier, leaves, whole: true));
            MerkleTree.Continues(earlier, Defined(leaves[..earlier]), size, tree.Root, path).ShouldBeTrue();
        }
    });

    [Fact]
    public void No_other_leaf_place_size_path_or_root_is_believed() => Gen.Select(Sizes, Gen.Int[0, 1_000], Gen.Int[0, 255], Gen.Int[0, 31]).Sample((size, pick, flip, at) =>
    {
        var leaves = Some(size);
        var tree = new WholeTree(leaves);
        var index = pick % size;
        var path = tree.Inclusion(index);
        bool Believed(byte[] leaf, long place, long of, byte[][] by, byte[] root) => MerkleTree.Includes(leaf, place, of, by, root);
        byte[] Other(byte[] hash) => [.. hash.Select((each, i) => i == at ? (byte)(each ^ (flip | 1)) : each)];

        Believed(Other(leaves[index]), index, size, path, tree.Root).ShouldBeFalse();
        Believed(leaves[index], index, size, path, Other(tree.Root)).ShouldBeFalse();
        Believed(leaves[index], index, size, [.. path, tree.Root], tree.Root).ShouldBeFalse();
        Believed(leaves[index], -1, size, path, tree.Root).ShouldBeFalse();
        Believed(leaves[index], size, size, path, tree.Root).ShouldBeFalse();
        if (size > 1)
        {
            Believed(leaves[index], (index + 1) % size, size, path, tree.Root).ShouldBeFalse();
            Believed(leaves[index], index, size, path[1..], tree.Root).ShouldBeFalse();
            var broken = pick % path.Length;
            Believed(leaves[index], index, size, [.. path.Select((hash, i) => i == broken ? Other(hash) : hash)], tree.Root).ShouldBeFalse();
        }

        // A log in which one row was altered does not continue the log as it was.
        if (index < size - 1)
        {
            var altered = new WholeTree(leaves.Select((leaf, i) => i == index ? Other(leaf) : leaf));
            MerkleTree.Continues(index + 1, Defined(leaves[..(index + 1)]), size, altered.Root, MerkleTree.Consistency(index + 1, size, altered.Node)).ShouldBeFalse();
        }
    });

    [Fact]
    public void A_tree_that_grows_knows_from_its_edge_alone_what_the_whole_tree_knows() => Gen.Select(Sizes, Sizes).Sample((before, more) =>
    {
        var leaves = Some(before + more);
        var whole = new WholeTree(leaves);
        var growing = new GrowingTree(before, [.. MerkleTree.Peaks(before).Select(whole.Node)]);
        foreach (var (node, hash) in leaves[before..].SelectMany(growing.Append))
        {
            hash.ShouldBe(whole.Node(node));
        }

        growing.Size.ShouldBe(whole.Size);
        growing.Root.ShouldBe(whole.Root);
    });

    [Fact]
    public void A_leaf_does_not_pass_for_a_node() =>
        MerkleTree.Leaf([.. Some(2)[0], .. Some(2)[1]]).ShouldNotBe(MerkleTree.Parent(Some(2)[0], Some(2)[1]));

    private static Gen<int> Sizes => Gen.Int[1, 70];

    private static byte[][] Some(int size) => [.. Enumerable.Range(0, size).Select(number => MerkleTree.Leaf(BitConverter.GetBytes(number)))];

    // RFC 6962 §2.1, word by word.
    private static byte[] Defined(byte[][] leaves) => leaves.Length == 1
        ? leaves[0]
        : SHA256.HashData([1, .. Defined(leaves[..Half(leaves.Length)]), .. Defined(leaves[Half(leaves.Length)..])]);

    private static byte[][] DefinedPath(int index, byte[][] leaves) => leaves.Length == 1 ? []
        : index < Half(leaves.Length) ? [.. DefinedPath(index, leaves[..Half(leaves.Length)]), Defined(leaves[Half(leaves.Length)..])]
        : [.. DefinedPath(index - Half(leaves.Length), leaves[Half(leaves.Length)..]), Defined(leaves[..Half(leaves.Length)])];

    private static byte[][] DefinedSubproof(int first, byte[][] leaves, bool whole) =>
        first == leaves.Length ? whole ? [] : [Defined(leaves)]
        : first <= Half(leaves.Length) ? [.. DefinedSubproof(first, leaves[..Half(leaves.Length)], whole), Defined(leaves[Half(leaves.Length)..])]
        : [.. DefinedSubproof(first - Half(leaves.Length), leaves[Half(leaves.Length)..], whole: false), Defined(leaves[..Half(leaves.Length)])];

    private static int Half(int size)
    {
        var half = 1;
        while (half * 2 < size)
        {
            half *= 2;
        }

        return half;
    }
}
