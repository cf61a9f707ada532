namespace Credit.Domain.Subjects.Names;

/// <summary>
/// How like two names are. Brand and trade are laid over one another character by character, each weighing by its part and its rarity;
/// region, form and branch can only take away from that.
/// </summary>
/// <param name="rarity">How rare a character is in brands, more than 0.</param>
internal sealed class NameComparison(Func<char, double> rarity)
{
    /// <summary>Weight of a character of the trade, where one of the brand has 1.</summary>
    public const double TradeWeight = 0.3;

    // What a character that only sounds like the other costs, of what a wrong one costs.
    private const double SameSound = 0.2;
    private const double NearSound = 0.5;
    private const double Swapped = 0.3;

    // A part left out says little, a contrary one much. A branch is not its parent, but its parent answers for it.
    private const double RegionMissing = 0.98;
    private const double RegionDiffers = 0.8;
    private const double FormMissing = 0.99;
    private const double FormDiffers = 0.94;
    private const double ParentOfBranch = 0.93;
    private const double BranchOfParent = 0.6;
    private const double OtherBranch = 0.55;

    // Tones are lost in Latin letters, and of initials most is lost.
    private const double Spelled = 0.9;
    private const double InitialsOfCore = 0.78;
    private const double InitialsOfBrand = 0.7;

    /// <summary>Compares names written in characters.</summary>
    public (double Score, IReadOnlyList<NameReason> Reasons) Compare(CompanyName asked, CompanyName found)
    {
        var core = Math.Max(Overlay(asked, found), 0.95 * Shared(asked, found));
        var region = RegionOf(asked, found);
        var form = FormOf(asked, found);
        var branch = BranchOf(asked, found);
        var score = core
            * (region.Match switch { PartMatch.Same or PartMatch.Within => 1, PartMatch.Different => RegionDiffers, _ => RegionMissing })
            * (form.Match switch { PartMatch.Same => 1, PartMatch.Different or PartMatch.Similar => FormDiffers, _ => FormMissing })
            * (branch?.Match switch { null or PartMatch.Same => 1, PartMatch.NotAsked => BranchOfParent, PartMatch.NotFound => ParentOfBranch, _ => OtherBranch });
        return (score, [Brand(asked, found), TradeOf(asked, found), region, form, .. branch is null ? Array.Empty<NameReason>() : [branch]]);
    }

    /// <summary>Compares syllables with a name.</summary>
    /// <param name="asked">Syllables asked for.</param>
    /// <param name="letters">As they were written.</param>
    /// <param name="found">The name.</param>
    public (double Score, IReadOnlyList<NameReason> Reasons) Compare(ushort[] asked, string letters, CompanyName found)
    {
        var core = Math.Max(Spell(asked, found.Core, found.Brand.Length), Math.Max(Spell(asked, found.Brand, found.Brand.Length) * 0.95, Spell(asked, found.Text, found.Text.Length)));
        return (core * Spelled, [new(NamePart.Brand, PartMatch.Pinyin, letters, found.Brand, Rounded(core))]);
    }

    /// <summary>Compares initials with a name: all of brand and trade, or of the brand.</summary>
    public static (double Score, IReadOnlyList<NameReason> Reasons) CompareInitials(string letters, CompanyName found)
    {
        var score = Initials(found.Core) == letters ? InitialsOfCore : Initials(found.Brand) == letters ? InitialsOfBrand : 0;
        return (score, [new(NamePart.Brand, PartMatch.Initials, letters, found.Brand, Rounded(score))]);
    }

    /// <summary>First letters of the syllables.</summary>
    public static string Initials(string text) => string.Create(text.Length, text, (letters, from) =>
    {
        for (var at = 0; at < letters.Length; at++)
        {
            letters[at] = NameSounds.Initial(from[at]);
        }
    });

    private static double Rounded(double likeness) => Math.Round(likeness, 3);

    private static double Differs(char one, char other) =>
        one == other ? 0 : NameSounds.Alike(one, other) ? SameSound : NameSounds.Near(one, other) ? NearSound : 1;

    private double[] Weights(CompanyName name, bool tradeCounts) =>
        [.. name.Brand.Select(rarity), .. name.Trade.Select(letter => rarity(letter) * (tradeCounts ? TradeWeight : TradeWeight / 3))];

    // The cheapest way to make one out of the other, as a part of all that both weigh. A trade that one of them leaves out weighs little.
    private double Overlay(CompanyName asked, CompanyName found)
    {
        var counts = asked.Trade.Length > 0 == found.Trade.Length > 0;
        var (one, other) = (asked.Core, found.Core);
        if (counts && asked.TradeGroups.Length > 0 && asked.TradeGroups.Order().SequenceEqual(found.TradeGroups.Order()))
        {
            // The same trade in other words.
            (one, other) = (asked.Brand, found.Brand);
        }

        var (weighs, weighed) = (Weights(asked, counts)[..one.Length], Weights(found, counts)[..other.Length]);
        var total = weighs.Sum() + weighed.Sum();
        return total > 0 ? 1 - (Cost(one, weighs, other, weighed, Differs) / total) : 0;
    }

    // What the two have in common in whatever order: single characters and pairs.
    private double Shared(CompanyName asked, CompanyName found)
    {
        var (mine, yours) = (Grams(asked), Grams(found));
        var total = mine.Values.Sum() + yours.Values.Sum();
        return total > 0 ? 2 * mine.Sum(gram => Math.Min(gram.Value, yours.GetValueOrDefault(gram.Key))) / total : 0;
    }

