using Credit.Core.Intake.Reading;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks.Batches;

/// <summary>
/// Reads a batch from a CSV file, in UTF-8 or GB18030: a column with the unified code, or columns with type and number of a certificate. Other
/// columns are passed over, so that a list made for something else can be sent as it is.
/// </summary>
internal static class BatchTable
{
    private static readonly string[] CodeColumns = ["CODE", "统一社会信用代码", "信用代码", "统一代码"];
    private static readonly string[] TypeColumns = ["CERTIFICATETYPE", "证件类型"];
    private static readonly string[] NumberColumns = ["CERTIFICATENUMBER", "证件号码"];

    /// <summary>Reads the rows; the reason when the file cannot be read, or has no column to find anybody by.</summary>
    public static Refusal? Read(Stream file, AskedRows rows)
    {
        if (TextSniffer.Find(file).Encoding is not { } encoding)
        {
            return Unreadable;
        }

        file.Position = 0;
        using var table = new CsvSource(file, encoding, SheetLimits.Default);
        if (!table.Read())
        {
            return NoColumn;
        }

        string[] header = [.. Enumerable.Range(0, table.Count).Select(column => HeaderText.Fold(table.Text(column).ToString()))];
        var (code, type, number) = (Place(header, CodeColumns), Place(header, TypeColumns), Place(header, NumberColumns));
        if (code < 0 && number < 0)
        {
            return NoColumn;
        }

        while (table.Read())
        {
            if (Enumerable.Range(0, table.Count).All(column => table.Text(column).IsWhiteSpace()))
            {
                continue;
            }

            rows.Add(number >= 0 && !table.Text(number).IsWhiteSpace()
                ? new CheckedSubject(SubjectKind.NaturalPerson, null, type < 0 ? null : table.Text(type).Trim().ToString(), table.Text(number).Trim().ToString())
                : new CheckedSubject(SubjectKind.LegalPerson, code < 0 ? null : table.Text(code).Trim().ToString()));
        }

        return null;
    }

    private static readonly Refusal Unreadable = new(
        "check-file-unreadable", "文件编码无法识别，请使用UTF-8或GB18030。", "The encoding of the file is not known: send UTF-8 or GB18030.", Clause.R("3.1.6.a"), "file");

    private static readonly Refusal NoColumn = new(
        "check-column-missing", "文件缺少统一社会信用代码或证件号码列。", "The file has no column with the unified code or the certificate number.", Clause.R("3.1.6.a"), "file");

    private static int Place(string[] header, string[] names) => Array.FindIndex(header, cell => names.Contains(cell));
}
