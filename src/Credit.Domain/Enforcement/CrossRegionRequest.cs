using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Enforcement;

/// <summary>Who asks whom.</summary>
public enum CrossRegionDirection
{
    /// <summary>A body of the district asks another region.</summary>
    Outgoing,

    /// <summary>Another region asks the district.</summary>
    Incoming,
}

/// <summary>What is asked for.</summary>
public enum CrossRegionKind
{
    /// <summary>联合激励 for a typical of honesty.</summary>
    Reward,

    /// <summary>联合惩戒 for a serious subject.</summary>
    Punishment,
}

/// <summary>What is asked of another region.</summary>
/// <param name="Kind">Reward or punishment.</param>
/// <param name="Region">Six digits of the region asked.</param>
/// <param name="RegionName">Its name.</param>
/// <param name="Basis">Ground in law and fact.</param>
/// <param name="Measures">Measures asked for.</param>
internal sealed record CrossRegionAsk(CrossRegionKind Kind, string Region, string RegionName, string Basis, string Measures);

/// <summary>A request to another region, or from one, to reward a typical or to punish a serious subject (R-3.5.2.c).</summary>
public sealed class CrossRegionRequest : Aggregate
{
    private CrossRegionRequest()
    {
    }

    /// <summary>Who asks whom.</summary>
    public CrossRegionDirection Direction { get; private init; }

    /// <summary>Reward or punishment.</summary>
    public CrossRegionKind Kind { get; private init; }

    /// <summary>The other region: six digits of the national table of areas.</summary>
    public string Region { get; private init; } = "";

    /// <summary>Its name.</summary>
    public string RegionName { get; private init; } = "";

    /// <summary>Entry of the district's own register; null on what comes in, and on what rests on an exemplar.</summary>
    public Guid? EntryId { get; private init; }

    /// <summary>Honest exemplar of the district; null on what comes in, and on what rests on an entry.</summary>
    public Guid? ExemplarId { get; private init; }

    /// <summary>Name of the subject.</summary>
    [GoneAfterRetention]
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code of the subject, or mask of a natural person.</summary>
    [GoneAfterRetention]
    public string SubjectCode { get; private init; } = "";

    /// <summary>Ground in law and fact.</summary>
    [GoneAfterRetention]
    public string Basis { get; private init; } = "";

    /// <summary>Measures asked for.</summary>
    public string Measures { get; private init; } = "";

    /// <summary>Number the other region gave it; null on what goes out.</summary>
    public string? Reference { get; private init; }

    /// <summary>Department that asks or that is to answer; null until the lead office assigned an incoming one.</summary>
    public string? Department { get; private set; }

    /// <summary>Account that sent or recorded it.</summary>
    public string SentBy { get; private init; } = "";

    /// <summary>Day sent, or received.</summary>
    public DateOnly SentOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public CrossRegionState State { get; private set; }

    /// <summary>Reason of a refusal; null otherwise.</summary>
    [GoneAfterRetention]
    public string? Reason { get; private set; }

    /// <summary>What came of it; null until done.</summary>
    [GoneAfterRetention]
    public string? Result { get; private set; }

    /// <summary>Day of the last answer.</summary>
    public DateOnly? AnsweredOn { get; private set; }

    /// <summary>Asks another region on the ground of an own entry in force: red for a reward, black for a punishment.</summary>
    internal static Outcome<CrossRegionRequest> Send(ListEntry entry, CrossRegionAsk ask, string department, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. AgainstSending(ask)];
        if (entry.List != (ask.Kind == CrossRegionKind.Reward ? ListKind.Red : ListKind.Black) || !entry.InForce(today) || entry.State == EntryState.Verifying)
        {
            refusals.Add(new(
                "cross-region-entry-does-not-fit",
                "联合激励须依据生效的红名单条目，联合惩戒须依据生效且未在核实的黑名单条目。",
                "A reward rests on a red entry in force, a punishment on a black one in force and not under verification.",
                Clause.R("3.5.2.c"),
                "entryId"));
        }