    private Dictionary<(char, char), double> Grams(CompanyName name)
    {
        Dictionary<(char, char), double> grams = [];
        foreach (var (text, weight) in new[] { (name.Brand, 1.0), (name.Trade, TradeWeight) })
        {
            for (var at = 0; at < text.Length; at++)
            {
                Add((text[at], '\0'), weight * rarity(text[at]));
                if (at + 1 < text.Length)
                {
                    Add((text[at], text[at + 1]), weight * (rarity(text[at]) + rarity(text[at + 1])) / 2);
                }
            }
        }

        return grams;

        void Add((char, char) gram, double weight) => grams[gram] = grams.GetValueOrDefault(gram) + weight;
    }

    private double Spell(ushort[] asked, string found, int brand)
    {
        if (asked.Length == 0 || found.Length == 0)
        {
            return 0;
        }

        double[] weighed = [.. found.Select((letter, at) => rarity(letter) * (at < brand ? 1 : TradeWeight))];
        double[] weighs = [.. asked.Select((_, at) => at < weighed.Length ? weighed[at] : 1)];
        return 1 - (Cost(asked, weighs, found, weighed, (sound, letter) => NameSounds.Reads(letter, sound) ? 0 : 1) / (weighs.Sum() + weighed.Sum()));
    }

    private static double Cost<TOne>(ReadOnlySpan<TOne> one, double[] weighs, ReadOnlySpan<char> other, double[] weighed, Func<TOne, char, double> differs)
    {
        var table = new double[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 && j == 0)
                {
                    continue;
                }

                var least = double.MaxValue;
                if (i > 0)
                {
                    least = Math.Min(least, table[i - 1, j] + weighs[i - 1]);
                }

                if (j > 0)
                {
                    least = Math.Min(least, table[i, j - 1] + weighed[j - 1]);
                }

                if (i > 0 && j > 0)
                {
                    least = Math.Min(least, table[i - 1, j - 1] + (differs(one[i - 1], other[j - 1]) * (weighs[i - 1] + weighed[j - 1])));
                }

                if (i > 1 && j > 1 && differs(one[i - 2], other[j - 1]) == 0 && differs(one[i - 1], other[j - 2]) == 0)
                {
                    least = Math.Min(least, table[i - 2, j - 2] + (Swapped * (weighs[i - 1] + weighs[i - 2] + weighed[j - 1] + weighed[j - 2]) / 2));
                }

                table[i, j] = least;
            }
        }

        return table[one.Length, other.Length];
    }

    private static double Cost(string one, double[] weighs, string other, double[] weighed, Func<char, char, double> differs) =>
        Cost<char>(one, weighs, other, weighed, differs);

    private NameReason Brand(CompanyName asked, CompanyName found)
    {
        var (mine, yours) = ((double[])[.. asked.Brand.Select(rarity)], (double[])[.. found.Brand.Select(rarity)]);
        var total = mine.Sum() + yours.Sum();
        var likeness = total > 0 ? 1 - (Cost(asked.Brand, mine, found.Brand, yours, Differs) / total) : 0;
        return new(
            NamePart.Brand,
            asked.Brand == found.Brand ? PartMatch.Same
            : asked.Brand.Length == found.Brand.Length && asked.Brand.Zip(found.Brand).All(pair => NameSounds.Alike(pair.First, pair.Second)) ? PartMatch.SameSound
            : likeness > 0 ? PartMatch.Similar : PartMatch.Different,
            asked.Brand,
            found.Brand,
            Rounded(likeness));
    }

    private static NameReason TradeOf(CompanyName asked, CompanyName found)
    {
        var shared = asked.TradeGroups.Intersect(found.TradeGroups).Count();
        var likeness = asked.Trade == found.Trade ? 1.0 : 2.0 * shared / Math.Max(1, asked.TradeGroups.Length + found.TradeGroups.Length);
        return Reason(NamePart.Trade, asked.Trade, found.Trade, likeness);
    }

    private static NameReason FormOf(CompanyName asked, CompanyName found) =>
        Reason(NamePart.Form, asked.Form, found.Form, SameForm(asked.FormClass, found.FormClass) ? 1 : 0);

    // 公司 is short for every kind of company.
    private static bool SameForm(string? one, string? other) =>
        one == other || (one == "company" && other is "limited" or "stock" or "group") || (other == "company" && one is "limited" or "stock" or "group");

    private static NameReason RegionOf(CompanyName asked, CompanyName found)
    {
        if (asked.Region == found.Region || asked.Region.Length == 0 || found.Region.Length == 0)
        {
            return Reason(NamePart.Region, asked.Region, found.Region, 1);
        }

        // The code of an area starts with that of the one it lies in.
        var within = Narrowest(asked).Any(mine => Narrowest(found).Any(yours => Within(mine, yours)));
        return new(NamePart.Region, within ? PartMatch.Within : PartMatch.Different, asked.Region, found.Region, within ? 1 : 0);
    }

    private static IEnumerable<string> Narrowest(CompanyName name) => name.RegionCodes.Where(code => code.Length == name.RegionCodes.Max(each => each.Length));

    private static bool Within(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static NameReason? BranchOf(CompanyName asked, CompanyName found) =>
        asked.Branch.Length + found.Branch.Length == 0 ? null : Reason(NamePart.Branch, asked.Branch, found.Branch, asked.Branch == found.Branch ? 1 : 0);

    private static NameReason Reason(NamePart part, string asked, string found, double likeness) => new(
        part,
        (asked.Length, found.Length) switch
        {
            (0, > 0) => PartMatch.NotAsked,
            ( > 0, 0) => PartMatch.NotFound,
            _ when likeness >= 1 => PartMatch.Same,
            _ when likeness > 0 => PartMatch.Similar,
            _ => PartMatch.Different,
        },
        asked,
        found,
        asked.Length > 0 == found.Length > 0 ? Rounded(likeness) : 0);
}
