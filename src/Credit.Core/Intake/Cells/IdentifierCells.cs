using System.Buffers;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Cells;

/// <summary>Codes of organisations and certificates of persons: cleaned, checked, and every finding named.</summary>
internal static class IdentifierCells
{
    private static readonly SearchValues<char> Clean = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Gaps = SearchValues.Create(" \t\u00A0\u3000-‐–—");

    /// <summary>A code without spaces, hyphens and invisible characters, in half width and upper case; null when nothing is left.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="caseCode">Finding for lower-case letters; null where case is of no account.</param>
    public static string? Identifier(this RowScan row, int ordinal, string? caseCode = null)
    {
        var raw = row.Raw(ordinal);
        if (raw is null || !raw.AsSpan().ContainsAnyExcept(Clean))
        {
            return raw;
        }

        Span<char> buffer = raw.Length <= 128 ? stackalloc char[raw.Length] : new char[raw.Length];
        var length = 0;
        var (wide, lower, invisible) = (false, false, false);
        // Only spaces between characters are worth a word of their own; those at the ends are trimmed.
        var inner = raw.AsSpan().Trim().ContainsAny(Gaps);
        foreach (var letter in raw)
        {
            var half = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;
            if (TextCells.IsInvisible(half))
            {
                invisible = true;
                continue;
            }

            if (char.IsWhiteSpace(half) || half is '-' or '‐' or '–' or '—')
            {
                continue;
            }

            wide |= half != letter;
            lower |= char.IsAsciiLetterLower(half);
            buffer[length++] = char.ToUpperInvariant(half);
        }

        if (length == 0)
        {
            return null;
        }

        Say(row, ordinal, wide, CellCodes.FullWidthNormalised);
        Say(row, ordinal, invisible, CellCodes.ZeroWidthRemoved);
        Say(row, ordinal, inner, CellCodes.CodeSpacesRemoved);
        Say(row, ordinal, !inner && (char.IsWhiteSpace(raw[0]) || char.IsWhiteSpace(raw[^1])), CellCodes.WhitespaceTrimmed);
        Say(row, ordinal, lower && caseCode is not null, caseCode ?? "");
        return new string(buffer[..length]);
    }

    /// <summary>A unified social credit code.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="ofSubject">True for the subject of the record: a wrong check character may then be a real legacy code, which the registrar can confirm.</param>
    public static string? UnifiedCode(this RowScan row, int ordinal, bool ofSubject)
    {
        var code = row.Identifier(ordinal, CellCodes.UsccCaseNormalised);
        if (code is null)
        {
            return null;
        }

        var fault = row.Run.CheckUnifiedCode(code, ordinal);
        if (fault == CodeFault.None)
        {
            return code;
        }

        if (fault == CodeFault.CheckDigit && ofSubject)
        {
            row.Quarantine(CellCodes.UsccCheckDigit, ordinal);
            return code;
        }

        row.Reject(
            fault switch
            {
                CodeFault.Length => CellCodes.UsccLength,
                CodeFault.Alphabet or CodeFault.Format => CellCodes.UsccAlphabet,
                CodeFault.AreaUnknown => CellCodes.UsccAreaUnknown,
                CodeFault.CategoryUnknown => CellCodes.UsccCategoryUnknown,
                CodeFault.IsIdNumber => CellCodes.UsccIsIdNumber,
                _ => CellCodes.UsccCheckDigit,
            },
            ordinal);
        return null;
    }

    /// <summary>A nine-character organisation code; a wrong one is kept for the registrar.</summary>
    public static string? LegacyOrganisationCode(this RowScan row, int ordinal)
    {
        var code = row.Identifier(ordinal);
        if (code is not null && OrganizationCode.Check(code) != CodeFault.None)
        {
            row.Quarantine(CellCodes.OrganisationCodeCheckDigit, ordinal);
        }

        return code;
    }

    /// <summary>The type of a certificate by its official title; refuses titles outside the code list.</summary>
    public static PersonIdentifierType? CertificateType(this RowScan row, int ordinal)
    {
        var title = row.Text(ordinal);
        if (title is null)
        {
            return null;
        }

        if (PersonIdentifiers.TryFind(title, out var type))
        {
            return type;
        }

        row.Reject(CellCodes.UnknownCodeValue, ordinal);
        return null;
    }

    /// <summary>A certificate number as it is stored, and the birth date in it where the type holds one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="type">The certificate; null when unknown, then the number is only cleaned.</param>
    public static (string? Number, DateOnly? BirthDate) Certificate(this RowScan row, int ordinal, PersonIdentifierType? type)
    {
        var raw = row.Raw(ordinal);
        if (raw is not null && LostDigits(raw))
        {
            row.Reject(Reading.ReaderCodes.PrecisionLost, ordinal);
            return (null, null);
        }

        var number = row.Identifier(ordinal, CellCodes.IdCaseNormalised);
        if (number is null || type is null)
        {
            return (number, null);
        }

        var fault = PersonIdentifiers.Check(type, number);
        if (fault != CodeFault.None)
        {
            row.Reject(
                fault switch
                {
                    CodeFault.Length when number.AsSpan().ContainsAnyExceptInRange('0', '9') && number.Length < 15 => CellCodes.IdFormat,
                    CodeFault.Length => CellCodes.IdLength,
                    CodeFault.AreaUnknown => CellCodes.IdAreaUnknown,
                    CodeFault.BirthDate => CellCodes.IdBirthDate,
                    CodeFault.CheckDigit => CellCodes.IdCheckDigit,
                    _ => CellCodes.IdFormat,
                },
                ordinal);
            return (null, null);
        }

        var stored = PersonIdentifiers.Normalise(type, number);
        if (stored.Length != number.Length)
        {
            row.Warn(CellCodes.Id15Converted, ordinal);
        }

        return (stored, PersonIdentifiers.BirthDate(type, stored));
    }

    private static void Say(RowScan row, int ordinal, bool happened, string code)
    {
        if (happened)
        {
            row.Warn(code, ordinal);
        }
    }

    /// <summary>Scientific notation: a spreadsheet has rounded the number before it was saved as text.</summary>
    private static bool LostDigits(string raw)
    {
        var mark = raw.AsSpan().IndexOfAny('E', 'e');
        return mark > 0 && mark + 2 < raw.Length && raw[mark + 1] is '+' && double.TryParse(raw, System.Globalization.CultureInfo.InvariantCulture, out _);
    }
}
