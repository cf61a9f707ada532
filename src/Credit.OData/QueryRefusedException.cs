using Credit.Core.Containment;

namespace Credit.OData;

/// <summary>A query that is not answered: which option, why, with which status. It never carries the text of the query or of an inner error.</summary>
internal sealed class QueryRefusedException(int status, string code, string target, string chinese, string english) : Exception(english), INotTheModulesFault
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The option at fault.</summary>
    public string Target { get; } = target;

    public string Chinese { get; } = chinese;

    public static QueryRefusedException Invalid(string option) =>
        new(400, "query-invalid", option, $"查询选项 {option} 的内容无效，或引用了不存在、不可查询的属性。", $"The content of {option} is not valid, or names a property that does not exist or may not be asked for.");

    public static QueryRefusedException Unsupported(string option) =>
        new(501, "option-not-supported", option, $"不支持查询选项 {option}。", $"{option} is not supported.");

    /// <summary>A column of the model is not for this option.</summary>
    public static QueryRefusedException NotFor(string option) =>
        new(501, "option-not-supported", option, $"该属性不支持用于 {option}。", $"This property is not supported in {option}.");

    public static QueryRefusedException TooMuch(string option, string limit) =>
        new(400, "query-too-large", option, $"查询选项 {option} 超出限制: {limit}。", $"{option} exceeds a limit: {limit}.");
}
