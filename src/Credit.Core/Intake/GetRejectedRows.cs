using System.Text;
using Credit.Core.Http;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Reading;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake;

/// <summary>
/// The rows that were not taken in, as a CSV file with the reason beside each cell, for the department that sent them. Reason
/// columns are outside the layout, so the mended file can be sent as it is.
/// </summary>
internal sealed class GetRejectedRows : IUseCase
{
    private static readonly RowVerdict[] SentBack = [RowVerdict.Conflict, RowVerdict.Quarantined, RowVerdict.Rejected];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/intake/batches/{id:guid}/rejected.csv", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(GetRejectedRows))
            .WithSummary("Fetch the rejected, quarantined and contradicting rows as CSV, the reason beside each cell")
            .Produces<string>(contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, CreditDbContext db, Caller caller, IEnumerable<IIntakeKind> kinds, PersonVault vault, HttpRequest request, CancellationToken cancel)
    {
        // Cells hold identifiers of persons: they go back to their sender and to nobody else.
        if (await db.FindBatchAsync(id, caller, cancel) is not { } batch || batch.Department != caller.Department)
        {
            return TypedResults.NotFound();
        }

        var rows = db.IntakeRows.AsNoTracking().Where(row => row.BatchId == id && SentBack.Contains(row.Verdict) && row.Resolution == null && row.Cells != null);
        HashSet<string> faulty = new(StringComparer.Ordinal);
        await foreach (var issues in rows.Select(row => row.Issues).Distinct().AsAsyncEnumerable().WithCancellation(cancel))
        {
            faulty.UnionWith(RowFates.Read(issues).Select(issue => issue.Field ?? ""));
        }

        var sheet = new ReasonSheet(kinds.Single(kind => kind.Layout.Name == batch.Kind).Layout, faulty, request.WantsEnglish());
        var ordered = rows.OrderBy(row => row.Row).AsAsyncEnumerable();
        return Results.Stream(
            async body =>
            {
                await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
                await text.WriteLineAsync(sheet.Header().AsMemory(), cancel);
                await foreach (var row in ordered.WithCancellation(cancel))
                {
                    await text.WriteLineAsync(sheet.Line(row, RowFates.Open(row.Row, row.Cells!, vault)).AsMemory(), cancel);
                }
            },
            "text/csv; charset=utf-8",
            $"rejected-{id}.csv");
    }

    /// <summary>Lays rows out: number, verdict, reasons of the whole row, then every field, with its reasons right of it where any row has some.</summary>
    private sealed class ReasonSheet(Layout layout, HashSet<string> faulty, bool english)
    {
        private readonly FieldDefinition[] _fields = [.. layout.Fields];

        public string Header()
        {
            List<string> cells = english ? ["Row", "Verdict", "Reason"] : ["原行号", "结论", "原因"];
            foreach (var field in _fields)
            {
                cells.Add(field.Header);
                if (faulty.Contains(field.Code))
                {
                    cells.Add(english ? $"{field.Header} (reason)" : $"{field.Header}·原因");
                }
            }

            return Join(cells);
        }

        public string Line(IntakeRow row, RawRow raw)
        {
            var issues = RowFates.Read(row.Issues);
            List<string> cells = [row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Verdict.ToString(), Reasons(issues.Where(issue => issue.Field is null))];
            foreach (var field in _fields)
            {
                cells.Add(raw.Cells.GetValueOrDefault(field.Code) ?? "");
                if (faulty.Contains(field.Code))
                {
                    cells.Add(Reasons(issues.Where(issue => issue.Field == field.Code)));
                }
            }

            return Join(cells);
        }

        private string Reasons(IEnumerable<KeptIssue> issues) =>
            string.Join(english ? "; " : "；", issues.Select(IssueView.Of).Select(issue => $"{issue.Code} {(english ? issue.En : issue.Zh)}"));

        private static string Join(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));

        // A cell that a spreadsheet would run as a formula is shown as text (X26).
        private static string Cell(string value)
        {
            var text = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
            return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }
    }
}
