using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Http;

/// <summary>What one stable error code means, in both languages.</summary>
/// <param name="Code">Stable code in kebab case.</param>
/// <param name="Status">HTTP status it usually comes with.</param>
/// <param name="Zh">What happened, in Chinese.</param>
/// <param name="En">What happened, in English.</param>
/// <param name="HintZh">What to do about it, in Chinese.</param>
/// <param name="HintEn">What to do about it, in English.</param>
internal sealed record ErrorMeaning(string Code, int Status, string Zh, string En, string HintZh, string HintEn);

/// <summary>Every error code the platform answers with; the data files are <c>Reference/errors.json</c> and a module's <c>errors.json</c>, the page is <c>/enums/errors</c>.</summary>
internal sealed class ErrorCatalogue
{
    private static readonly JsonSerializerOptions FileFormat = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly FrozenDictionary<string, ErrorMeaning> _byCode;

    private ErrorCatalogue(IReadOnlyList<ErrorMeaning> all)
    {
        All = all;
        _byCode = all.ToFrozenDictionary(meaning => meaning.Code, StringComparer.Ordinal);
    }

    /// <summary>All codes, in order of their names.</summary>
    public IReadOnlyList<ErrorMeaning> All { get; }

    /// <summary>The meaning of a code; null when it is not in the catalogue.</summary>
    public ErrorMeaning? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>Reads the catalogue that is part of this assembly, and what modules add in an <c>errors.json</c> of their own.</summary>
    /// <param name="modules">Assemblies of modules.</param>
    /// <exception cref="ArgumentException">A code occurs twice.</exception>
    public static ErrorCatalogue Load(params IEnumerable<Assembly> modules)
    {
        var own = Read(typeof(ErrorCatalogue).Assembly) ?? throw new InvalidOperationException("The error catalogue is not in the assembly.");
        return new ErrorCatalogue([.. own.Concat(modules.SelectMany(module => Read(module) ?? [])).OrderBy(meaning => meaning.Code, StringComparer.Ordinal)]);
    }

    private static ErrorMeaning[]? Read(Assembly assembly)
    {
        using var file = assembly.GetManifestResourceStream("errors.json");
        return file is null ? null : JsonSerializer.Deserialize<ErrorMeaning[]>(file, FileFormat)!;
    }

    /// <summary>The code of an answer that names none.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "token-missing",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status406NotAcceptable => "not-acceptable",
        StatusCodes.Status408RequestTimeout => "request-timeout",
        StatusCodes.Status409Conflict => "conflict",
        StatusCodes.Status410Gone => "gone",
        StatusCodes.Status412PreconditionFailed => "stale-version",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status422UnprocessableEntity => "invalid-member",
        StatusCodes.Status428PreconditionRequired => "version-required",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "too-large",
        StatusCodes.Status501NotImplemented => "not-supported",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        >= 500 => "internal",
        _ => "bad-request",
    };
}
