namespace Credit.Core.Reports;

/// <summary>Who made a report of misconduct, as far as they wish to say. It exists in the request and in the vault, nowhere else (R-3.4.5.a).</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Address">Address.</param>
internal sealed record Informant(string? Name = null, string? Phone = null, string? Address = null)
{
    /// <summary>Longest of each, in characters.</summary>
    public const int Longest = 100;

    /// <summary>What was said, without what was left out.</summary>
    public IEnumerable<string> Said() => new[] { Name, Phone, Address }.OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0);

    // A record would print its members into whatever logs it.
    public override string ToString() => nameof(Informant);
}
