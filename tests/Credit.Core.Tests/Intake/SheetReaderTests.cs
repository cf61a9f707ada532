using System.IO.Compression;
using System.Text;
using Credit.Core.Intake;
using Credit.Core.Intake.Licences;
using Credit.Core.Intake.Penalties;
using Credit.Core.Intake.Reading;

namespace Credit.Core.Tests.Intake;

/// <summary>Files as a whole: formats, encodings, headers and everything hostile.</summary>
public class SheetReaderTests
{
    private static readonly Layout Small = new(
        "small",
        new FieldDefinition("A_NAME", "名称(全称)", 20, Mandatory: true),
        new FieldDefinition("A_CODE", "代码", 18, Mandatory: true, FieldShape.Identifier, "编码"),
        new FieldDefinition("A_DAY", "日期", 0, Shape: FieldShape.Date),
        new FieldDefinition("A_SUM", "金额(万元)", 0, Shape: FieldShape.Number),
        new FieldDefinition("A_TEXT", "事实", 5000));

    public static TheoryData<string> AllFiles =>
        [.. Expectations.Files.Values.Where(file => file.RecordKind is "penalty" or "licence").Select(file => file.File)];

    [Theory]
    [MemberData(nameof(AllFiles))]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Requirement", "R-3.2.4.a")]
    [Trait("Invariant", "I88")]
    public void A_file_as_a_whole_is_judged_as_planted(string name)
    {
        var expected = Expectations.Files[name];
        using var stream = File.OpenRead(Expectations.PathOf(name));
        using var sheet = SheetReader.Open(stream, name, expected.RecordKind == "penalty" ? PenaltyLayout.Layout : LicenceLayout.Layout);

        var rows = sheet.Rows().ToList();

        // Unknown members of single JSON objects are reported like unknown columns; the planted list speaks of rows only.
        var plantedIssues = (expected.FileIssues ?? []).Concat(expected.Rows.Any(row => row.Planted == "json-unknown-key") ? [FileCodes.UnknownColumnDropped] : []);
        sheet.Refused.ShouldBe(expected.FileVerdict == "reject");
        sheet.Findings.Select(finding => finding.Code).ShouldBe(plantedIssues);
        rows.Select(row => row.Number).ShouldBe(expected.Rows.Select(row => row.Row), ignoreOrder: true);
        if (!sheet.Refused && expected.HeaderRow is { } header)
        {
            sheet.HeaderRow.ShouldBe(header);
        }

        if (expected.UnknownColumns is { } unknown)
        {
            sheet.Findings.Single(finding => finding.Code == FileCodes.UnknownColumnDropped).Columns.ShouldBe(unknown);
        }

        if (expected.MissingColumns is { } missing)
        {
            sheet.Findings.Single(finding => finding.Code == FileCodes.MandatoryColumnMissing).Columns.ShouldBe(missing);
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.a")]
    public void Columns_outside_the_catalogue_are_reported_and_stored_nowhere()
    {
        var (sheet, rows) = Read("名称（全称）,宗教信仰,编码, 日期\n甲,秘密,1,2026-11-24\n");

        sheet.Findings.ShouldHaveSingleItem().Columns.ShouldBe(["宗教信仰"]);
        rows.Single().Cells.Values.ShouldNotContain("秘密");
    }

    [Fact]
    public void Rows_are_numbered_as_a_spreadsheet_shows_them_whatever_stands_inside_cells()
    {
        var (_, rows) = Read("标题\r\n\r\n名称(全称),代码,日期\r\n\"甲\r\n\"\"乙\"\", 丙\",1,\r\n,,\r\n丁,2,");

        rows.Select(row => row.Number).ShouldBe([4, 6]);
        rows[0].Cells["A_NAME"].ShouldBe("甲\r\n\"乙\", 丙");
        rows[1].Cells["A_CODE"].ShouldBe("2");
        rows[1].Cells["A_DAY"].ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Records_survive_every_way_the_stream_hands_out_its_bytes(int chunk)
    {
        var text = "名称(全称),代码,事实\r\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"甲𠮷{i},{i},\"第{i}行, \"\"引号\"\"\r\n{new string('字', i)}\"\r\n"));
        using var sheet = SheetReader.Open(new Trickle(Encoding.UTF8.GetBytes(text), chunk), "x.csv", Small);

        var rows = sheet.Rows().ToList();

        rows.Count.ShouldBe(500);
        rows.Select((row, i) => row.Cells["A_TEXT"] == $"第{i}行, \"引号\"\r\n{new string('字', i)}" && row.Cells["A_NAME"] == $"甲𠮷{i}").ShouldAllBe(same => same);
    }

    [Fact]
    public void An_unquoted_comma_is_blamed_on_the_text_that_makes_the_rest_fit()
    {
        var (_, rows) = Read("名称(全称),代码,事实,日期,金额(万元)\n甲,91370811MA3TEXT0X0,检查发现,货架上有,2026-11-24,1.5\n");

        var issue = rows.Single().Issues.ShouldHaveSingleItem();
        (issue.Code, issue.Field, issue.Column).ShouldBe((ReaderCodes.FieldCount, "A_TEXT", "事实"));
        rows.Single().Cells["A_DAY"].ShouldBe("2026-11-24");
    }

    [Fact]
    public void A_comma_at_the_end_of_every_line_shifts_nothing()
    {
        var (_, rows) = Read("名称(全称),代码,事实,日期\n,1,检查发现,2026-11-24,\n,,,,\n甲,1,,2026-11-24,,\n");

        rows.Select(row => row.Number).ShouldBe([2, 4]);
        rows.ShouldAllBe(row => row.Issues.Count == 0);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_rejects_its_row()
    {
        var (_, rows) = Read("名称(全称),代码,事实\n甲,1,\"没有\n乙,2,完\n");

        rows.Single().Issues.ShouldHaveSingleItem().Code.ShouldBe(ReaderCodes.QuoteNotClosed);
    }

    [Theory]
    [InlineData("名称(全称),代码,日期\n甲\0,1,\n", FileCodes.NulCharacter)]
    [InlineData(" \r\n\r\n ,,\n", FileCodes.EmptyFile)]
    [InlineData("甲,乙,丙\n1,2,3\n", FileCodes.HeaderNotFound)]
    [InlineData("名称(全称),日期,事实\n甲,,\n", FileCodes.MandatoryColumnMissing)]
    [InlineData("名称(全称),代码,编码\n甲,,\n", FileCodes.ColumnTwice)]
    [InlineData("{\"A_NAME\":1}", FileCodes.JsonNotARowArray)]
    [InlineData("[{\"A_NAME\":\"甲\",\"A_CODE\":\"1\"}", FileCodes.JsonMalformed)]
    [InlineData("[{\"A_NAME\":\"甲\",\"A_CODE\":\"1\"},]", FileCodes.JsonMalformed)]
    [InlineData("[{\"A_NAME\":\"甲\",\"A_CODE\":\"1\"}] x", FileCodes.JsonMalformed)]
    [InlineData("[{\"A_NAME\":\"甲\",\"A_CODE\":\"1\",\"代码\":\"2\"}]", FileCodes.ColumnTwice)]
    [InlineData("[{\"A_NAME\":\"甲\"}]", FileCodes.MandatoryColumnMissing)]
    [InlineData("[{\"\\ud800\":\"甲\"}]", FileCodes.JsonMalformed)]
    public void A_file_that_cannot_be_trusted_is_refused_as_a_whole(string content, string code)
    {
        var (sheet, rows) = Read(content);

        sheet.Refused.ShouldBeTrue();
        sheet.Findings.Select(finding => finding.Code).ShouldContain(code);
        rows.ShouldBeEmpty();
    }

    [Fact]
    public void Text_that_is_neither_utf8_nor_gb18030_is_refused()
    {
        using var sheet = SheetReader.Open(new MemoryStream([.. "名称"u8, 0xFF, 0xFE, 0x80]), "x.csv", Small);

        sheet.Findings.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.EncodingUnknown);
    }

    [Fact]
    public void Json_members_of_other_types_are_named_and_half_characters_are_no_text()
    {
        var (_, rows) = Read("""[{"A_NAME":true,"代码":370811199001010014},{"A_NAME":"\ud800","A_CODE":null},{"A_NAME":["x"],"A_CODE":{}}]""");

        rows.Select(row => row.Number).ShouldBe([1, 2, 3]);
        rows[0].Issues.Select(issue => (issue.Code, issue.Column)).ShouldBe([(ReaderCodes.TypeMismatch, "A_NAME")]);
        rows[0].Cells["A_CODE"].ShouldBe("370811199001010014");
        rows[1].Issues.ShouldHaveSingleItem().Field.ShouldBe("A_NAME");
        rows[2].Issues.Count.ShouldBe(2);
    }

    [Fact]
    public void An_empty_json_array_has_no_rows()
    {
        var (sheet, rows) = Read(" [ ] ");

        rows.ShouldBeEmpty();
        sheet.Findings.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.NoDataRows);
    }

