using System.Collections.Immutable;
using System.Text;

namespace Credit.Domain.Subjects.Names;

/// <summary>
/// The name of an organisation in its parts (企业名称登记管理规定 第六条: 行政区划、字号、行业、组织形式), read by tables. Two spellings of one name are
/// read alike, and that is all a comparison needs: where a table is wrong, it is wrong on both sides.
/// </summary>
/// <param name="Text">The whole name, normalised.</param>
/// <param name="Region">Names of regions as written, one after the other.</param>
/// <param name="RegionCodes">Their codes.</param>
/// <param name="Brand">字号.</param>
/// <param name="Trade">行业.</param>
/// <param name="TradeGroups">Groups of words of one meaning the trade consists of.</param>
/// <param name="Form">组织形式.</param>
/// <param name="FormClass">Class of the form; null when there is none.</param>
/// <param name="Branch">What comes after the form of the parent: the branch; empty for none.</param>
internal sealed record CompanyName(
    string Text, string Region, ImmutableArray<string> RegionCodes, string Brand, string Trade, ImmutableArray<int> TradeGroups, string Form, string? FormClass, string Branch)
{
    private const int ShortestBrand = 2;

    /// <summary>Brand and trade: what tells one organisation from another.</summary>
    public string Core => Brand + Trade;

    /// <summary>Reads a name as registered or as somebody wrote it.</summary>
    public static CompanyName Read(string? name) => ReadNormalised(NameText.Normalise(name));

    /// <summary>Reads a name that is normalised already.</summary>
    public static CompanyName ReadNormalised(string text)
    {
        var reading = new Reading();
        var rest = reading.TakeBrackets(text);
        rest = reading.TakeLeadingRegions(rest);
        rest = reading.TakeBranch(rest);
        rest = reading.TakeForm(rest);
        rest = reading.TakeTrade(rest);
        rest = reading.TakeTrailingRegion(rest);
        return reading.Named(text, rest);
    }

    private sealed class Reading
    {
        private readonly StringBuilder _region = new();
        private readonly ImmutableArray<string>.Builder _codes = ImmutableArray.CreateBuilder<string>();
        private readonly ImmutableArray<int>.Builder _groups = ImmutableArray.CreateBuilder<int>();
        private string _trade = "";
        private string _form = "";
        private string? _formClass;
        private string _branch = "";
        private string _last = "";

        // A bracket holds a region (鑫源(济宁)商贸), a form (有限合伙) or a piece of the name.
        public string TakeBrackets(string text)
        {
            if (!text.Contains('(') && !text.Contains(')'))
            {
                return text;
            }

            var rest = new StringBuilder(text.Length);
            var at = 0;
            while (at < text.Length)
            {
                var close = text[at] == '(' ? text.IndexOf(')', at) : -1;
                if (close < 0)
                {
                    rest.Append(text[at] is '(' or ')' ? "" : text[at]);
                    at++;
                    continue;
                }

                var inside = text[(at + 1)..close].Replace("(", "", StringComparison.Ordinal);
                var left = TakeRegions(inside, keepOne: false);
                if (left.Length > 0)
                {
                    rest.Append(left);
                }

                at = close + 1;
            }

            return rest.ToString();
        }

        public string TakeLeadingRegions(string text) => TakeRegions(text, keepOne: true);

        public string TakeBranch(string text)
        {
            var (length, known) = NameTables.Forms.AtEnd(text);
            if (known != "branch")
            {
                return text;
            }

            // The form of the parent stands before the branch; without one only the word itself goes.
            for (var end = text.Length - length; end > ShortestBrand; end--)
            {
                if (NameTables.Forms.AtEnd(text.AsSpan(0, end)) is ({ } size, "limited" or "stock" or "group" or "company" or "cooperative" or "office") && end > size)
                {
                    _branch = text[end..];
                    return text[..end];
                }
            }

            _branch = text[^length..];
            return text[..^length];
        }

        public string TakeForm(string text)
        {
            var (length, known) = NameTables.Forms.AtEnd(text);
            var least = length == 1 ? ShortestBrand : _last.Length > 0 ? 0 : 1;
            if (length == 0 || text.Length - length < least)
            {
                return text;
            }

            (_form, _formClass) = (text[^length..], known);
            return text[..^length];
        }

        public string TakeTrade(string text)
        {
            var rest = text;
            while (NameTables.Trades.AtEnd(rest) is ({ } length and > 0, var group) && rest.Length - length >= ShortestBrand)
            {
                _groups.Add(group);
                _trade = rest[^length..] + _trade;
                rest = rest[..^length];
            }

            // Written before the brand: 商贸鑫源.
            while (_trade.Length == 0 && NameTables.Trades.AtStart(rest) is ({ } ahead and > 1, var leading) && rest.Length - ahead >= ShortestBrand)
            {
                _groups.Add(leading);
                _trade = rest[..ahead];
                rest = rest[ahead..];
            }

            return rest;
        }

        public string TakeTrailingRegion(string text)
        {
            if (NameTables.Regions.AtEnd(text) is not ({ } length and > 1, var codes) || text.Length - length < ShortestBrand)
            {
                return text;
            }

            _region.Append(text.AsSpan(text.Length - length));
            _codes.AddRange(codes);
            return text[..^length];
        }

        public CompanyName Named(string text, string brand) => new(
            text, _region.ToString(), _codes.ToImmutable(), brand.Length + _trade.Length > 0 ? brand : _last, _trade, _groups.ToImmutable(), _form, _formClass, _branch);

        // What would leave no brand is a brand that is called like a region.
        private string TakeRegions(string text, bool keepOne)
        {
            var at = 0;
            while (NameTables.Regions.AtStart(text.AsSpan(at)) is ({ } length and > 1, var codes) && (!keepOne || text.Length - at - length >= ShortestBrand))
            {
                _last = text.Substring(at, length);
                _region.Append(_last);
                _codes.AddRange(codes);
                at += length;
            }

            return text[at..];
        }
    }
}
