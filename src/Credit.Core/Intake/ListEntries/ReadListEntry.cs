using System.Collections.Frozen;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;
using Credit.Core.Reference;
using Credit.Domain.Listing;

namespace Credit.Core.Intake.ListEntries;

/// <summary>
/// Judges one row of proposals. What other rows and the register decide comes later: repeated and contradicting rows
/// by <see cref="ListEntryRecord.Key"/> and content hash, red proposals of subjects on other lists by the cross-comparison (R-3.2.2.e).
/// </summary>
internal static class ReadListEntry
{
    /// <summary>The typed record, or every reason against the row.</summary>
    /// <param name="raw">The row as read.</param>
    /// <param name="run">What all rows of the file share.</param>
    /// <param name="domains">Domains in use, those of module criteria included; the shipped ones when null.</param>
    public static ReadRow<ListEntryRecord> Read(RawRow raw, IntakeRun run, IReadOnlySet<string>? domains = null)
    {
        var row = new RowScan(raw, ListEntryLayout.Layout, run);
        var list = ListEntryWords.Lists.Read(row, ListEntryLayout.List);
        row.Require(list is not null, ListEntryLayout.List);
        var subject = ReadListedSubject.Subject(row);
        var recognisedOn = row.DecisionDay(ListEntryLayout.RecognisedOn);
        var cause = ReadCause(row, domains ?? ListDomains.Shipped);
        var validTo = row.Day(ListEntryLayout.ValidTo, isEndOfValidity: true);
        row.Require(validTo is not null, ListEntryLayout.ValidTo, CellCodes.ValidityMissing);
        row.MustNotEndBefore(ListEntryLayout.ValidTo, validTo, recognisedOn);
        var timing = row.TimingFrom(recognisedOn, ListEntryLayout.RecognisedOn);
        var draft = cause with
        {
            Lei = subject?.Kind == CounterpartKind.NaturalPerson ? null : ReadListedSubject.Lei(row),
            Responsible = ReadListedSubject.Responsible(row),
            RecognisedOn = recognisedOn ?? default,
            ValidTo = validTo ?? default,
            Timing = timing,
        };
        draft = ReadPublication(row, ReadNotice(row, draft));
        if (list is { } known)
        {
            var (reason, cases) = ReadPunishment.WatchReason(row, known);
            draft = draft with
            {
                List = known,
                Category = ReadPunishment.Category(row, known),
                WatchReason = reason,
                MinorCases = cases,
                Punishment = ReadPunishment.Terms(row, known),
            };
            NoticeMustBeDelivered(row, draft, subject);
        }

        if (recognisedOn is { } day && subject?.IsMinorOn(day) == true)
        {
            row.Reject(CellCodes.MinorOnList, ListEntryLayout.CertificateNumber);
        }

        if (row.Verdict == RowVerdict.Rejected || subject is null)
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        var record = draft with { Subject = subject, Publication = Judge(row, draft) };
        record.Seal(run.Vault);
        return new(raw.Number, record, row.Verdict, row.Issues);
    }

