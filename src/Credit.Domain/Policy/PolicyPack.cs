using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Domain.Incentives;
using Credit.Domain.Records;

namespace Credit.Domain.Policy;

/// <summary>The numbers and switches the policy leaves open, with a date and a source (architecture §6, §13). Working days unless named otherwise.</summary>
public sealed partial record PolicyPack
{
    private static readonly JsonSerializerOptions FileFormat = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    // Of a pack that is shipped the tests have read every value; a draft comes from outside.
    private static readonly JsonSerializerOptions DraftFormat = new(FileFormat) { RespectNullableAnnotations = true };

    /// <summary>Name, stored with every decision.</summary>
    public required string Name { get; init; }

    /// <summary>First day in force.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Report of credit records from formation (R-3.1.1.c).</summary>
    public required int ReportRecordDays { get; init; }

    /// <summary>Double publicity from the decision (R-3.1.4.a).</summary>
    public required int PublicityDays { get; init; }

    /// <summary>Report of an entry from recognition (R-3.2.4.c).</summary>
    public required int ReportEntryDays { get; init; }

    /// <summary>Answer period after a prior notice; the policy names none (default).</summary>
    public required int DefenceDays { get; init; }

    /// <summary>Taking up of an objection (default).</summary>
    public required int AcceptObjectionDays { get; init; }

    /// <summary>Conclusion of an objection (default).</summary>
    public required int ConcludeObjectionDays { get; init; }

    /// <summary>Acceptance of an application for repair, or its return for completion (default).</summary>
    public required int AcceptRepairDays { get; init; }

    /// <summary>Decision on an accepted repair (default).</summary>
    public required int DecideRepairDays { get; init; }

    /// <summary>Decision on an application for early exit (default).</summary>
    public required int DecideEarlyExitDays { get; init; }

    /// <summary>Months an entry is in force before its repair or early exit can be applied for; 0 where the policy sets no shortest term (I60).</summary>
    public required int RepairAfterMonths { get; init; }

    /// <summary>Minutes from its approval in which a review ticket shows a certificate number, once (R-3.2.4.f; default).</summary>
    public required int RevealMinutes { get; init; }

    /// <summary>Review tickets one account may ask for on one day (R-3.2.4.f; default).</summary>
    public required int ReviewTicketsPerDay { get; init; }

    /// <summary>Exit announcement (default).</summary>
    public required int AnnounceExitDays { get; init; }

    /// <summary>Channels on which a public black entry of an enterprise is published, whatever the recogniser names (R-3.4.3.a).</summary>
    public required IReadOnlyList<Listing.PublicationChannel> EnterpriseChannels { get; init; }

    /// <summary>Confirmation that an entry stands on such a channel, from its report (R-3.4.3.a names none; default).</summary>
    public required int ConfirmChannelDays { get; init; }

    /// <summary>Correction statement on every channel that had shown a wrong entry (R-3.5.7.d names none; default).</summary>
    public required int CorrectWrongEntryDays { get; init; }

    /// <summary>Recovery of a benefit granted for a wrong red entry (R-3.5.7.e names none; default).</summary>
    public required int RecoverBenefitDays { get; init; }

    /// <summary>Confirmation of a stop (default).</summary>
    public required int ConfirmStopDays { get; init; }

    /// <summary>Feedback on a task where the memorandum sets no term (default).</summary>
    public required int TaskFeedbackDays { get; init; }

    /// <summary>Active watch entries bar red recognition too (decision D3).</summary>
    public required bool WatchBarsRed { get; init; }

    /// <summary>Prior notice also before watch entries of natural persons (decision D4).</summary>
    public required bool NoticeBeforeWatch { get; init; }

    /// <summary>Exit because the standard changed still moves a black entry to the watch list (decision D1).</summary>
    public required bool WatchAfterStandardChange { get; init; }

    /// <summary>Terms that another law sets for a domain in place of <see cref="ReportEntryDays"/> (「法律法规另有规定的除外」, I30).</summary>
    public IReadOnlyList<StatutoryTerm> ReportEntryExceptions { get; init; } = [];

    /// <summary>The catalogue of credit information, one item for each kind of file.</summary>
    public required IReadOnlyList<CatalogueItem> Catalogue { get; init; }

    /// <summary>Months a decision stays public where neither standard nor file sets an end.</summary>
    public required int PublicMonths { get; init; }

    /// <summary>Longest term on the watch list after exit from black, in months (R-3.5.5.g names none; default).</summary>
    public required int LongestWatchMonths { get; init; }

