using Credit.Domain.Policy;

namespace Credit.Core.Register;

/// <summary>Something that is no aggregate of the domain, made by a step that is in the log, whose later changes each have an entry too (I80).</summary>
internal interface ILogged
{
    /// <summary>Identity.</summary>
    Guid Id { get; }

    /// <summary>Counted up by each change; a change of another version than the one read is not saved (I89).</summary>
    int Version { get; set; }

    /// <summary>What the change just made is called, and the clause it rests on.</summary>
    (object Announcement, Clause Clause) Change { get; }
}

/// <summary>The log keeps the SHA-256 of this field, not the field.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HashedInLogAttribute : Attribute;
