using Credit.Core.Demo;
using Credit.Domain.Subjects;
using Credit.Domain.Subjects.Names;

namespace Credit.Testing.Names;

/// <summary>A name asked for, and whom it means.</summary>
/// <param name="Edit">What was done to the registered name.</param>
/// <param name="Asked">As somebody wrote it.</param>
/// <param name="Meant">The subject meant; null when it is not in the register.</param>
public sealed record LabelledName(string Edit, string Asked, Guid? Meant);

/// <summary>
/// A register of names and questions with the right answer, made from the organisations of a demo district by edits that people make. The
/// same seed gives the same questions.
/// </summary>
public sealed class LabelledNames
{
    /// <summary>Seed the weights were set by.</summary>
    public const ulong TuningSeed = 11;

    /// <summary>Seed the figures are taken with: another district, other questions.</summary>
    public const ulong TestSeed = 2026;

    private const string Place = "济宁市任城区";
    private const string Limited = "有限公司";

    // Characters that no brand of the district has.
    private const string Elsewhere = "东海洋明光大华新天地金山水木林川";

    private readonly SeededSource _chance;
    private readonly string _brands;
    private readonly Trade[] _trades;
    private readonly DemoSubject[] _kept;
    private readonly List<(Guid Id, string Name)> _register;
    private readonly List<LabelledName> _questions = [];

    private LabelledNames(ulong seed, int subjects, int each)
    {
        var tables = new DemoTables();
        _chance = new SeededSource(seed).For("labelled names");
        _brands = tables.Names.Brands;
        _trades = [.. tables.Names.Trades];
        var named = new DemoSubjects(new DemoPlan(new DateOnly(2026, 11, 20), subjects, seed), tables).Make().Where(subject => subject.Kind != SubjectKind.NaturalPerson).ToArray();

        // Every seventh is left out of the register: what is asked about it must find nobody.
        _kept = [.. named.Where((_, number) => number % 7 != 0)];
        var left = named.Where((_, number) => number % 7 == 0).ToArray();
        _register = [.. _kept.Select(subject => (subject.Id, subject.Name))];
        Ask(each, left.Where(subject => subject.Name.EndsWith(Limited, StringComparison.Ordinal)).ToArray());
    }

    /// <summary>Names in the register.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Register => _register;

    /// <summary>The questions.</summary>
    public IReadOnlyList<LabelledName> Questions => _questions;

    /// <summary>Makes register and questions.</summary>
    /// <param name="seed">Seed of chance; of the district too.</param>
    /// <param name="subjects">Subjects of the district, natural persons included.</param>
    /// <param name="each">Questions of each kind.</param>
    public static LabelledNames Make(ulong seed, int subjects = 10_000, int each = 150) => new(seed, subjects, each);

