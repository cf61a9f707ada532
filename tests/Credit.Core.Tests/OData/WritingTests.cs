using System.Buffers;
using System.Data;
using System.Text;
using Credit.OData;
using Credit.OData.Writing;

namespace Credit.Core.Tests.OData;

/// <summary>Equal rows are equal bytes, wherever they come from, in every form.</summary>
public sealed class WritingTests
{
    private static readonly RowLayout Layout = RowLayout.Of(typeof(SampleRow), typeof(SampleRow).GetProperty(nameof(SampleRow.Id))!);

    private static readonly SampleRow[] Rows =
    [
        new()
        {
            Id = Guid.Parse("00000000-0000-0000-0000-000000000001"), Name = "=1+1", Note = "say \"no\", 二\r\n行", Number = -3, Score = null, Big = 9_007_199_254_740_993, Amount = 1.50m,
            Flag = true, Day = new(2026, 1, 2), Until = null, At = new(2026, 1, 1, 13, 0, 0, 120, TimeSpan.FromHours(8)), Tags = ["a"], Plain = "",
        },
        new() { Id = Guid.Parse("00000000-0000-0000-0000-000000000002"), Name = "－1", Note = null, Amount = null, Until = new(9999, 12, 31), At = DateTimeOffset.MinValue, Plain = "😀" },
    ];

    public static TheoryData<string, string, bool, bool, bool> Forms
    {
        get
        {
            TheoryData<string, string, bool, bool, bool> forms = [];
            foreach (var kind in Enum.GetValues<FormatKind>())
            {
                foreach (var level in Enum.GetValues<MetadataLevel>())
                {
                    for (var bits = 0; bits < 8; bits++)
                    {
                        forms.Add($"{kind}", $"{level}", (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
                    }
                }
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Rows_of_a_reader_of_objects_and_made_up_ones_are_written_alike(string kind, string metadata, bool modern, bool exact, bool omitNulls)
    {
        var format = new AnswerFormat(Enum.Parse<FormatKind>(kind), Enum.Parse<MetadataLevel>(metadata)) { Modern = modern, Ieee754Compatible = exact, OmitNulls = omitNulls };
        using var table = new DataTable();
        foreach (var column in Layout.Columns)
        {
            table.Columns.Add(column.Name, Nullable.GetUnderlyingType(column.Member!.PropertyType) ?? column.Member.PropertyType);
        }

        foreach (var row in Rows)
        {
            table.Rows.Add([.. Values(row).Select(value => value ?? DBNull.Value)]);
        }

        using var reader = table.CreateDataReader();
        var (objects, made, read) = (Write(format, new ObjectRows()), Write(format, new ValueRows()), Write(format, new ReaderRows(reader)));

        made.ShouldBe(objects);
        read.ShouldBe(objects);
    }

    [Fact]
    public void A_sheet_has_a_mark_names_and_no_formulas()
    {
        var lines = Write(new(FormatKind.Csv, MetadataLevel.None), new ObjectRows());

        lines.ShouldStartWith("\uFEFFId,Name,Note,Number,Score,Big,Amount,Flag,Day,Until,At,Tags,Plain\r\n");
        lines.ShouldContain("00000000-0000-0000-0000-000000000001,\"'=1+1\",\"say \"\"no\"\", 二\r\n行\",-3,,9007199254740993,1.50,true,2026-01-02,,2026-01-01T05:00:00.12Z,\"[\"\"a\"\"]\",\"\"\r\n");
        lines.ShouldContain("\"'－1\",,0,,0,,false,");
    }

    [Fact]
    public void Control_information_is_spelt_as_the_version_has_it()
    {
        var old = Write(new(FormatKind.Json, MetadataLevel.Full), new ObjectRows());
        var modern = Write(new(FormatKind.Json, MetadataLevel.Full) { Modern = true, Ieee754Compatible = true }, new ObjectRows());

        old.ShouldContain("\"@odata.id\":\"http://x/odata/public/Samples(00000000-0000-0000-0000-000000000001)\"");
        old.ShouldContain("\"Big@odata.type\":\"#Int64\",\"Big\":9007199254740993,\"Amount@odata.type\":\"#Decimal\",\"Amount\":1.50");
        modern.ShouldContain("\"@id\":");
        modern.ShouldContain("\"Big@type\":\"Int64\",\"Big\":\"9007199254740993\",\"Amount@type\":\"Decimal\",\"Amount\":\"1.50\"");
        modern.ShouldNotContain("odata.");
    }

    private static string Write(AnswerFormat format, IRows rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var answer = AnswerWriter.For(format, new Place("http://x/odata/public", "Samples"), Layout, buffer);
        answer.Begin("http://x/odata/public/$metadata#Samples", Rows.Length);
        rows.WriteTo(answer);
        answer.End("http://x/next");
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static object?[] Values(SampleRow row) => [.. Layout.Columns.Select(column => column.Member!.GetValue(row))];

    private interface IRows
    {
        void WriteTo(AnswerWriter answer);
    }

    private sealed class ObjectRows : IRows
    {
        public void WriteTo(AnswerWriter answer) => Array.ForEach(Rows, row => answer.Row(new ObjectCells(row, Layout)));
    }

    private sealed class ValueRows : IRows
    {
        public void WriteTo(AnswerWriter answer) => Array.ForEach(Rows, row => answer.Row(new ValueCells(Values(row))));
    }

    private sealed class ReaderRows(DataTableReader reader) : IRows
    {
        public void WriteTo(AnswerWriter answer)
        {
            while (reader.Read())
            {
                answer.Row(new ReaderCells(reader, [.. Enumerable.Range(0, Layout.Columns.Length)]));
            }
        }
    }
}
