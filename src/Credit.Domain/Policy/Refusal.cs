namespace Credit.Domain.Policy;

/// <summary>One reason against a request. A refusal is a value; exceptions mean a bug or a broken environment.</summary>
/// <param name="Code">Stable code in kebab case, listed at <c>/enums/errors</c>.</param>
/// <param name="Chinese">The sentence for people, in Chinese. Never holds a full identifier.</param>
/// <param name="English">The same sentence in English.</param>
/// <param name="Clause">The rule that refuses.</param>
/// <param name="Field">The input member at fault in camel case; null when the state is at fault, not the input.</param>
public sealed record Refusal(string Code, string Chinese, string English, Clause Clause, string? Field = null);
