using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Incentives;

/// <summary>信易+ and the like.</summary>
public enum OfferProgramme
{
    /// <summary>信易批.</summary>
    Approval,

    /// <summary>信易行.</summary>
    Travel,

    /// <summary>信易游.</summary>
    Tourism,

    /// <summary>信易住.</summary>
    Lodging,

    /// <summary>信易租.</summary>
    Lease,

    /// <summary>税易贷.</summary>
    TaxLoan,

    /// <summary>信易贷.</summary>
    CreditLoan,

    /// <summary>信易债.</summary>
    CreditBond,

    /// <summary>教育、就业、创业、社会保障 support of honest individuals.</summary>
    PersonalSupport,

    /// <summary>展会推介.</summary>
    Promotion,
}

/// <summary>Who stands behind an offer.</summary>
public enum OfferProvider
{
    /// <summary>A department.</summary>
    Department,

    /// <summary>金融机构: asks with the subject's authorisation only.</summary>
    Bank,

    /// <summary>行业协会商会.</summary>
    Association,

    /// <summary>An enterprise.</summary>
    Enterprise,
}

/// <summary>What a subject must be to get an offer.</summary>
public enum OfferNeed
{
    /// <summary>诚信典型.</summary>
    Exemplar,

    /// <summary>A red entry in force.</summary>
    RedEntry,

    /// <summary>No negative record in the years of the offer.</summary>
    CleanRecord,
}

/// <summary>Whom an offer is for.</summary>
public enum OfferAudience
{
    /// <summary>Natural persons.</summary>
    Persons,

    /// <summary>Organisations and individual businesses.</summary>
    Organisations,

    /// <summary>Both.</summary>
    Everybody,
}

/// <summary>Where an offer stands.</summary>
public enum OfferState
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Withdrawn.</summary>
    Closed,
}

/// <summary>What moves an offer.</summary>
public enum OfferTrigger
{
    /// <summary>Withdrawn.</summary>
    Close,
}

/// <summary>The life of an offer.</summary>
public static class OfferLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<OfferState, OfferTrigger> Table = new("Preferential offer", OfferState.Open,
        (OfferState.Open, OfferTrigger.Close, OfferState.Closed, "R-3.3.3.f"));
}

/// <summary>An offer as its provider words it.</summary>
public sealed record OfferWording
{
    /// <summary>Programme.</summary>
    public required OfferProgramme Programme { get; init; }

    /// <summary>Kind of provider.</summary>
    public required OfferProvider Provider { get; init; }

    /// <summary>Name of the provider.</summary>
    public required string ProviderName { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>What is given: no deposit, discount, priority, lower rate.</summary>
    public required string Terms { get; init; }

    /// <summary>What the subject must be.</summary>
    public required OfferNeed Need { get; init; }

    /// <summary>Years without negative record; null where the need is another.</summary>
    public int? CleanYears { get; init; }

    /// <summary>Whom it is for.</summary>
    public required OfferAudience Audience { get; init; }
}

/// <summary>A preferential offer (R-3.3.3.c, R-3.3.3.f, R-3.3.4). It is asked with yes or no; nothing of the record leaves.</summary>
public sealed class Offer : Aggregate
{
    private Offer()
    {
    }

    /// <summary>Department that keeps the offer, its own or a provider's.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Programme.</summary>
    public OfferProgramme Programme { get; private init; }

    /// <summary>Kind of provider.</summary>
    public OfferProvider Provider { get; private init; }

    /// <summary>Name of the provider.</summary>
    public string ProviderName { get; private init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; private init; } = "";

    /// <summary>What is given.</summary>
    public string Terms { get; private init; } = "";

    /// <summary>What the subject must be.</summary>
    public OfferNeed Need { get; private init; }

    /// <summary>Years without negative record; null where the need is another.</summary>
    public int? CleanYears { get; private init; }

    /// <summary>Whom it is for.</summary>
    public OfferAudience Audience { get; private init; }

    /// <summary>Day it opened.</summary>
    public DateOnly OpenedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public OfferState State { get; private set; }

    /// <summary>Day it closed.</summary>
    public DateOnly? ClosedOn { get; private set; }

    internal static Outcome<Offer> Open(OfferWording wording, string department, DateOnly today)
    {
        Refusal[] refusals = [.. Against(wording)];
        if (refusals.Length > 0)
        {
            return Outcome<Offer>.Refused(refusals);
        }

        var opened = new Offer
        {
            Department = department,
            Programme = wording.Programme,
            Provider = wording.Provider,
            ProviderName = wording.ProviderName,
            Title = wording.Title,
            Terms = wording.Terms,
            Need = wording.Need,
            CleanYears = wording.CleanYears,
            Audience = wording.Audience,
            OpenedOn = today,
        };
        opened.Announce(new OfferOpened(opened.Id, department, wording.Programme, wording.Need), Clause.R("3.3.3.f"));
        return opened;
    }

    internal Outcome<Offer> Close(DateOnly today) => OfferLifecycle.Table.Fire(State, OfferTrigger.Close).Then<Offer>(move =>
    {
        (State, ClosedOn) = (move.To, today);
        Announce(new OfferClosed(Id, Department), Clause.R("3.3.3.f"));
        return this;
    });

    /// <summary>True when asking about this subject needs an authorisation of its own: natural persons always, and whoever asks a bank's offer.</summary>
    public bool NeedsAuthorisation(SubjectKind kind) => kind == SubjectKind.NaturalPerson || Provider == OfferProvider.Bank;

    /// <summary>Yes or no (I49). Whoever is on a punish list gets nothing; the clean record is that of the offer's own years.</summary>
    public bool Admits(SubjectKind kind, CreditStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var addressed = Audience == OfferAudience.Everybody || (Audience == OfferAudience.Persons) == (kind == SubjectKind.NaturalPerson);
        return addressed && !standing.Punished && Need switch
        {
            OfferNeed.Exemplar => standing.Exemplar,
            OfferNeed.RedEntry => standing.Red,
            _ => standing.Clean,
        };
    }

    private static IEnumerable<Refusal> Against(OfferWording wording)
    {
        foreach (var (text, longest, field) in new[]
        {
            (wording.ProviderName, TextLength.Name, "providerName"), (wording.Title, TextLength.Name, "title"), (wording.Terms, TextLength.Text, "terms"),
        })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return new("offer-wording-missing", "请写明提供方、名称和优惠内容。", "State provider, title and terms.", Clause.R("3.3.3.f"), field);
            }
            else if (TextLength.Against(text, longest, field) is { } tooLong)
            {
                yield return tooLong;
            }
        }

        if (wording is { Programme: OfferProgramme.PersonalSupport, Need: OfferNeed.CleanRecord })
        {
            yield return new(
                "offer-need-too-weak",
                "激励措施只给予诚信典型和红名单主体，无不良记录仅适用便利服务。",
                "A reward is for exemplars and red entries; a clean record opens conveniences only.",
                Clause.Standard("I49"),
                "need");
        }

        if ((wording.Need == OfferNeed.CleanRecord) != wording.CleanYears is not null || wording.CleanYears is < 1 or > CleanRecord.MostYears)
        {
            yield return new(
                "offer-years-invalid",
                $"无不良记录类优惠须写明年限(1至{CleanRecord.MostYears})，其他优惠不填。",
                $"An offer for a clean record states its years (1 to {CleanRecord.MostYears}); others state none.",
                Clause.R("3.3.3.f"),
                "cleanYears");
        }
    }
}
