using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>The class a department supervises a subject by, with the basis it states (R-3.1.6.b). One for each subject and department.</summary>
public sealed class SupervisionRating : Aggregate
{
    private SupervisionRating()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>The department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>The class.</summary>
    public SupervisionClass Class { get; private set; }

    /// <summary>What it rests on, for example an evaluation under the department's own rules.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>Account that set it.</summary>
    public string SetBy { get; private set; } = "";

    /// <summary>Day it was set.</summary>
    public DateOnly SetOn { get; private set; }

    internal static Outcome<SupervisionRating> Rate(Guid subjectId, string department, SupervisionClass @class, string basis, string by, DateOnly today) =>
        new SupervisionRating { SubjectId = subjectId, Department = department }.Change(@class, basis, by, today);

    /// <summary>Sets the class anew; the one before stays in the log.</summary>
    internal Outcome<SupervisionRating> Change(SupervisionClass @class, string basis, string by, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(basis))
        {
            return new Refusal("class-basis-missing", "请写明分类依据。", "State what the class rests on.", Clause.R("3.1.6.b"), "basis");
        }

        if (TextLength.Against(basis, TextLength.Text, "basis") is { } tooLong)
        {
            return tooLong;
        }

        (Class, Basis, SetBy, SetOn) = (@class, basis, by, today);
        Announce(new SupervisionClassSet(Id, SubjectId, Department, @class), Clause.R("3.1.6.b"));
        return this;
    }
}
