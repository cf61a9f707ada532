namespace Credit.Domain.Subjects;

/// <summary>What the second character of a unified code says about the body.</summary>
/// <param name="Code">Second character.</param>
/// <param name="Title">Official title.</param>
public sealed record BodyCategory(char Code, string Title);

/// <summary>登记管理部门: the first character of a unified code, with the categories it may assign (R-3.1.3.a).</summary>
/// <param name="Code">First character.</param>
/// <param name="Title">Official title.</param>
/// <param name="RegistrarTitles">Words in the name of a registrar that show it belongs to this department. A bureau that took over from two departments belongs to both.</param>
/// <param name="Categories">Categories in use.</param>
public sealed record RegistrationDepartment(
    char Code, string Title, IReadOnlyList<string> RegistrarTitles, IReadOnlyList<BodyCategory> Categories)
{
    /// <summary>All departments of GB 32100-2015 and its later additions.</summary>
    public static IReadOnlyList<RegistrationDepartment> All { get; } =
        EmbeddedFile.Read<DepartmentFile>("uscc-categories.json").Departments;

    private sealed record DepartmentFile(IReadOnlyList<string> Sources, IReadOnlyList<RegistrationDepartment> Departments);
}