    /// <summary>Distinct key domains in which a subject is watched at once that put it on the warning list, itself included (「3个以上」, R-3.5.5.e).</summary>
    public required int WarningThreshold { get; init; }

    /// <summary>重点领域: the domains that count for the warning list (decision D6).</summary>
    public required IReadOnlyList<string> WarningDomains { get; init; }

    /// <summary>The public is warned of natural persons too (requirements §13; default not).</summary>
    public required bool WarnPublicOfPersons { get; init; }

    /// <summary>Delivery of the warning to a watched subject (R-3.5.5.d names none; default).</summary>
    public required int DeliverWarningDays { get; init; }

    /// <summary>Minor offences that are several (「多次轻微失信」, R-3.5.5.a names none; default).</summary>
    public required int LeastMinorOffences { get; init; }

    /// <summary>Months before the proposal in which minor offences count (R-3.5.5.a names none; default).</summary>
    public required int MinorOffenceMonths { get; init; }

    /// <summary>Holding of an interview from the day it is due (R-3.4.2.d names none; default).</summary>
    public required int InterviewDays { get; init; }

    /// <summary>Months that an exited entry or an annulled record is kept with its subject; then it is anonymised and only counts (I91; default: five years, 征信业管理条例 第十六条).</summary>
    public required int RetentionMonths { get; init; }

    /// <summary>Days, the day of issue not counted, for which a credit report can be relied on (R-3.1.5.c; default).</summary>
    public required int CreditReportDays { get; init; }

    /// <summary>National average of wrong and duplicate codes, 0 to 1, that the district stays below (R-3.1.3.c); null until the lead office enters one: the policy names none.</summary>
    public decimal? NationalCodeFaultRate { get; init; }

    /// <summary>Terms of rewards, commitments and classified supervision (R-3.3.2.b and on).</summary>
    public required IncentiveTerms Incentives { get; init; }

    /// <summary>Months of a period departments report progress on (「定期」, R-4.3.a; default: a quarter).</summary>
    public required int ReportingMonths { get; init; }

    /// <summary>Civil days after the end of a period in which progress is reported (R-4.3.a; default).</summary>
    public required int ProgressReportDays { get; init; }

    /// <summary>The published formula of the evaluation of departments (R-4.3.b; default).</summary>
    public required Oversight.EvaluationFormula Evaluation { get; init; }

    /// <summary>Civil days a notified department has to put its work right (R-4.3.b; default).</summary>
    public required int DepartmentRectificationDays { get; init; }

    /// <summary>How the radar for unchecked decisions and rewards not given looks (R-3.1.6.a; default).</summary>
    public required Oversight.GapTerms Gaps { get; init; }

    /// <summary>How far a search by name goes; what it finds is for a person to judge.</summary>
    public required Subjects.Names.NameSearchTerms NameSearch { get; init; }

    /// <summary>The pack shipped as data, by name.</summary>
    /// <param name="name">For example <c>rencheng-2019</c>.</param>
    /// <exception cref="ArgumentException">No such pack is shipped.</exception>
    public static PolicyPack Shipped(string name)
    {
        using var stream = typeof(PolicyPack).Assembly.GetManifestResourceStream($"policy-pack.{name}.json")
            ?? throw new ArgumentException($"No policy pack {name}.", nameof(name));
        return JsonSerializer.Deserialize<PolicyPack>(stream, FileFormat)!;
    }

    /// <summary>The item records of this kind are collected under.</summary>
    /// <exception cref="ArgumentException">The catalogue has no such item: nothing of the kind may be collected.</exception>
    public CatalogueItem ItemOf(string kind) =>
        Catalogue.SingleOrDefault(item => item.Key == kind) ?? throw new ArgumentException($"The catalogue of {Name} has no item {kind}.", nameof(kind));

    /// <summary>The item credit records of this kind are collected under; null when the catalogue has none: nothing of the kind may be collected.</summary>
    public CatalogueItem? ItemOf(RecordKind kind) => Catalogue.SingleOrDefault(item => item.RecordKind == kind);

    /// <summary>Working days in which records of this kind are reported: what the law cited in the catalogue says, else the policy's (R-3.1.1.d).</summary>
    public WorkingDays ReportingTermOf(string kind)
    {
        var item = ItemOf(kind);
        return new(item.Term?.Days ?? (item.IsDoublePublicity ? PublicityDays : ReportRecordDays));
    }

    /// <summary>Report of an entry of this domain from its recognition: seven working days, unless a law cited in the pack says otherwise.</summary>
    public int ReportEntryDaysOf(string domain) => ReportEntryExceptions.FirstOrDefault(term => term.Domain == domain)?.Days ?? ReportEntryDays;
}
