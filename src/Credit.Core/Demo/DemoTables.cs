using System.Text.Json.Nodes;
using Credit.Core.Reference;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo;

/// <summary>What names are made of.</summary>
/// <param name="Surnames">One character each.</param>
/// <param name="Given">Characters of given names.</param>
/// <param name="Brands">Rare characters of trade names; three in a row are nobody's by intent.</param>
/// <param name="Roads">Roads of addresses.</param>
/// <param name="Trades">Lines of business.</param>
internal sealed record NameParts(string Surnames, string Given, string Brands, IReadOnlyList<string> Roads, IReadOnlyList<Trade> Trades);

/// <summary>A line of business.</summary>
/// <param name="Industry">Code of GB/T 4754.</param>
/// <param name="Name">Its name.</param>
/// <param name="Company">How companies of the line end their names.</param>
/// <param name="Shop">How individually-owned businesses do.</param>
/// <param name="Scope">Business scope.</param>
internal sealed record Trade(string Industry, string Name, string Company, string Shop, string Scope);

/// <summary>Whom a kind of record is about.</summary>
internal enum Concerned
{
    /// <summary>Everybody.</summary>
    Any,

    /// <summary>Organisations and individually-owned businesses.</summary>
    Business,

    /// <summary>Organisations.</summary>
    Organisation,

    /// <summary>Natural persons.</summary>
    Person,
}

/// <summary>A kind of penalty a department of the district imposes.</summary>
internal sealed record Offence(
    string Department, string Violation, string LegalBasis, string Categories, int LeastFine, int MostFine, string Facts, string Series, int Weight, Concerned Commits);

/// <summary>A kind of licence a department of the district grants; no years means without end.</summary>
internal sealed record Permission(
    string Department, string DocumentName, string Category, string Certificate, string Content, int? Years, string Series, int Weight, Concerned Holder);

/// <summary>A standard under which a department of the district lists. Those whose memoranda set every department to work take fewer turns.</summary>
internal sealed record ListStandard(
    ListKind List, string Domain, string Department, string Standard, StandardLevel Level, ConductCategory? Category, BasisKind Basis, string BasisText,
    string Series, string Facts, bool Persons, DateOnly Since, int Turns, bool TellFirst = false);

/// <summary>The tables the demo district is made from.</summary>
internal sealed class DemoTables
{
    public NameParts Names { get; } = ReferenceFile.Read<NameParts>("demo-names.json");

    public IReadOnlyList<Offence> Offences { get; } = ReferenceFile.Read<Offence[]>("demo-offences.json");

    public IReadOnlyList<Permission> Permissions { get; } = ReferenceFile.Read<Permission[]>("demo-licences.json");

    public IReadOnlyList<ListStandard> Standards { get; } = ReferenceFile.Read<ListStandard[]>("demo-standards.json");

    /// <summary>Typed feedback by kind, with <c>{today}</c>, <c>{year}</c> and <c>{number}</c> to be filled in.</summary>
    public IReadOnlyDictionary<string, JsonObject> Feedback { get; } = ReferenceFile.Read<Dictionary<string, JsonObject>>("demo-feedback.json");

    /// <summary>Whether a record of this kind may be about such a subject.</summary>
    public static bool Fits(Concerned concerned, SubjectKind kind) => concerned switch
    {
        Concerned.Any => true,
        Concerned.Business => kind != SubjectKind.NaturalPerson,
        Concerned.Organisation => kind is SubjectKind.LegalPerson or SubjectKind.UnincorporatedOrganization,
        _ => kind == SubjectKind.NaturalPerson,
    };
}
