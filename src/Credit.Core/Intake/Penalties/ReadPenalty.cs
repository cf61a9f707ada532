using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Penalties;

/// <summary>Judges one row of a penalty file (R-3.1.1.b, R-3.1.4). Whether it is already stored is decided later, by key and content hash.</summary>
internal static class ReadPenalty
{
    /// <summary>The typed record, or every reason against the row.</summary>
    /// <param name="raw">The row as read.</param>
    /// <param name="run">What all rows of the file share.</param>
    public static ReadRow<PenaltyRecord> Read(RawRow raw, IntakeRun run)
    {
        var row = new RowScan(raw, PenaltyLayout.Layout, run);
        var counterpart = PenaltyLayout.Counterpart.Read(row);
        var documentNumber = row.Required(row.DocumentNumber(PenaltyLayout.DocumentNumber), PenaltyLayout.DocumentNumber);
        var violation = row.Required(row.Text(PenaltyLayout.Violation), PenaltyLayout.Violation);
        var facts = row.Required(row.Text(PenaltyLayout.Facts), PenaltyLayout.Facts);
        var legalBasis = row.Required(row.Text(PenaltyLayout.LegalBasis), PenaltyLayout.LegalBasis);
        var content = row.Required(row.Text(PenaltyLayout.Content), PenaltyLayout.Content);
        var fine = row.Yuan(PenaltyLayout.Fine);
        var confiscated = row.Yuan(PenaltyLayout.Confiscated);
        row.DoubtUnit(PenaltyLayout.Fine, fine, content);
        row.DoubtUnit(PenaltyLayout.Confiscated, confiscated, content);
        var certificate = row.Text(PenaltyLayout.Certificate);
        var categories = ReadCategories(row, fine, confiscated, certificate);
        var decidedOn = row.DecisionDay(PenaltyLayout.DecidedOn);
        var validTo = row.Day(PenaltyLayout.ValidTo, isEndOfValidity: true);
        row.Require(validTo is not null, PenaltyLayout.ValidTo);
        row.MustNotEndBefore(PenaltyLayout.ValidTo, validTo, decidedOn);
        var publishedTo = row.Day(PenaltyLayout.PublishedTo, isEndOfValidity: true);
        row.MustNotEndBefore(PenaltyLayout.PublishedTo, publishedTo, decidedOn);
        var organ = row.Required(row.Text(PenaltyLayout.Organ), PenaltyLayout.Organ);
        var organCode = row.Required(row.UnifiedCode(PenaltyLayout.OrganCode, ofSubject: false), PenaltyLayout.OrganCode);
        var source = row.Required(row.Text(PenaltyLayout.Source), PenaltyLayout.Source);
        var sourceCode = row.Required(row.UnifiedCode(PenaltyLayout.SourceCode, ofSubject: false), PenaltyLayout.SourceCode);
        var remark = row.Text(PenaltyLayout.Remark);
        var timing = row.TimingFrom(decidedOn, PenaltyLayout.DecidedOn);
        if (row.Verdict == RowVerdict.Rejected || counterpart is null)
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        (int, string?)[] texts =
            [
                (PenaltyLayout.Violation, violation), (PenaltyLayout.Facts, facts), (PenaltyLayout.LegalBasis, legalBasis),
                (PenaltyLayout.Content, content), (PenaltyLayout.Certificate, certificate), (PenaltyLayout.Remark, remark),
            ];
        if (row.RefuseForbiddenKinds(counterpart, texts))
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        var withheld = PenaltyLayout.Counterpart.WithholdMinor(row, counterpart, decidedOn!.Value);
        var publication = row.Judge(
            withheld,
            texts);
        var record = new PenaltyRecord
        {
            Counterpart = counterpart,
            DocumentNumber = documentNumber!,
            Violation = violation!,
            Facts = facts!,
            LegalBasis = legalBasis!,
            Categories = categories!,
            Content = content!,
            FineYuan = fine,
            ConfiscatedYuan = confiscated,
            Certificate = certificate,
            DecidedOn = decidedOn.Value,
            ValidTo = validTo!.Value,
            PublishedTo = publishedTo,
            Organ = organ!,
            OrganCode = organCode,
            Source = source!,
            SourceCode = sourceCode!,
            Remark = remark,
            Publication = publication,
            Timing = timing,
        };
        record.Seal(run.Vault);
        return new(raw.Number, record, row.Verdict, row.Issues);
    }

    private static string? ReadCategories(RowScan row, decimal? fine, decimal? confiscated, string? certificate)
    {
        var ordinal = PenaltyLayout.Categories;
        var categories = row.Required(row.Text(ordinal), ordinal);
        if (categories is null)
        {
            return null;
        }

        if (categories.Contains('；', StringComparison.Ordinal))
        {
            categories = categories.Replace('；', ';');
            row.Warn(CellCodes.SeparatorNormalised, ordinal);
        }

        var demands = PenaltyCategories.DemandsOf(categories);
        if (demands.HasFlag(PenaltyDemands.Unknown))
        {
            row.Reject(CellCodes.UnknownCodeValue, ordinal);
            return null;
        }

        row.Require(fine is not null || !demands.HasFlag(PenaltyDemands.Fine), PenaltyLayout.Fine, CellCodes.MissingConditional);
        row.Require(confiscated is not null || !demands.HasFlag(PenaltyDemands.Confiscation), PenaltyLayout.Confiscated, CellCodes.MissingConditional);
        row.Require(certificate is not null || !demands.HasFlag(PenaltyDemands.Certificate), PenaltyLayout.Certificate, CellCodes.MissingConditional);
        row.Require(
            fine is not null || confiscated is not null || row.IsSpoiled(PenaltyLayout.Confiscated) || !demands.HasFlag(PenaltyDemands.EitherAmount),
            PenaltyLayout.Fine,
            CellCodes.MissingConditional);
        return categories;
    }
}