    [Fact]
    public void A_workbook_that_unpacks_beyond_the_limits_is_refused()
    {
        var bomb = Workbook("<row r=\"1\"><c><v>" + new string('0', 12 << 20) + "</v></c></row>");

        using var sheet = SheetReader.Open(bomb, "x.xlsx", Small);

        sheet.Findings.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.WorkbookTooLarge);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "")]
    [InlineData("", "<row r=\"1\"><c t=\"s\"><v>99</v></c></row>")]
    [InlineData("", "<row r=\"1\"><c><v>1</c></row>")]
    public void A_workbook_with_entities_or_broken_parts_is_refused(string prolog, string rows)
    {
        using var sheet = SheetReader.Open(Workbook(rows, prolog), "x.xlsx", Small);

        sheet.Findings.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.WorkbookDamaged);
    }

    [Fact]
    public void A_zip_that_is_no_workbook_is_refused()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }

        using var sheet = SheetReader.Open(stream, "x.xlsx", Small);

        sheet.Findings.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.NotAWorkbook);
    }

    [Fact]
    public void Workbook_cells_keep_their_column_when_neighbours_are_absent()
    {
        const string Header = "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>名称(全称)</t></is></c><c r=\"B3\" t=\"inlineStr\"><is><t>代码</t></is></c><c r=\"C3\" t=\"inlineStr\"><is><r><t>日</t></r><rPh><t>ri</t></rPh><r><t>期</t></r></is></c></row>";
        using var sheet = SheetReader.Open(Workbook(Header + "<row r=\"9\"><c r=\"C9\"><v>46350</v></c><c r=\"B9\" t=\"e\"><v>#REF!</v></c></row>"), "x.xlsx", Small);

        var row = sheet.Rows().Single();

        row.Number.ShouldBe(9);
        row.Cells["A_DAY"].ShouldBe("46350");
        row.Issues.ShouldHaveSingleItem().Code.ShouldBe(ReaderCodes.CellError);
    }

    private static (SheetReader Sheet, List<RawRow> Rows) Read(string content)
    {
        var sheet = SheetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "x", Small);
        return (sheet, [.. sheet.Rows()]);
    }

    private static MemoryStream Workbook(string rows, string prolog = "")
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string path, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(xml);
            }

            Part("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Part("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Part("xl/worksheets/sheet1.xml", $"{prolog}<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");
        }

        return stream;
    }

    /// <summary>A stream that hands out a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }
}
