using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Domain.Subjects.Names;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects.Names;

/// <summary>
/// Somebody has a name and no code: which organisations may be meant, for a person to judge (R-3.1.5.a). A name proves nothing (I18): no
/// check, no listing and no refusal rests on what is found here, and nobody is found that is a natural person.
/// </summary>
internal sealed class SearchSubjects : IUseCase
{
    private const int ShortestName = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/subjects/search", HandleAsync)
            .RequireAuthorization(Access.Official)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(SearchSubjects))
            .WithSummary("Find organisations whose code is not known by name, pinyin or initials; candidates for review, never a verdict")
            .Produces<SearchAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithExample(new { name = "任城鑫源商貿公司", most = 5 });

    private static async Task<IResult> HandleAsync(
        SearchBody body, StatedPurpose purpose, HttpResponse response, CreditDbContext db, NameBook book, PolicyPack pack, Caller caller, TimeProvider clock,
        CancellationToken cancel)
    {
        var terms = pack.NameSearch;
        if (Against(body, terms).ToArray() is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        if (!await book.ReadyAsync(Patience, cancel))
        {
            response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, type: "/problems/names-loading", extensions: new Dictionary<string, object?> { ["code"] = "names-loading" });
        }

        await db.TraceAsync(caller, clock, purpose.Purpose, nameof(SearchSubjects), about: null, cancel);
        var position = book.Position;
        var found = book.Search(body.Name!, terms.LeastScore, body.Most ?? terms.Most);
        var ids = found.Select(match => match.SubjectId).ToArray();
        var subjects = await db.Subjects.AsNoTracking().Where(subject => ids.Contains(subject.Id) && subject.Kind != SubjectKind.NaturalPerson)
            .ToDictionaryAsync(subject => subject.Id, cancel);
        return TypedResults.Ok(new SearchAnswer(
            SearchAnswer.Review, clock.GetUtcNow(), position,
            [.. found.Where(match => subjects.ContainsKey(match.SubjectId)).Select(match => SubjectCandidate.Of(match, subjects[match.SubjectId]))]));
    }

    private static IEnumerable<Refusal> Against(SearchBody body, NameSearchTerms terms)
    {
        if (TextLength.Against(body.Name, TextLength.Name, "name") is { } tooLong)
        {
            yield return tooLong;
        }
        else if (NameText.Normalise(body.Name).Count(char.IsLetterOrDigit) < ShortestName)
        {
            yield return new("name-too-short", "请至少填写名称中的两个字或字母。", "Give at least two characters or letters of the name.", Clause.R("3.1.5.a"), "name");
        }

        if (body.Most is < 1 || body.Most > terms.Most)
        {
            yield return new(
                "names-out-of-range", $"返回条数为1至{terms.Most}。", $"Ask for 1 to {terms.Most} names.", Clause.R("3.1.5.a"), "most");
        }
    }

    /// <summary>A name to look for.</summary>
    /// <param name="Name">The name or a piece of it, in characters, in pinyin, or the initials of its pinyin.</param>
    /// <param name="Most">Candidates wanted at most; what the policy pack sets when absent.</param>
    internal sealed record SearchBody(string? Name = null, int? Most = null);

    /// <summary>Who may be meant.</summary>
    /// <param name="Outcome">Always <c>review</c>: a person decides who is meant, and goes on with the code.</param>
    /// <param name="AsOf">Instant of the answer, UTC.</param>
    /// <param name="Position">Position of the register log up to which names were looked through.</param>
    /// <param name="Candidates">The likeliest first; none when no name comes near. That says nothing of lists.</param>
    internal sealed record SearchAnswer(string Outcome, DateTimeOffset AsOf, long Position, IReadOnlyList<SubjectCandidate> Candidates)
    {
        /// <summary>The only outcome there is.</summary>
        public const string Review = "review";
    }

    /// <summary>An organisation that may be meant.</summary>
    /// <param name="SubjectId">The subject.</param>
    /// <param name="Kind">Kind of subject; never a natural person.</param>
    /// <param name="Name">Name as registered.</param>
    /// <param name="Code">Code in force; null when there is none.</param>
    /// <param name="Status">Standing in the registry.</param>
    /// <param name="Town">Town or street.</param>
    /// <param name="FormerName">True when it is a former name that matched.</param>
    /// <param name="Score">0 to 1; it orders candidates.</param>
    /// <param name="Reasons">What matched how, part by part.</param>
    internal sealed record SubjectCandidate(
        Guid SubjectId, SubjectKind Kind, string Name, string? Code, SubjectStatus Status, string? Town, bool FormerName, double Score, IReadOnlyList<NameReason> Reasons)
    {
        public static SubjectCandidate Of(NameMatch match, Subject subject) => new(
            subject.Id, subject.Kind, subject.Name, subject.Code, subject.Status, subject.Town, match.Former, match.Score, match.Reasons);
    }
}
