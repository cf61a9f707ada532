using System.Globalization;
using System.Text;

namespace Credit.OData;

/// <summary>
/// The patterns of <c>matchesPattern</c>: regular expressions of ECMAScript with its flag u, spelt anew for PostgreSQL, which reads some signs
/// otherwise. What is not on the list is refused by its name. Nothing is captured and nothing referred back to, so that the database walks a text
/// once, whatever the pattern; counts are bounded by what they unfold to.
/// </summary>
internal sealed class Pattern
{
    private const int Longest = 200;
    private const int MostSteps = 500;
    private const int Deepest = 20;
    private const int Last = 0x10FFFF;

    // What ECMAScript calls a line terminator and white space.
    private static readonly (int From, int To)[] Lines = [('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)];
    private static readonly (int From, int To)[] Spaces =
        [('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)];

    private static readonly (int From, int To)[] Digits = [('0', '9')];
    private static readonly (int From, int To)[] Letters = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    private readonly string _option;
    private readonly string _text;
    private int _at;
    private int _depth;

    private Pattern(string option, string text) => (_option, _text) = (option, text);

    /// <summary>The pattern as the database reads it.</summary>
    /// <param name="option">The option it stands in, for refusals.</param>
    /// <param name="text">The pattern.</param>
    /// <exception cref="QueryRefusedException">It is none, it is too large, or it holds what is not supported.</exception>
    public static string Translated(string option, string text)
    {
        if (text.Length > Longest)
        {
            throw TooLarge(option);
        }

        var pattern = new Pattern(option, text);
        var (spelt, _) = pattern.Either();
        return pattern._at == text.Length ? spelt : throw pattern.Invalid();
    }

    /// <summary>The pattern as the database reads it; null where it would be refused.</summary>
    public static string? TryTranslate(string text)
    {
        try
        {
            return Translated("", text);
        }
        catch (QueryRefusedException)
        {
            return null;
        }
    }

    private bool Ends => _at == _text.Length;

    private bool Next(char letter)
    {
        if (Ends || _text[_at] != letter)
        {
            return false;
        }

        _at++;
        return true;
    }

    private (string Text, int Steps) Either()
    {
        if (++_depth > Deepest)
        {
            throw TooLarge(_option);
        }

        var (spelt, steps) = (new StringBuilder(), 0);
        do
        {
            spelt.Append(spelt.Length > 0 || steps > 0 ? "|" : "");
            for (steps++; !Ends && _text[_at] is not ('|' or ')');)
            {
                var (piece, more) = Piece();
                spelt.Append(piece);
                steps = Within(steps + (long)more);
            }
        }
        while (Next('|'));
        _depth--;
        return (spelt.ToString(), steps);
    }

    private (string Text, int Steps) Piece()
    {
        if (Next('^'))
        {
            return ("^", 1);
        }

        if (Next('$'))
        {
            return ("$", 1);
        }

        var (atom, steps) = Atom();
        var (sign, most) = Times();
        return (atom + sign, Within((long)steps * most));
    }

    /// <summary>How often what stands before it may come; which of several matches is the wanted one does not matter, so the lazy forms are the others.</summary>
    private (string Sign, int Most) Times()
    {
        (string Sign, int Most) times = Next('*') ? ("*", 1) : Next('+') ? ("+", 2) : Next('?') ? ("?", 1) : Next('{') ? Counted() : ("", 1);
        if (times.Sign.Length > 0)
        {
            Next('?');
        }

        return times;
    }

    private (string Sign, int Most) Counted()
    {
        var least = Number() ?? throw Invalid();
        var most = Next(',') ? Number() : least;
        if (!Next('}') || most < least)
        {
            throw Invalid();
        }

        // PostgreSQL counts to 255.
        return Math.Max(least, most ?? 0) > 255 ? throw TooLarge(_option)
            : (most is null ? $"{{{least},}}" : $"{{{least},{most}}}", Math.Max(1, most ?? least + 1));
    }

    private int? Number()
    {
        var start = _at;
        while (!Ends && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at == start ? null : _at - start > 5 ? throw TooLarge(_option) : int.Parse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture);
    }

    private (string Text, int Steps) Atom()
    {
        if (Next('('))
        {
            if (Next('?') && !Next(':'))
            {
                throw Unsupported("look-around, named groups and modifiers", "断言、命名分组和修饰符");
            }

            var (inner, steps) = Either();
            return Next(')') ? ($"(?:{inner})", steps) : throw Invalid();
        }

        if (Next('['))
        {
            return (Class(), 1);
        }

        if (Next('.'))
        {
            return (OneOf(Others(Lines)), 1);
        }

        if (Next('\\'))
        {
            return (Escaped(inClass: false) is { } set ? OneOf(set) : throw Invalid(), 1);
        }

        return _text[_at] is '*' or '+' or '?' or '{' or '}' or ']' ? throw Invalid() : (OneOf([One(Sign())]), 1);
    }

    private string Class()
    {
        var (others, set) = (Next('^'), new List<(int From, int To)>());
        while (!Next(']'))
        {
            var from = Member();
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                var to = Member();
                // A range goes from one sign to another, upwards.
                set.Add(from is [var (low, same)] && to is [var (high, alike)] && low == same && high == alike && low <= high ? (low, high) : throw Invalid());
            }
            else
            {
                set.AddRange(from);
            }
        }

        (int, int)[] all = others ? Others(set) : [.. set];
        return all.Length > 0 ? OneOf(all) : throw Unsupported("an empty class", "空字符类");
    }

    private (int From, int To)[] Member() => Ends ? throw Invalid() : Next('\\') ? Escaped(inClass: true) : [One(Sign())];

    /// <summary>What a sign after a backslash stands for.</summary>
    private (int From, int To)[] Escaped(bool inClass)
    {
        var letter = Ends ? throw Invalid() : _text[_at++];
        return letter switch
        {
            'd' => Digits,
            'D' => Others(Digits),
            'w' => Letters,
            'W' => Others(Letters),
            's' => Spaces,
            'S' => Others(Spaces),
            't' => [One('\t')],
            'n' => [One('\n')],
            'v' => [One('\v')],
            'f' => [One('\f')],
            'r' => [One('\r')],
            'b' when inClass => [One('\b')],
            'b' or 'B' when !inClass => throw Unsupported("word boundaries", "单词边界"),
            'c' when !Ends && char.IsAsciiLetter(_text[_at]) => [One(_text[_at++] % 32)],
            'x' => [One(Hexadecimal(2))],
            'u' => [One(Unicode())],
            'p' or 'P' => throw Unsupported("properties of characters", "字符属性"),
            'k' or (>= '1' and <= '9') => throw Unsupported("references back", "反向引用"),
            '-' when inClass => [One('-')],
            _ when "^$\\.*+?()[]{}|/".Contains(letter, StringComparison.Ordinal) => [One(letter)],
            _ => throw Invalid(),
        };
    }

    private int Unicode()
    {
        if (!Next('{'))
        {
            var high = Hexadecimal(4);
            return !char.IsHighSurrogate((char)high) || !Next('\\') || !Next('u') ? high
                : Hexadecimal(4) is var low && char.IsLowSurrogate((char)low) ? char.ConvertToUtf32((char)high, (char)low) : throw Invalid();
        }

        var end = _text.IndexOf('}', _at);
        var sign = end - _at is > 0 and <= 8 ? Hexadecimal(end - _at) : throw Invalid();
        _at++;
        return sign;
    }

    private int Hexadecimal(int digits)
    {
        var number = _at + digits <= _text.Length
            && int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var read) ? read : throw Invalid();
        _at += digits;
        return number;
    }

    /// <summary>The sign that stands here; two halves are one.</summary>
    private int Sign()
    {
        var sign = Rune.TryGetRuneAt(_text, _at, out var rune) ? rune : throw Invalid();
        _at += sign.Utf16SequenceLength;
        return sign.Value;
    }

    /// <summary>No text holds a NUL or half a sign.</summary>
    private (int From, int To) One(int sign) => sign > 0 && Rune.IsValid(sign) ? (sign, sign) : throw Invalid();

    private static (int From, int To)[] Others(IEnumerable<(int From, int To)> set)
    {
        List<(int From, int To)> others = [];
        var next = 1;
        foreach (var (from, to) in set.Order())
        {
            if (from > next)
            {
                others.Add((next, from - 1));
            }

            next = Math.Max(next, to + 1);
        }

        if (next <= Last)
        {
            others.Add((next, Last));
        }

        return [.. others];
    }

    // Numbers of signs mean themselves to PostgreSQL, wherever they stand.
    private static string OneOf((int From, int To)[] set) => set switch
    {
        [var (from, to)] when from == to => Spelling(from),
        _ => $"[{string.Concat(set.Select(each => each.From == each.To ? Spelling(each.From) : $"{Spelling(each.From)}-{Spelling(each.To)}"))}]",
    };

    private static string Spelling(int sign) => sign < 128 && char.IsAsciiLetterOrDigit((char)sign) ? ((char)sign).ToString() : $"\\U{sign:x8}";

    private int Within(long steps) => steps <= MostSteps ? (int)steps : throw TooLarge(_option);

    private QueryRefusedException Invalid() => QueryRefusedException.Invalid(_option);

    private QueryRefusedException Unsupported(string english, string chinese) =>
        new(501, "function-not-supported", _option, $"模式中不支持{chinese}。", $"Patterns with {english} are not supported.");

    private static QueryRefusedException TooLarge(string option) => QueryRefusedException.TooMuch(option, $"a pattern of {Longest} signs and {MostSteps} steps");
}
