namespace Credit.Domain.Subjects;

/// <summary>The first thing wrong with a code; checks run in the order of the members' meaning, cheapest first.</summary>
public enum CodeFault
{
    /// <summary>The code is good.</summary>
    None,

    /// <summary>Nothing was given.</summary>
    Empty,

    /// <summary>Too short or too long for its kind.</summary>
    Length,

    /// <summary>A character the kind of code never uses (I, O, S, V, Z in a unified code).</summary>
    Alphabet,

    /// <summary>The area part never existed in GB/T 2260.</summary>
    AreaUnknown,

    /// <summary>The registration department and category at the head of a unified code do not exist.</summary>
    CategoryUnknown,

    /// <summary>The check character does not fit.</summary>
    CheckDigit,

    /// <summary>The birth date inside does not exist, or lies in an age nobody alive belongs to.</summary>
    BirthDate,

    /// <summary>The layout of the certificate type is not met.</summary>
    Format,

    /// <summary>A citizen identity number stands where a unified code belongs: personal data, to be kept away from code columns.</summary>
    IsIdNumber,
}
