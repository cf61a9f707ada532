using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;

namespace Credit.OData.Sets;

/// <summary>Revisions of the list of measures made at run time.</summary>
public sealed record MemorandumRevisionRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>New, a new version, or the end of a memorandum.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Code of the memorandum.</summary>
    public string Code { get; init; } = "";

    /// <summary>Version of the memorandum.</summary>
    public int Number { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who concluded it.</summary>
    public string Level { get; init; } = "";

    /// <summary>Day it was signed.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>First day it counts; of a retirement the first day the memorandum counts no more.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day it was drawn up.</summary>
    public DateOnly ProposedOn { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>Revisions that were approved; all of them for those who see all.</summary>
internal sealed class MemorandumRevisionSet(OfficialDbContext db, Caller caller) : IEntitySet<MemorandumRevisionRow>
{
    public static string Name => "MemorandumRevisions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Revisions of the list of measures made at run time.";

    public static void Shape(ISetShape<MemorandumRevisionRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Kind, each => each.Code, each => each.Number, each => each.State, each => each.EffectiveFrom, each => each.ProposedOn)
        .Sort(each => each.Code, each => each.Number, each => each.EffectiveFrom)
        .Page(size: 100, max: 1000);

    public IQueryable<MemorandumRevisionRow> Rows() =>
        db.MemorandumRevisions
            .Where(each => caller.SeesAllDepartments || each.State == RevisionState.InForce || each.State == RevisionState.Retired)
            .Select(each => new MemorandumRevisionRow
            {
                Id = each.Id,
                Kind = each.Kind.ToString(),
                Code = each.Code,
                Number = each.Number,
                Title = each.Title,
                Level = each.Level.ToString(),
                SignedOn = each.SignedOn,
                EffectiveFrom = each.EffectiveFrom,
                State = each.State.ToString(),
                ProposedOn = each.ProposedOn,
                DecidedOn = each.DecidedOn,
            });
}