    /// <summary>Facts, basis, standard and recogniser (R-3.2.1, R-3.2.3.b); what is refused is empty, and never stored.</summary>
    private static ListEntryRecord ReadCause(RowScan row, IReadOnlySet<string> domains)
    {
        var domain = row.Required(row.Text(ListEntryLayout.Domain), ListEntryLayout.Domain);
        if (domain is not null && !domains.Contains(domain))
        {
            row.Reject(CellCodes.UnknownCodeValue, ListEntryLayout.Domain);
        }

        var basisKind = ListEntryWords.BasisKinds.Read(row, ListEntryLayout.BasisKind, CellCodes.BasisMissing);
        row.Require(basisKind is not null, ListEntryLayout.BasisKind, CellCodes.BasisMissing);
        var basis = row.Text(ListEntryLayout.Basis);
        row.Require(basis is not null || basisKind is null, ListEntryLayout.Basis, CellCodes.BasisMissing);
        var level = ListEntryWords.StandardLevels.Read(row, ListEntryLayout.StandardLevel, CellCodes.StandardLevel);
        row.Require(level is not null, ListEntryLayout.StandardLevel);
        if (level is StandardLevel.City or StandardLevel.District)
        {
            row.Reject(CellCodes.StandardLevel, ListEntryLayout.StandardLevel);
        }

        var recogniser = row.Required(row.Text(ListEntryLayout.Recogniser), ListEntryLayout.Recogniser);
        var recogniserCode = row.Required(row.UnifiedCode(ListEntryLayout.RecogniserCode, ofSubject: false), ListEntryLayout.RecogniserCode);

        // Associations, banks and companies supply leads only (R-3.2.2.a, R-3.2.2.b); organs and authorised bodies are under 机构编制.
        if (recogniser is not null && recogniserCode is not null && recogniserCode[0] != '1')
        {
            row.Reject(CellCodes.RecogniserNotAllowed, ListEntryLayout.Recogniser);
        }

        return new()
        {
            List = default,
            Domain = domain ?? "",
            Subject = null!,
            Facts = row.Required(row.Text(ListEntryLayout.Facts), ListEntryLayout.Facts) ?? "",
            Basis = basis ?? "",
            BasisKind = basisKind ?? default,
            DocumentNumber = row.Required(row.DocumentNumber(ListEntryLayout.DocumentNumber), ListEntryLayout.DocumentNumber) ?? "",
            Standard = row.Required(row.Text(ListEntryLayout.Standard), ListEntryLayout.Standard) ?? "",
            StandardLevel = level ?? default,
            Recogniser = recogniser ?? "",
            RecogniserCode = recogniserCode ?? "",
            RecognisedOn = default,
            ValidTo = default,
            Publishable = false,
            Remark = row.Text(ListEntryLayout.Remark),
        };
    }

    private static ListEntryRecord ReadNotice(RowScan row, ListEntryRecord draft)
    {
        var deliveredOn = row.Day(ListEntryLayout.NoticeDeliveredOn);
        if (deliveredOn > row.Run.Received)
        {
            row.Reject(CellCodes.DateFuture, ListEntryLayout.NoticeDeliveredOn);
        }

        return draft with
        {
            Notified = CommonWords.Answers.Read(row, ListEntryLayout.Notified),
            NoticeDeliveredOn = deliveredOn,
            NoticeExemption = row.Text(ListEntryLayout.NoticeExemption),
        };
    }

    private static ListEntryRecord ReadPublication(RowScan row, ListEntryRecord draft)
    {
        var publishable = CommonWords.Answers.Read(row, ListEntryLayout.Publishable);
        row.Require(publishable is not null, ListEntryLayout.Publishable, CellCodes.PublishDecision);
        var reason = row.Text(ListEntryLayout.UnpublishableReason);
        row.Require(publishable != Answer.No || reason is not null, ListEntryLayout.UnpublishableReason, CellCodes.PublishDecision);
        return draft with { Publishable = publishable == Answer.Yes, UnpublishableReason = reason };
    }

    /// <summary>A natural person is not punished unheard (R-3.2.2.d; decision D4 for the watch list): delivered, or exempt by a law that is cited.</summary>
    private static void NoticeMustBeDelivered(RowScan row, ListEntryRecord draft, Counterpart? subject)
    {
        if (draft.List == ListKind.Red || subject?.Kind != CounterpartKind.NaturalPerson || draft.NoticeExemption is not null)
        {
            return;
        }

        row.Require(draft.Notified == Answer.Yes, ListEntryLayout.Notified, CellCodes.PriorNoticeMissing);
        row.Require(draft.Notified != Answer.Yes || draft.NoticeDeliveredOn is not null, ListEntryLayout.NoticeDeliveredOn, CellCodes.PriorNoticeMissing);
        if (draft.Notified == Answer.Yes && draft.RecognisedOn != default && draft.NoticeDeliveredOn > draft.RecognisedOn)
        {
            // A notice after the recognition is none.
            row.Reject(CellCodes.PriorNoticeMissing, ListEntryLayout.NoticeDeliveredOn);
        }
    }

    private static Records.Publication Judge(RowScan row, ListEntryRecord draft) => row.Judge(
        withheld: !draft.Publishable,
        [
            (ListEntryLayout.Facts, draft.Facts), (ListEntryLayout.Basis, draft.Basis), (ListEntryLayout.UnpublishableReason, draft.UnpublishableReason),
            (ListEntryLayout.RectificationDemand, draft.Punishment?.RectificationDemand), (ListEntryLayout.Remark, draft.Remark),
        ]);
}
