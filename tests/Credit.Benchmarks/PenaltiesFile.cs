using System.Globalization;
using System.Text;
using Credit.Domain.Subjects;

namespace Credit.Benchmarks;

/// <summary>A clean penalties file in the national layout: valid codes, every compulsory field, decided within the reporting term.</summary>
internal static class PenaltiesFile
{
    /// <summary>Headers of the layout, in the order of the columns.</summary>
    private static readonly string[] Headers =
    [
        "行政相对人名称", "行政相对人类别", "行政相对人代码_1(统一社会信用代码)", "法定代表人", "法定代表人证件类型", "法定代表人证件号码", "行政处罚决定书文号",
        "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容", "罚款金额(万元)", "没收违法所得、没收非法财物的金额(万元)", "暂扣或吊销证照名称及编号",
        "处罚决定日期", "处罚有效期", "公示截止期", "处罚机关", "处罚机关统一社会信用代码", "数据来源单位", "数据来源单位统一社会信用代码", "备注",
    ];

    /// <summary>The file as UTF-8 with a byte order mark.</summary>
    public static byte[] Write(int rows)
    {
        var text = new StringBuilder(rows * 400).AppendJoin(',', Headers).Append("\r\n");
        for (var row = 0; row < rows; row++)
        {
            var code = CodeOf(row);
            var person = PersonOf(row);
            text.Append(CultureInfo.InvariantCulture, $"济宁市任城区样本{row:D6}商贸有限公司,法人及非法人组织,{code},王样本,身份证,{person},任市监罚字〔2026〕{row:D6}号,")
                .Append("未取得食品经营许可从事食品经营活动,当事人在未取得食品经营许可证的情况下从事食品经营活动，违法经营额较小，配合调查并及时改正。,")
                .Append(CultureInfo.InvariantCulture, $"《中华人民共和国食品安全法》第一百二十二条第一款,罚款,罚款人民币{row % 90 + 1}万元整。,{row % 90 + 1},,,")
                .Append("2026/11/20,2099/12/31,,济宁市任城区市场监督管理局,11370811TX000001X2,济宁市任城区市场监督管理局,11370811TX000001X2,\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string CodeOf(int row)
    {
        var first17 = string.Create(CultureInfo.InvariantCulture, $"91370811TX{row:D7}");
        return first17 + UnifiedCreditCode.ComputeCheck(first17);
    }

    // Born in 1900 on the days of one sequence: valid in form.
    private static string PersonOf(int row)
    {
        var first17 = string.Create(CultureInfo.InvariantCulture, $"370811{new DateOnly(1950, 1, 1).AddDays(row % 18000):yyyyMMdd}{row % 1000:D3}");
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first17 + "10X98765432"[first17.Select((digit, place) => (digit - '0') * weights[place]).Sum() % 11];
    }
}
