using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks.Index;

/// <summary>
/// Which subject holds, or held, a code: 20 bytes a slot in two arrays, no object per code. A code once held stays with its subject for ever
/// (I18), so codes are only added. Personal identifiers are here by their keyed hash alone.
/// </summary>
internal sealed class CodeTable
{
    private const int Alphabet = 36;
    private const int CodeLength = 18;

    private UInt128[] _codes;
    private int[] _holders;

    /// <param name="expected">Codes to make room for.</param>
    public CodeTable(int expected)
    {
        var slots = Slots.For(expected);
        (_codes, _holders) = (new UInt128[slots], new int[slots]);
    }

    /// <summary>Codes held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the arrays.</summary>
    public long Bytes => (long)_codes.Length * (16 + sizeof(int));

    /// <summary>
    /// A code as a number. A unified code is its own, exactly; anything else is the first 127 bits of a SHA-256, marked so that it cannot be
    /// taken for one.
    /// </summary>
    public static UInt128 CodeOf(string scheme, ReadOnlySpan<char> lookup)
    {
        if (scheme == SubjectIdentifier.Uscc && lookup.Length == CodeLength)
        {
            UInt128 code = 0;
            foreach (var letter in lookup)
            {
                var digit = letter is >= '0' and <= '9' ? letter - '0' : letter is >= 'A' and <= 'Z' ? letter - 'A' + 10 : -1;
                if (digit < 0)
                {
                    return Hashed(scheme, lookup);
                }

                code = (code * Alphabet) + (uint)digit;
            }

            return code;
        }

        return Hashed(scheme, lookup);
    }

    /// <summary>Ordinal of the holder; -1 when nobody holds the code.</summary>
    public int Find(UInt128 code)
    {
        for (var slot = Slots.Of((ulong)code, (ulong)(code >> 64), _codes.Length); _holders[slot] != 0; slot = Slots.Next(slot, _codes.Length))
        {
            if (_codes[slot] == code)
            {
                return _holders[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds a code, or says anew who holds it.</summary>
    public void Set(UInt128 code, int holder)
    {
        if (Count >= Slots.Room(_codes.Length))
        {
            Grow();
        }

        var slot = Slots.Of((ulong)code, (ulong)(code >> 64), _codes.Length);
        while (_holders[slot] != 0 && _codes[slot] != code)
        {
            slot = Slots.Next(slot, _codes.Length);
        }

        Count += _holders[slot] == 0 ? 1 : 0;
        (_codes[slot], _holders[slot]) = (code, holder + 1);
    }

    private void Grow()
    {
        var (codes, holders) = (_codes, _holders);
        var slots = Slots.For(Count + (Count / 2));
        (_codes, _holders, Count) = (new UInt128[slots], new int[slots], 0);
        for (var slot = 0; slot < codes.Length; slot++)
        {
            if (holders[slot] != 0)
            {
                Set(codes[slot], holders[slot] - 1);
            }
        }
    }

    private static UInt128 Hashed(string scheme, ReadOnlySpan<char> lookup)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{scheme}\n{lookup}"), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash) | (UInt128.One << 127);
    }
}

/// <summary>Slots of an open table with linear probing, at most four fifths full.</summary>
internal static class Slots
{
    /// <summary>Slots for this many keys.</summary>
    public static int For(int expected) => Math.Max(64, (int)Math.Min(int.MaxValue / 2, (expected * 5L / 4) + 8));

    /// <summary>Keys that fit.</summary>
    public static int Room(int slots) => slots / 5 * 4;

    /// <summary>Where a key of 128 bits is looked for first.</summary>
    public static int Of(ulong low, ulong high, int slots)
    {
        var mixed = (low * 0x9E3779B97F4A7C15) ^ (high + 0x632BE59BD9B4E019);
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        mixed ^= mixed >> 32;
        return (int)(((mixed & uint.MaxValue) * (ulong)slots) >> 32);
    }

    /// <summary>Where it is looked for next.</summary>
    public static int Next(int slot, int slots) => slot + 1 == slots ? 0 : slot + 1;
}
