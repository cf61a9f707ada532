using System.Numerics;
using System.Security.Cryptography;

namespace Credit.Domain.Receipts;

/// <summary>A complete subtree: the <paramref name="Index"/>th one of 2^<paramref name="Level"/> leaves; on level 0 the leaves themselves.</summary>
internal readonly record struct MerkleNode(int Level, long Index);

/// <summary>
/// The hash tree of RFC 6962 §2.1 over SHA-256: leaves and nodes are hashed with prefixes of their own, so that neither passes for the
/// other, and a tree of any size is made of complete subtrees, which never change once they are full. Whoever stores those answers
/// every root and proof of every earlier size.
/// </summary>
internal static class MerkleTree
{
    /// <summary>The tree, as heads and proofs name it.</summary>
    public const string Name = "RFC6962-SHA-256";

    /// <summary>Root of the tree without leaves.</summary>
    public static byte[] EmptyRoot { get; } = SHA256.HashData([]);

    /// <summary>Hash of a leaf.</summary>
    /// <param name="content">What the leaf says.</param>
    public static byte[] Leaf(ReadOnlySpan<byte> content) => SHA256.HashData([0, .. content]);

    /// <summary>Hash over two subtrees.</summary>
    public static byte[] Parent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>Root of the tree of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, Func<MerkleNode, byte[]> node) => size == 0 ? EmptyRoot : Range(0, size, node);

    /// <summary>What proves that a leaf is in the tree of a size, from the leaf upwards.</summary>
    /// <param name="index">Place of the leaf, from 0.</param>
    /// <param name="size">Leaves of the tree, more than <paramref name="index"/>.</param>
    /// <param name="node">Hash of a complete subtree.</param>
    public static byte[][] Inclusion(long index, long size, Func<MerkleNode, byte[]> node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<byte[]> path = [];
        for (var (start, count) = (0L, size); count > 1;)
        {
            var left = Split(count);
            var isLeft = index < start + left;
            path.Add(isLeft ? Range(start + left, count - left, node) : Range(start, left, node));
            (start, count) = isLeft ? (start, left) : (start + left, count - left);
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>What proves that the tree of the second size only adds to that of the first.</summary>
    /// <param name="first">Leaves of the earlier tree, 1 or more.</param>
    /// <param name="second">Leaves of the later tree.</param>
    /// <param name="node">Hash of a complete subtree.</param>
    public static byte[][] Consistency(long first, long second, Func<MerkleNode, byte[]> node)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        List<byte[]> path = [];
        var (start, count, wholeOfFirst) = (0L, second, true);
        while (first - start != count)
        {
            var left = Split(count);
            if (first - start <= left)
            {
                path.Add(Range(start + left, count - left, node));
                count = left;
            }
            else
            {
                path.Add(Range(start, left, node));
                (start, count, wholeOfFirst) = (start + left, count - left, false);
            }
        }

        if (!wholeOfFirst)
        {
            path.Add(Range(start, count, node));
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>The complete subtrees a tree of a size is made of, the largest first.</summary>
    public static IEnumerable<MerkleNode> Peaks(long size)
    {
        var start = 0L;
        for (var level = 62; level >= 0; level--)
        {
            if ((size & (1L << level)) != 0)
            {
                yield return new(level, start >> level);
                start += 1L << level;
            }
        }
    }

    /// <summary>The subtrees that a question about the tree looks at, so that they can be fetched at once.</summary>
    public static IReadOnlyCollection<MerkleNode> NodesOf(Action<Func<MerkleNode, byte[]>> question)
    {
        HashSet<MerkleNode> nodes = [];
        question(node =>
        {
            nodes.Add(node);
            return EmptyRoot;
        });
        return nodes;
    }

    /// <summary>True when the path leads from the leaf to the root (RFC 9162 §2.1.3.2).</summary>
    public static bool Includes(ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root) =>
        RootAbove(leaf, index, size, path) is { } reached && root.SequenceEqual(reached);

    /// <summary>The root to which the path leads from the leaf; null when a tree of this size has no such path.</summary>
    public static byte[]? RootAbove(ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size)
        {
            return null;
        }

        var (place, last, hash) = (index, size - 1, leaf.ToArray());
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return null;
            }

            if ((place & 1) == 1 || place == last)
            {
                hash = Parent(sibling, hash);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                hash = Parent(hash, sibling);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 ? hash : null;
    }

    /// <summary>True when the path shows that the later tree begins with the earlier one (RFC 9162 §2.1.4.2).</summary>
    public static bool Continues(long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> path)
    {
        if (first < 1 || first > second)
        {
            return false;
        }

        if (first == second)
        {
            return path.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        }

        IReadOnlyList<byte[]> hashes = BitOperations.IsPow2(first) ? [firstRoot.ToArray(), .. path] : path;
        if (hashes.Count == 0)
        {
            return false;
        }

        var (place, last) = (first - 1, second - 1);
        while ((place & 1) == 1)
        {
            (place, last) = (place >> 1, last >> 1);
        }

        var (earlier, later) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((place & 1) == 1 || place == last)
            {
                (earlier, later) = (Parent(hash, earlier), Parent(hash, later));
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                later = Parent(later, hash);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && firstRoot.SequenceEqual(earlier) && secondRoot.SequenceEqual(later);
    }

    private static byte[] Range(long start, long count, Func<MerkleNode, byte[]> node)
    {
        if (BitOperations.IsPow2(count) && start % count == 0)
        {
            var level = BitOperations.Log2((ulong)count);
            return node(new(level, start >> level));
        }

        var left = Split(count);
        return Parent(Range(start, left, node), Range(start + left, count - left, node));
    }

    // The largest power of two below the count.
    private static long Split(long count) => (long)(BitOperations.RoundUpToPowerOf2((ulong)count) >> 1);
}

/// <summary>A tree that grows leaf by leaf. It holds only the complete subtrees at its right edge.</summary>
internal sealed class GrowingTree
{
    private readonly Dictionary<int, byte[]> _peaks;

    /// <param name="size">Leaves there are.</param>
    /// <param name="peaks">Hashes of the <see cref="MerkleTree.Peaks"/> of that size, in their order.</param>
    public GrowingTree(long size, IReadOnlyList<byte[]> peaks)
    {
        Size = size;
        _peaks = MerkleTree.Peaks(size).Zip(peaks).ToDictionary(pair => pair.First.Level, pair => pair.Second);
    }

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>Root over the leaves so far.</summary>
    public byte[] Root => Size == 0 ? MerkleTree.EmptyRoot
        : _peaks.OrderBy(peak => peak.Key).Select(peak => peak.Value).Aggregate((right, left) => MerkleTree.Parent(left, right));

    /// <summary>Adds a leaf and tells the subtrees that are complete now, the leaf first.</summary>
    public IReadOnlyList<(MerkleNode Node, byte[] Hash)> Append(byte[] leaf)
    {
        List<(MerkleNode Node, byte[] Hash)> complete = [(new(0, Size), leaf)];
        while (_peaks.Remove(complete[^1].Node.Level, out var left))
        {
            var (node, hash) = complete[^1];
            complete.Add((new(node.Level + 1, node.Index >> 1), MerkleTree.Parent(left, hash)));
        }

        _peaks[complete[^1].Node.Level] = complete[^1].Hash;
        Size++;
        return complete;
    }
}

/// <summary>A tree over leaves that are all at hand.</summary>
internal sealed class WholeTree
{
    private readonly Dictionary<MerkleNode, byte[]> _nodes = [];

    /// <param name="leaves">Hashes of the leaves.</param>
    public WholeTree(IEnumerable<byte[]> leaves)
    {
        var tree = new GrowingTree(0, []);
        foreach (var (node, hash) in leaves.SelectMany(tree.Append))
        {
            _nodes.Add(node, hash);
        }

        Size = tree.Size;
    }

    /// <summary>Leaves.</summary>
    public long Size { get; }

    /// <summary>Root over all leaves.</summary>
    public byte[] Root => MerkleTree.Root(Size, Node);

    /// <summary>What proves that a leaf is in it.</summary>
    public byte[][] Inclusion(long index) => MerkleTree.Inclusion(index, Size, Node);

    /// <summary>Hash of a complete subtree.</summary>
    public byte[] Node(MerkleNode node) => _nodes[node];
}
