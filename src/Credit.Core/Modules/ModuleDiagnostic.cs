using System.Reflection;

namespace Credit.Core.Modules;

/// <summary>
/// A rule that modules keep, with an id that build, start and conformance kit share and a page that explains it.
/// </summary>
/// <param name="Id">The id; never given to another rule.</param>
/// <param name="Rule">The rule, as the end of a sentence that begins with "A module".</param>
internal sealed record ModuleDiagnostic(string Id, string Rule)
{
    public static readonly ModuleDiagnostic References = new("CRED001", "references the contract only");
    public static readonly ModuleDiagnostic DoesNotLoad = new("CRED002", "loads against the contract of the host");
    public static readonly ModuleDiagnostic OneDefinition = new("CRED003", "has exactly one public definition");
    public static readonly ModuleDiagnostic ContractVersion = new("CRED004", "is built for a contract version the host accepts");
    public static readonly ModuleDiagnostic ModuleKey = new("CRED005", "has a key in kebab case");
    public static readonly ModuleDiagnostic Department = new("CRED006", "belongs to a department of the district");
    public static readonly ModuleDiagnostic NoConstructorArguments = new("CRED007", "states its rules without services");
    public static readonly ModuleDiagnostic OwnKeys = new("CRED008", "owns the keys of its criteria and feedback");
    public static readonly ModuleDiagnostic KnownCanonical = new("CRED009", "answers canonical measures of the dictionary");
    public static readonly ModuleDiagnostic TakenTwice = new("CRED010", "takes no key that is taken");
    public static readonly ModuleDiagnostic MemorandumFile = new("CRED011", "has memoranda in the published shape");
    public static readonly ModuleDiagnostic MemorandumVersions = new("CRED012", "has memoranda with a trigger and versions that follow each other");
    public static readonly ModuleDiagnostic MeasureRow = new("CRED013", "has measures that the policy allows");
    public static readonly ModuleDiagnostic OwnServices = new("CRED014", "registers services of its own only");
    public static readonly ModuleDiagnostic OwnRoutes = new("CRED015", "keeps to its own routes");
    public static readonly ModuleDiagnostic AuthorisedRoutes = new("CRED016", "has endpoints that somebody signed in must call");
    public static readonly ModuleDiagnostic Visibility = new("CRED017", "exports its definition and its rows only");
    public static readonly ModuleDiagnostic OwnRows = new("CRED018", "has sets with rows of its own");
    public static readonly ModuleDiagnostic MandatoryAnswered = new("CRED019", "has a report for every mandatory measure of its departments");
    public static readonly ModuleDiagnostic StandardLevel = new("CRED020", "lists by national or approved provincial standards");
    public static readonly ModuleDiagnostic SetShape = new("CRED021", "has sets with a key, a page and an order that loses no rows");
    public static readonly ModuleDiagnostic EveryColumn = new("CRED022", "declares every column of its sets");
    public static readonly ModuleDiagnostic SimpleMembers = new("CRED023", "has reports and rows of simple members");
    public static readonly ModuleDiagnostic NoPersons = new("CRED024", "has no member that identifies a person");
    public static readonly ModuleDiagnostic CheckThrows = new("CRED025", "checks any report without throwing");
    public static readonly ModuleDiagnostic InvalidAccepted = new("CRED026", "refuses reports that cannot be right");
    public static readonly ModuleDiagnostic RefusalIncomplete = new("CRED027", "refuses with field, Chinese and English");
    public static readonly ModuleDiagnostic Describe = new("CRED028", "describes any valid report in Chinese");
    public static readonly ModuleDiagnostic DescribeIdentifies = new("CRED029", "describes reports without numbers of persons");
    public static readonly ModuleDiagnostic SampleMissing = new("CRED030", "has a valid report of each kind to test with");
    public static readonly ModuleDiagnostic SampleContradicts = new("CRED031", "judges its samples as they are meant");
    public static readonly ModuleDiagnostic StartMemory = new("CRED032", "starts within its budget of memory");
    public static readonly ModuleDiagnostic StartTime = new("CRED033", "starts within its budget of time");
    public static readonly ModuleDiagnostic DeadReaction = new("CRED034", "reacts to announcements only");
    public static readonly ModuleDiagnostic Documented = new("CRED035", "says what its parts are");
    public static readonly ModuleDiagnostic CodeUnexplained = new("CRED036", "refuses with codes that are explained");
    public static readonly ModuleDiagnostic NotSpecified = new("CRED037", "has a specification that holds it to all this");
    public static readonly ModuleDiagnostic Terms = new("CRED038", "lists for terms that can be kept");
    public static readonly ModuleDiagnostic ReportQueryable = new("CRED039", "has a set for each kind of report");

    /// <summary>Every rule, by id.</summary>
    public static IReadOnlyList<ModuleDiagnostic> All { get; } =
    [
        .. typeof(ModuleDiagnostic).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ModuleDiagnostic>().OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The page that explains the rule, from the root of the repository.</summary>
    public string Page => $"docs/diagnostics/{Id}.md";

    /// <summary>A fault in the shape that people and tools look for: the id first, the page last.</summary>
    /// <param name="fault">What is wrong and what to do, a sentence or two.</param>
    public string Say(string fault) => $"{Id} {fault} See {Page}.";
}
