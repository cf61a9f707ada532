using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Listing;
using Credit.Core.Listing.Standards;
using Credit.Core.Modules;

namespace Credit.Core.Demo;

/// <summary>The lead office registers the standards of the demo district that no module declares, before anybody lists on them (I14).</summary>
internal static partial class DemoStandards
{
    /// <summary>Registers them at the desk. A title that stands in several domains is for every domain.</summary>
    public static async Task RegisterAsync(DemoDesk desk, ModuleCatalog modules, IReadOnlyList<ListStandard> standards, CancellationToken cancel)
    {
        var general = standards.GroupBy(each => each.Standard).Where(same => same.Select(each => each.Domain).Distinct().Count() > 1).Select(same => same.Key).ToHashSet();
        var editions = standards
            .Where(each => modules.FindCriterion(each.List, each.Domain, each.Standard) is null)
            .GroupBy(each => (each.Standard, each.Level, each.List, Domain: general.Contains(each.Standard) ? null : each.Domain));
        foreach (var edition in editions)
        {
            var proposed = await desk.AskAsync(DemoCaller.LeadOfficer(), nameof(ProposeStandard), new
            {
                title = edition.Key.Standard,
                documentNumber = NumberOf(edition.Key.Standard),
                level = edition.Key.Level.ToString(),
                list = edition.Key.List.ToString(),
                domain = edition.Key.Domain,
                firstDay = edition.Min(each => each.Since),
            }, id: null, version: null, cancel);
            await desk.AskAsync(
                DemoCaller.LeadOffice(), nameof(DecideStandard), new { register = true, finding = "与公布的文件一致（演示）。" }, IdOf(proposed), proposed.GetProperty("version").GetInt32(), cancel);
        }
    }

    private static Guid IdOf(JsonElement proposed) => proposed.GetProperty("id").GetGuid();

    // Titles carry their number in brackets at the end.
    private static string NumberOf(string title) => Number().Match(title) is { Success: true } number ? number.Groups["number"].Value : title;

    [GeneratedRegex("（(?<number>[^（）]+)）$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
