using System.Security.Cryptography;
using System.Text;
using Credit.Domain.Policy;

namespace Credit.Core.Demo;

/// <summary>Everything the demo district starts from: the same for the same plan.</summary>
internal sealed class DemoDistrict
{
    private DemoDistrict(DemoPlan plan, DemoTables tables, IWorkingCalendar calendar)
    {
        (Plan, Tables) = (plan, tables);
        Subjects = new DemoSubjects(plan, tables).Make();
        var decisions = new DemoDecisions(plan, tables, Subjects, calendar);
        Penalties = decisions.Penalties();
        Licences = decisions.Licences();
    }

    public DemoPlan Plan { get; }

    public DemoTables Tables { get; }

    public IReadOnlyList<DemoSubject> Subjects { get; }

    public IReadOnlyList<DemoPenalty> Penalties { get; }

    public IReadOnlyList<DemoLicence> Licences { get; }

    /// <summary>Makes the district of a plan.</summary>
    public static DemoDistrict Make(DemoPlan plan, IWorkingCalendar calendar) => new(plan, new DemoTables(), calendar);

    /// <summary>SHA-256 over all of it, in hex.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Subjects.Cast<object>().Concat(Penalties).Concat(Licences))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row.ToString()!));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
