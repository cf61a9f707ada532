namespace Credit.Core.Tests.OData;

/// <summary>What a refusal looks like.</summary>
internal static class Refusals
{
    public static void Refused(FeedAnswer answer)
    {
        (answer.Status is >= 400 and < 500 and not 429 or 501).ShouldBeTrue($"{answer.Status} {answer.Body}");
        answer.Headers["OData-Version"].ShouldStartWith("4.0");
        Blank(answer);
    }

    public static void Blank(FeedAnswer answer)
    {
        answer.ErrorCode.ShouldMatch("^[a-z0-9-]+$");
        answer.Json.GetProperty("error").GetProperty("message").GetString()!.ShouldMatch("[\u4e00-\u9fff].*[a-z]");
        foreach (var trace in new[] { "   at ", "Exception", "Microsoft", "System.", "Npgsql", "innererror", "stack", "permission denied", "core." })
        {
            answer.Body.ShouldNotContain(trace, Case.Insensitive);
        }

        // Upper case only: $select is the name of an option, SELECT would be the text of a statement.
        answer.Body.ShouldNotContain("SELECT", Case.Sensitive);
    }
}
