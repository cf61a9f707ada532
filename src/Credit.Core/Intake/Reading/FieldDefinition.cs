namespace Credit.Core.Intake.Reading;

/// <summary>What a field holds; decides which repairs of a damaged cell are safe.</summary>
internal enum FieldShape
{
    /// <summary>Free text or a name.</summary>
    Text,

    /// <summary>An identifier: a value that lost digits is never usable.</summary>
    Identifier,

    /// <summary>A civil day.</summary>
    Date,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>One or several values of a code list.</summary>
    Listed,
}

/// <summary>One field of a layout.</summary>
/// <param name="Code">Field code of the standard, for example <c>CF_WSH</c>.</param>
/// <param name="Header">Official Chinese header.</param>
/// <param name="MaxLength">Longest text in characters; 0 when the shape limits it.</param>
/// <param name="Mandatory">True when a file without this column is refused.</param>
/// <param name="Shape">What the field holds.</param>
/// <param name="Synonyms">Other headers and older field codes that mean this field.</param>
internal sealed record FieldDefinition(
    string Code,
    string Header,
    int MaxLength,
    bool Mandatory = false,
    FieldShape Shape = FieldShape.Text,
    params string[] Synonyms);

/// <summary>The fields of one kind of file. The position of a field in the list is its ordinal.</summary>
internal sealed class Layout
{
    private readonly Dictionary<string, int> _byHeader = new(StringComparer.Ordinal);

    /// <summary>Builds the header index.</summary>
    /// <param name="name">Name of the kind of record, as in routes: <c>penalties</c>.</param>
    /// <param name="fields">At most 64 fields.</param>
    /// <exception cref="ArgumentException">Two fields answer to the same header, or there are more than 64.</exception>
    public Layout(string name, params FieldDefinition[] fields)
    {
        if (fields.Length > 64)
        {
            throw new ArgumentException("A layout has at most 64 fields.", nameof(fields));
        }

        Name = name;
        Fields = fields;
        for (var ordinal = 0; ordinal < fields.Length; ordinal++)
        {
            var field = fields[ordinal];
            _byHeader.Add(HeaderText.Fold(field.Code), ordinal);
            foreach (var header in field.Synonyms.Append(field.Header).Select(HeaderText.Fold).Distinct(StringComparer.Ordinal))
            {
                _byHeader.Add(header, ordinal);
            }
        }
    }

    /// <summary>Name of the kind of record.</summary>
    public string Name { get; }

    /// <summary>The fields by ordinal.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; }

    /// <summary>Ordinal of the field that a header cell names, by header, synonym or field code; -1 when it names none.</summary>
    public int Find(string header) => _byHeader.GetValueOrDefault(HeaderText.Fold(header), -1);

    /// <summary>Ordinal of a field by its code.</summary>
    /// <exception cref="KeyNotFoundException">The layout has no such field.</exception>
    public int Ordinal(string code) => _byHeader[HeaderText.Fold(code)];
}
