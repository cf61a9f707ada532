namespace Credit.Domain.Policy;

/// <summary>The clause a rule comes from.</summary>
/// <param name="Document">Document number of the policy or law.</param>
/// <param name="Number">Requirement id (<c>R-3.2.2.d</c>) or article number.</param>
public readonly record struct Clause(string Document, string Number)
{
    /// <summary>Document number of the district's policy of 2019.</summary>
    public const string Rencheng2019Document = "济任政发〔2019〕8号";

    /// <summary>A clause of the district's policy of 2019.</summary>
    /// <param name="number">Requirement id without its prefix, for example <c>3.2.2.d</c>.</param>
    public static Clause R(string number) => new(Rencheng2019Document, "R-" + number);

    /// <summary>A rule that no policy clause states but the platform needs: an invariant, a data standard, a design rule.</summary>
    /// <param name="name">Name of the standard or invariant, for example <c>GB 32100-2015</c> or <c>I89</c>.</param>
    public static Clause Standard(string name) => new("", name);

    /// <inheritdoc/>
    public override string ToString() => Number;
}
