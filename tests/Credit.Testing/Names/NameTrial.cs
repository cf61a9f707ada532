namespace Credit.Testing.Names;

/// <summary>How well a way of searching answers the questions, taken by its first answer.</summary>
/// <param name="First">Of the questions that mean somebody, those whose first answer is right whatever its score.</param>
/// <param name="Precision">Of the first answers at or above the score, those that are right.</param>
/// <param name="Recall">Of the questions that mean somebody, those whose first answer is right and at or above the score.</param>
public sealed record NameTrial(double First, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>Counts answers that were given.</summary>
    /// <param name="answers">Each question with its first answer; null for none.</param>
    /// <param name="least">Score at or above which an answer counts.</param>
    public static NameTrial Of(IReadOnlyCollection<(LabelledName Question, (Guid Id, double Score)? First)> answers, double least)
    {
        var meant = answers.Count(each => each.Question.Meant is not null);
        var given = answers.Count(each => each.First is { } first && first.Score >= least);
        var right = answers.Where(each => each.Question.Meant is { } id && each.First is { } first && first.Id == id).ToArray();
        var counted = right.Count(each => each.First!.Value.Score >= least);
        return new((double)right.Length / Math.Max(1, meant), given == 0 ? 1 : (double)counted / given, (double)counted / Math.Max(1, meant));
    }

    /// <summary>The score at which precision and recall balance best, in steps of a hundredth.</summary>
    public static double BestLeast(IReadOnlyCollection<(LabelledName Question, (Guid Id, double Score)? First)> answers) =>
        Enumerable.Range(1, 99).Select(step => step / 100.0).MaxBy(least => Of(answers, least).F1);
}
