namespace Credit.Core.Reference;

/// <summary>A task of the annex of the policy and who answers for it. 序号 19 and what follows are lost in the text: they are not invented.</summary>
/// <param name="No">序号.</param>
/// <param name="Title">重点任务, in its official wording.</param>
/// <param name="Responsible">责任单位, in its official wording.</param>
/// <param name="Leads">Departments named as 牵头.</param>
/// <param name="Members">Further departments named.</param>
/// <param name="Everyone">Every department, town, street and the development zone answers for its part.</param>
internal sealed record TaskAssignment(int No, string Title, string Responsible, IReadOnlyList<string> Leads, IReadOnlyList<string> Members, bool Everyone)
{
    /// <summary>The table that ships with the core.</summary>
    public static IReadOnlyList<TaskAssignment> LoadAll() => ReferenceFile.Read<TaskAssignment[]>("task-assignments.json");

    /// <summary>
    /// Who reports on it: those who lead; where nobody does, those named; where nobody is named, every body of the district that
    /// holds public office. Towns have no accounts of their own yet.
    /// </summary>
    public IEnumerable<string> Reporters(DepartmentDirectory departments) =>
        Leads.Count > 0 ? Leads
        : Members.Count > 0 ? Members
        : departments.All
            .Where(department => !department.OutsideDistrict && department.Kind is not (BodyKind.Association or BodyKind.FinancialInstitution))
            .Select(department => department.Key);
}
