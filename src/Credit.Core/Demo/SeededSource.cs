using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Credit.Core.Demo;

/// <summary>
/// Chance that repeats itself: the same seed gives the same numbers on every machine and every version of the framework,
/// which <see cref="Random"/> does not promise. xoshiro256**, seeded through splitmix64.
/// </summary>
internal sealed class SeededSource
{
    private readonly ulong _seed;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededSource(ulong seed)
    {
        _seed = seed;
        (_a, _b, _c, _d) = (Mix(ref seed), Mix(ref seed), Mix(ref seed), Mix(ref seed));
    }

    /// <summary>A source of its own for one concern: what it draws never shifts what others draw.</summary>
    public SeededSource For(string concern)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(concern))
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        return new SeededSource(_seed ^ hash);
    }

    /// <summary>A number from 0 to one less than <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        return (int)(((UInt128)Next() * (ulong)below) >> 64);
    }

    /// <summary>A number between the two, both included.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Next(100) < percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>One character of the text, which holds no surrogate pairs.</summary>
    public char Pick(string choices) => choices[Next(choices.Length)];

    /// <summary>One of them, the heavier the likelier.</summary>
    public T Weighted<T>(IReadOnlyList<T> choices, Func<T, int> weight)
    {
        var at = Next(choices.Sum(weight));
        foreach (var choice in choices)
        {
            at -= weight(choice);
            if (at < 0)
            {
                return choice;
            }
        }

        throw new InvalidOperationException("Weights are positive.");
    }

    /// <summary>An identity in the layout of version 7, for a row of that instant.</summary>
    public Guid NextId(DateTimeOffset at)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, (ulong)at.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Next());
        BinaryPrimitives.WriteUInt16BigEndian(octets[6..], (ushort)(0x7000 | Next(0x1000)));
        octets[8] = (byte)(0x80 | (octets[8] & 0x3F));
        return new Guid(octets, bigEndian: true);
    }

    private ulong Next()
    {
        var drawn = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return drawn;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