    private void Ask(int each, DemoSubject[] left)
    {
        var companies = _kept.Where(subject => subject.Trade is not null && subject.Name.EndsWith(Limited, StringComparison.Ordinal)).ToArray();
        var parents = companies.Take(companies.Length / 4).ToArray();
        var others = companies.Skip(parents.Length).ToArray();
        Same("one wrong character", others, each, subject => Change(subject.Name, _chance.Next(3), letter => Other(letter, alike: false)));
        Same("one character that sounds alike", others, each, subject => Change(subject.Name, _chance.Next(3), letter => Other(letter, alike: true)));
        Same("one character left out", others, each, subject => subject.Name.Remove(Place.Length + _chance.Next(3), 1));
        Same("without region", others, each, subject => subject.Name[Place.Length..]);
        Same("without region, sounds alike", others, each, subject => Change(subject.Name, _chance.Next(3), letter => Other(letter, alike: true))[Place.Length..]);
        Same("form shortened", others, each, subject => subject.Name.Replace(Limited, _chance.Chance(50) ? "公司" : "", StringComparison.Ordinal));
        Same("brand and trade only", others, each, subject => subject.Name[Place.Length..].Replace(Limited, "", StringComparison.Ordinal));
        Same("region in brackets behind the brand", others, each, subject => Moved(subject.Name, _chance.Chance(50) ? "（任城）" : "(济宁)"));
        Same("other widths and brackets", others, each, subject => "【" + Place + "】 " + string.Join(' ', subject.Name[Place.Length..].ToCharArray()));
        Same("traditional characters", others, each, subject => Traditional(subject.Name));
        Same("region behind the brand", others, each, subject => Moved(subject.Name, "任城区"));
        Same("trade before the brand", others, each, subject => Place + TradeOf(subject) + Brand(subject) + Limited);
        Same("branch added", others, each, subject => subject.Name + _chance.Pick<string>(["古槐分公司", "兖州分公司", "第一分公司"]));
        Same("shop as people call it", [.. _kept.Where(subject => subject.Kind == SubjectKind.IndividualBusiness)], each, subject => subject.Name["任城区".Length..]);
        Same("pinyin of brand and trade", others, each, subject => Spelled(Brand(subject) + TradeOf(subject)));
        Same("initials of brand and trade", others, each, subject => NameComparison.Initials(Brand(subject) + TradeOf(subject)).ToLowerInvariant());

        var brands = _register.Select(entry => entry.Name).ToHashSet();
        None("same trade, other brand", each, () => $"{Place}{_chance.Pick(Elsewhere)}{_chance.Pick(Elsewhere)}{_chance.Pick(Elsewhere)}{_chance.Pick(_trades).Company}", brands);
        None("another company of the district", each, () => _chance.Pick(left).Name, brands);
        None("brand like a registered one", each, () => Change(Change(_chance.Pick(others).Name, 0, letter => Other(letter, alike: false)), 2, letter => Other(letter, alike: false)), brands);

        // Of these only a branch stands in the register.
        foreach (var parent in parents.Take(each))
        {
            _register.Remove((parent.Id, parent.Name));
            _register.Add((parent.Id, parent.Name + "任城分公司"));
            _questions.Add(new("parent asked for, only a branch registered", parent.Name, null));
            _questions.Add(new("another branch than the registered one", parent.Name + "兖州分公司", null));
        }
    }

    private static string Brand(DemoSubject subject) => subject.Name.Substring(Place.Length, 3);

    private static string TradeOf(DemoSubject subject) => subject.Name[(Place.Length + 3)..^Limited.Length];

    private static string Moved(string name, string region) => string.Concat(name.AsSpan(Place.Length, 3), region, name.AsSpan(Place.Length + 3));

    private static string Change(string name, int at, Func<char, char> change) =>
        string.Concat(name.AsSpan(0, Place.Length + at), $"{change(name[Place.Length + at])}", name.AsSpan(Place.Length + at + 1));

    private static string Spelled(string text) => string.Concat(text.Select(letter => NameTables.Lines("pinyin.txt")
        .Select(line => line.Split('\t')).First(row => row[1].Contains(letter, StringComparison.Ordinal))[0]));

    private static string Traditional(string text) => string.Concat(text.Select(letter =>
        NameTables.Lines("simplified.txt").FirstOrDefault(line => line[0] == letter) is { } line ? line[1] : letter));

    // A character of brands for a wrong one; any common one that reads the same for one that sounds alike.
    private char Other(char letter, bool alike)
    {
        var choices = alike
            ? NameTables.Lines("pinyin.txt").Select(line => line.Split('\t')[1]).First(line => line.Contains(letter, StringComparison.Ordinal))
            : _brands;
        while (true)
        {
            var other = _chance.Pick(choices);
            if (other != letter && NameTables.Simplify(other) != NameTables.Simplify(letter) && NameSounds.Alike(other, letter) == alike)
            {
                return other;
            }

            if (choices.All(each => NameTables.Simplify(each) == NameTables.Simplify(letter)))
            {
                return letter;
            }
        }
    }

    private void Same(string edit, IReadOnlyList<DemoSubject> from, int count, Func<DemoSubject, string> asked)
    {
        for (var number = 0; number < count; number++)
        {
            var subject = _chance.Pick(from);
            _questions.Add(new(edit, asked(subject), subject.Id));
        }
    }

    private void None(string edit, int count, Func<string> asked, HashSet<string> registered)
    {
        for (var number = 0; number < count;)
        {
            var name = asked();
            if (!registered.Contains(name))
            {
                _questions.Add(new(edit, name, null));
                number++;
            }
        }
    }
}
