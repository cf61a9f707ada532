namespace Credit.Core.Intake.Cells;

/// <summary>Codes of findings about cells; explained in Chinese and English by <see cref="IntakeCodes"/>.</summary>
internal static class CellCodes
{
    public const string AmountFormat = "AMOUNT_FORMAT";
    public const string AmountImplausible = "AMOUNT_IMPLAUSIBLE";
    public const string AmountNegative = "AMOUNT_NEGATIVE";
    public const string AmountNormalised = "AMOUNT_NORMALISED";
    public const string AmountOutOfRange = "AMOUNT_OUT_OF_RANGE";
    public const string AmountPrecision = "AMOUNT_PRECISION";
    public const string CalendarNotLoaded = "CALENDAR_NOT_LOADED";
    public const string CodeSpacesRemoved = "CODE_SPACES_REMOVED";
    public const string DateFormat = "DATE_FORMAT";
    public const string DateFuture = "DATE_FUTURE";
    public const string DateInvalid = "DATE_INVALID";
    public const string DateNormalised = "DATE_NORMALISED";
    public const string DateOrder = "DATE_ORDER";
    public const string DocumentNumberNormalised = "DOCNO_NORMALISED";
    public const string FormulaLikeText = "FORMULA_LIKE_TEXT";
    public const string FullWidthNormalised = "FULLWIDTH_NORMALISED";
    public const string Id15Converted = "ID_15_CONVERTED";
    public const string IdAreaUnknown = "ID_AREA_UNKNOWN";
    public const string IdBirthDate = "ID_BIRTH_DATE";
    public const string IdCaseNormalised = "ID_CASE_NORMALISED";
    public const string IdCheckDigit = "ID_CHECK_DIGIT";
    public const string IdFormat = "ID_FORMAT";
    public const string IdLength = "ID_LENGTH";
    public const string LongTermNormalised = "LONG_TERM_NORMALISED";
    public const string MiddleDotNormalised = "MIDDLE_DOT_NORMALISED";
    public const string MinorNotPublished = "MINOR_NOT_PUBLISHED";
    public const string MissingConditional = "MISSING_CONDITIONAL";
    public const string MissingMandatory = "MISSING_MANDATORY";
    public const string NameSpaceRemoved = "NAME_SPACE_REMOVED";
    public const string OrganisationCodeCheckDigit = "ORGCODE_CHECK_DIGIT";
    public const string OrganisationHasPersonId = "ORG_HAS_PERSON_ID";
    public const string PersonalDataInText = "PERSONAL_DATA_IN_TEXT";
    public const string PersonHasLegalRepresentative = "PERSON_HAS_LEGAL_REP";
    public const string PersonHasOrganisationCode = "PERSON_HAS_ORG_CODE";
    public const string PrivateUseCharacter = "PUA_CHARACTER";
    public const string SeparatorNormalised = "SEPARATOR_NORMALISED";
    public const string SerialWithoutFormat = "SERIAL_WITHOUT_FORMAT";
    public const string StatusNormalised = "STATUS_NORMALISED";
    public const string TextTooLong = "TEXT_TOO_LONG";
    public const string TimeZone = "TIME_ZONE";
    public const string UnknownCodeValue = "UNKNOWN_CODE_VALUE";
    public const string UnusualCharacters = "UNUSUAL_CHARACTERS";
    public const string UsccAlphabet = "USCC_ALPHABET";
    public const string UsccAreaUnknown = "USCC_AREA_UNKNOWN";
    public const string UsccCaseNormalised = "USCC_CASE_NORMALISED";
    public const string UsccCategoryUnknown = "USCC_CATEGORY_UNKNOWN";
    public const string UsccCheckDigit = "USCC_CHECK_DIGIT";
    public const string UsccIsIdNumber = "USCC_IS_ID_NUMBER";
    public const string UsccLength = "USCC_LENGTH";
    public const string WhitespaceTrimmed = "WHITESPACE_TRIMMED";
    public const string ZeroWidthRemoved = "ZERO_WIDTH_REMOVED";
}