        if (!entry.Publishable)
        {
            refusals.Add(new(
                "cross-region-entry-closed", "依法不能公开的条目不得发往其他地区。", "An entry that may not be published does not leave the district.", Clause.R("3.2.4.h"), "entryId"));
        }

        return refusals.Count > 0 ? Outcome<CrossRegionRequest>.Refused(refusals) : Announced(new CrossRegionRequest
        {
            Direction = CrossRegionDirection.Outgoing,
            Kind = ask.Kind,
            Region = ask.Region,
            RegionName = ask.RegionName,
            EntryId = entry.Id,
            SubjectName = entry.SubjectKind == SubjectKind.NaturalPerson ? "" : entry.SubjectName,
            SubjectCode = entry.SubjectCode ?? entry.SubjectMask ?? "",
            Basis = ask.Basis,
            Measures = ask.Measures,
            Department = department,
            SentBy = by,
            SentOn = today,
        });
    }

    /// <summary>Asks another region to reward an honest exemplar of the district; nobody is punished for being one.</summary>
    internal static Outcome<CrossRegionRequest> Send(Exemplar exemplar, string? mask, CrossRegionAsk ask, string department, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. AgainstSending(ask)];
        if (ask.Kind != CrossRegionKind.Reward || !exemplar.Counts)
        {
            refusals.Add(new(
                "cross-region-exemplar-does-not-fit",
                "诚信典型只用于联合激励，且须已批准、未撤销。",
                "An exemplar carries a reward only, and only while it is approved and not revoked.",
                Clause.R("3.5.2.c"),
                "exemplarId"));
        }

        return refusals.Count > 0 ? Outcome<CrossRegionRequest>.Refused(refusals) : Announced(new CrossRegionRequest
        {
            Direction = CrossRegionDirection.Outgoing,
            Kind = ask.Kind,
            Region = ask.Region,
            RegionName = ask.RegionName,
            ExemplarId = exemplar.Id,
            SubjectName = exemplar.SubjectKind == SubjectKind.NaturalPerson ? "" : exemplar.SubjectName,
            SubjectCode = exemplar.SubjectCode ?? mask ?? "",
            Basis = ask.Basis,
            Measures = ask.Measures,
            Department = department,
            SentBy = by,
            SentOn = today,
        });
    }

    /// <summary>Records what another region asks about an organisation.</summary>
    internal static Outcome<CrossRegionRequest> Receive(
        CrossRegionKind kind, string region, string regionName, string reference, string subjectName, string subjectCode, string basis, string measures, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. Against(region, regionName, basis, measures)];
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > TextLength.Name)
        {
            refusals.Add(new("reference-missing", "请填写来函编号。", "State the number of the request.", Clause.R("3.5.2.c"), "reference"));
        }

        if (string.IsNullOrWhiteSpace(subjectName) || subjectName.Length > TextLength.Name || UnifiedCreditCode.Check(subjectCode) != CodeFault.None)
        {
            refusals.Add(new(
                "cross-region-subject-unclear",
                "请写明法人或其他组织名称及有效的统一社会信用代码。",
                "Name an organisation and its valid unified credit code.",
                Clause.R("3.5.2.c"),
                "subjectCode"));
        }

        return refusals.Count > 0 ? Outcome<CrossRegionRequest>.Refused(refusals) : Announced(new CrossRegionRequest
        {
            Direction = CrossRegionDirection.Incoming,
            Kind = kind,
            Region = region,
            RegionName = regionName,
            Reference = reference,
            SubjectName = subjectName,
            SubjectCode = subjectCode,
            Basis = basis,
            Measures = measures,
            SentBy = by,
            SentOn = today,
        });
    }

    /// <summary>The lead office says which department answers.</summary>
    internal Outcome<CrossRegionRequest> Assign(string department)
    {
        if (Direction != CrossRegionDirection.Incoming || State != CrossRegionState.Sent)
        {
            return new Refusal("state-does-not-allow", "只有待办的来函可以交办。", "Only a request that came in and waits is assigned.", Clause.R("3.5.2.c"));
        }

        Department = department;
        Announce(new CrossRegionRequestAssigned(Id, department), Clause.R("3.5.2.c"));
        return this;
    }

    /// <summary>The answer of whoever was asked: a refusal needs a reason, a result its words.</summary>
    internal Outcome<CrossRegionRequest> Answer(CrossRegionTrigger answer, string? words, DateOnly today)
    {
        if (answer == CrossRegionTrigger.Recall)
        {
            return new Refusal(
                "cross-region-recall-follows", "撤回随名单退出自动发生，不能单独答复。", "A recall follows from the exit; nobody answers with it.", Clause.R("3.5.6.d"), "answer");
        }

        if (answer != CrossRegionTrigger.Accept && string.IsNullOrWhiteSpace(words))
        {
            return answer == CrossRegionTrigger.Refuse
                ? new Refusal("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.5.2.c"), "words")
                : new Refusal("outcome-missing", "请说明处理结果。", "Say what was done.", Clause.R("3.5.2.c"), "words");
        }

        if (TextLength.Against(words, TextLength.Text, "words") is { } tooLong)
        {
            return tooLong;
        }

        return CrossRegionRequestLifecycle.Table.Fire(State, answer).Then<CrossRegionRequest>(move =>
        {
            (State, AnsweredOn) = (move.To, today);
            Reason = answer == CrossRegionTrigger.Refuse ? words : Reason;
            Result = answer == CrossRegionTrigger.Finish ? words : Result;
            Announce(new CrossRegionRequestMoved(Id, EntryId, Direction, move.To), Clause.R("3.5.2.c"));
            return this;
        });
    }

    /// <summary>What our own request rested on ended: the region asked learns it as its next step (I45).</summary>
    internal Outcome<CrossRegionRequest> Recall(string why, DateOnly today) =>
        CrossRegionRequestLifecycle.Table.Fire(State, CrossRegionTrigger.Recall).Then<CrossRegionRequest>(move =>
        {
            (State, Reason, AnsweredOn) = (move.To, why, today);
            Announce(new CrossRegionRequestMoved(Id, EntryId, Direction, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });

    private static Outcome<CrossRegionRequest> Announced(CrossRegionRequest request)
    {
        request.Announce(new CrossRegionRequestSent(request.Id, request.EntryId, request.Direction, request.Kind, request.Region, request.ExemplarId), Clause.R("3.5.2.c"));
        return request;
    }

    private static IEnumerable<Refusal> AgainstSending(CrossRegionAsk ask)
    {
        foreach (var refusal in Against(ask.Region, ask.RegionName, ask.Basis, ask.Measures))
        {
            yield return refusal;
        }

        if (ask.Region is "370811")
        {
            yield return new("region-is-own", "跨区域请求须发往其他地区。", "A cross-region request goes to another region.", Clause.R("3.5.2.c"), "region");
        }
    }

    private static IEnumerable<Refusal> Against(string region, string regionName, string basis, string measures)
    {
        if (region is not { Length: 6 } || !region.All(char.IsAsciiDigit) || string.IsNullOrWhiteSpace(regionName) || regionName.Length > TextLength.Name)
        {
            yield return new("region-invalid", "请填写六位行政区划代码及名称。", "Give the six digits of the area and its name.", Clause.R("3.5.2.c"), "region");
        }

        foreach (var (text, field) in new[] { (basis, "basis"), (measures, "measures") })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return new("cross-region-text-missing", "请写明依据及请求采取的措施。", "State the ground and the measures asked for.", Clause.R("3.5.2.c"), field);
            }
            else if (TextLength.Against(text, TextLength.Text, field) is { } tooLong)
            {
                yield return tooLong;
            }
        }
    }
}
