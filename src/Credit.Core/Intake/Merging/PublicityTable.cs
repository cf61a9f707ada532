using System.Text;
using System.Text.Json;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Npgsql;

namespace Credit.Core.Intake.Merging;

/// <summary>A column of a table of records, and the field of the layout it holds.</summary>
/// <param name="Name">Column.</param>
/// <param name="Type">Type in PostgreSQL.</param>
/// <param name="Field">Field code; null for what the platform computes.</param>
internal sealed record RecordColumn(string Name, string Type, string? Field);

/// <summary>How one kind of double-publicity record lies in its table; the merge is written once for all kinds.</summary>
/// <typeparam name="TRecord">The normalised record.</typeparam>
internal abstract class PublicityTable<TRecord>
    where TRecord : PublicityRecord
{
    private readonly string[] _particulars;

    /// <param name="table">Table in schema <c>core</c>.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="prefix"><c>CF</c> or <c>XK</c>.</param>
    /// <param name="organ">Field of the organ's name, of its code, of the source and of its code.</param>
    protected PublicityTable(string table, Layout layout, string prefix, (string Name, string Code, string Source, string SourceCode) organ)
    {
        Table = table;
        Layout = layout;
        _particulars =
        [
            $"{prefix}_XDR_GSZC", $"{prefix}_XDR_ZZJG", $"{prefix}_XDR_SWDJ", $"{prefix}_XDR_SYDW", $"{prefix}_XDR_SHZZ", $"{prefix}_FR_ZJLX", $"{prefix}_XDR_ZJLX",
        ];
        Shared =
        [
            new("id", "uuid", null), new("row", "int", null), new("natural_key", "uuid", null), new("content_hash", "bytea", null),
            new("subject_name", "text", $"{prefix}_XDR_MC"), new("subject_category", "text", $"{prefix}_XDR_LB"), new("subject_code", "text", $"{prefix}_XDR_SHXYM"),
            new("subject_mask", "text", null), new("subject_lookup", "text", $"{prefix}_XDR_ZJHM"), new("subject_sealed", "bytea", null),
            new("legal_representative", "text", $"{prefix}_FRDB"), new("representative_lookup", "text", $"{prefix}_FR_ZJHM"), new("representative_sealed", "bytea", null),
            new("document_number", "text", $"{prefix}_WSH"), new("decided_on", "date", $"{prefix}_JDRQ"), new("organ", "text", organ.Name), new("organ_code", "text", organ.Code),
            new("source", "text", organ.Source), new("source_code", "text", organ.SourceCode), new("remark", "text", "BZ"), new("particulars", "jsonb", null),
            new("due", "date", null), new("late", "bool", null), new("scope", "text", null), new("public_until", "date", null),
        ];
    }

    /// <summary>Table in schema <c>core</c>.</summary>
    public string Table { get; }

    /// <summary>The layout.</summary>
    public Layout Layout { get; }

    /// <summary>Columns all kinds have, in the order they are staged.</summary>
    public IReadOnlyList<RecordColumn> Shared { get; }

    /// <summary>Columns of this kind alone, in the order they are staged.</summary>
    public abstract IReadOnlyList<RecordColumn> Own { get; }

    /// <summary>All columns.</summary>
    public IEnumerable<RecordColumn> Columns => Shared.Concat(Own);

    /// <summary>Judges a row.</summary>
    public abstract ReadRow<TRecord> Read(RawRow raw, Cells.IntakeRun run);

    /// <summary>Last day shown to the public (R-3.1.4.h).</summary>
    public abstract DateOnly PublicUntil(TRecord record, PolicyPack pack);

    /// <summary>True when the framework shows such records to the public at all; the others are kept (I90).</summary>
    public virtual bool Shown(TRecord record, PolicyPack pack) => true;

    /// <summary>Name and code of the reporting organ.</summary>
    public abstract (string Name, string Code) SourceOf(TRecord record);

    /// <summary>The remark.</summary>
    public abstract string? RemarkOf(TRecord record);

    /// <summary>Fields of this kind without a column, by code.</summary>
    protected virtual (string Field, string? Value)? OwnParticular(TRecord record) => null;

    /// <summary>Hashes and seals what must not lie open.</summary>
    public RowSecrets SecretsOf(TRecord record, PersonVault vault)
    {
        var party = record.Counterpart;
        var (number, representative) = (party.CertificateNumber, party.LegalRepresentativeNumber);
        return new(
            number is null ? null : vault.Lookup(party.Certificate!.Key, number),
            number is null ? null : vault.Seal(number),
            representative is null ? null : vault.Lookup("representative", representative),
            representative is null ? null : vault.Seal(representative),
            ParticularsOf(record));
    }

    /// <summary>Writes all columns of a row.</summary>
    public void Write(NpgsqlBinaryImporter copy, in StagedRow<TRecord> row, PolicyPack pack)
    {
        copy.Write(row.Id);
        copy.Write(row.Row);
        copy.Write(row.Key.ToGuid());
        copy.Write(row.Record.ContentHash);
        WriteShared(copy, row.Record, row.Secrets, pack);
        WriteOwn(copy, row.Record, pack);
    }

    /// <summary>Writes the columns of this kind alone.</summary>
    protected abstract void WriteOwn(NpgsqlBinaryImporter row, TRecord record, PolicyPack pack);

    // All but identity, row, key and hash.
    private void WriteShared(NpgsqlBinaryImporter row, TRecord record, in RowSecrets secrets, PolicyPack pack)
    {
        var party = record.Counterpart;
        row.Write(party.Name);
        row.Write(Counterpart.TitleOf(party.Kind));
        row.WriteText(party.UnifiedCode);
        row.WriteText(party.CertificateNumber is { } shown ? MaskedIdentifier.Of(shown).ToString() : null);
        row.WriteText(secrets.SubjectLookup);
        row.WriteBytes(secrets.SubjectSealed);
        row.WriteText(party.LegalRepresentative);
        row.WriteText(secrets.RepresentativeLookup);
        row.WriteBytes(secrets.RepresentativeSealed);
        row.Write(record.DocumentNumber);
        row.Write(record.DecidedOn);
        row.Write(record.Organ);
        row.Write(record.OrganCode ?? "");
        var source = SourceOf(record);
        row.Write(source.Name);
        row.Write(source.Code);
        row.WriteText(RemarkOf(record));
        row.WriteJson(secrets.Particulars);
        row.WriteDay(record.Timing.Due);
        row.Write(record.Timing.OnTime == false);
        row.Write(!Shown(record, pack) ? "Never" : record.Publication switch { Publication.Public => "Full", Publication.Masked => "Masked", _ => "Never" });
        row.Write(PublicUntil(record, pack));
    }

    private string? ParticularsOf(TRecord record)
    {
        var party = record.Counterpart;
        string?[] values =
        [
            party.RegistrationNumber, party.OrganisationCode, party.TaxNumber, party.InstitutionNumber, party.SocialOrganisationNumber,
            party.LegalRepresentativeCertificate?.Title, party.Certificate?.Title,
        ];
        var own = OwnParticular(record);
        if (own is null && values.All(value => value is null))
        {
            return null;
        }

        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is { } value)
                {
                    json.WriteString(_particulars[i], value);
                }
            }

            if (own is { } extra)
            {
                json.WriteString(extra.Field, extra.Value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
