using System.Text;
using Credit.Domain.Subjects;

namespace Credit.Core.Tests.Intake;

/// <summary>Small files of valid rows, by field code, to be changed cell by cell.</summary>
internal static class SampleSheet
{
    /// <summary>A valid penalty of an organisation, on time.</summary>
    public static Dictionary<string, string> Penalty(int number, params (string Field, string Value)[] changes)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CF_XDR_MC"] = $"济宁样本{number}商贸有限公司",
            ["CF_XDR_LB"] = "法人及非法人组织",
            ["CF_XDR_SHXYM"] = Code(number),
            ["CF_FRDB"] = "王样本",
            ["CF_WSH"] = $"任市监罚字〔2026〕{number}号",
            ["CF_WFXW"] = "无证经营",
            ["CF_SY"] = "未取得许可从事经营活动。",
            ["CF_YJ"] = "《中华人民共和国食品安全法》第一百二十二条",
            ["CF_CFLB"] = "罚款",
            ["CF_NR"] = "罚款人民币壹万元整",
            ["CF_NR_FK"] = "1",
            ["CF_JDRQ"] = "2026/11/20",
            ["CF_YXQ"] = "2099/12/31",
            ["CF_CFJG"] = "济宁市任城区市场监督管理局",
            ["CF_CFJGDM"] = "11370811TX000001X2",
            ["CF_SJLY"] = "济宁市任城区市场监督管理局",
            ["CF_SJLYDM"] = "11370811TX000001X2",
        };
        return Changed(row, changes);
    }

    /// <summary>A valid licence of an organisation, on time.</summary>
    public static Dictionary<string, string> Licence(int number, params (string Field, string Value)[] changes)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["XK_XDR_MC"] = $"济宁样本{number}商贸有限公司",
            ["XK_XDR_LB"] = "法人及非法人组织",
            ["XK_XDR_SHXYM"] = Code(number),
            ["XK_FRDB"] = "王样本",
            ["XK_XDR_ZJLX"] = "",
            ["XK_XDR_ZJHM"] = "",
            ["XK_XKWS"] = "食品经营许可决定书",
            ["XK_WSH"] = $"任市监许字〔2026〕{number}号",
            ["XK_XKLB"] = "普通",
            ["XK_XKZS"] = "食品经营许可证",
            ["XK_XKBH"] = $"JY137081100{number:D5}",
            ["XK_NR"] = "预包装食品销售",
            ["XK_JDRQ"] = "2026/11/20",
            ["XK_YXQZ"] = "2026/11/20",
            ["XK_YXQZI"] = "2031/11/19",
            ["XK_XKJG"] = "济宁市任城区市场监督管理局",
            ["XK_XKJGDM"] = "11370811TX000001X2",
            ["XK_ZT"] = "1",
            ["XK_LYDW"] = "济宁市任城区市场监督管理局",
            ["XK_LYDWDM"] = "11370811TX000001X2",
        };
        return Changed(row, changes);
    }

    /// <summary>A valid subject of the registry.</summary>
    public static Dictionary<string, string> Subject(int number, params (string Field, string Value)[] changes)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["主体名称"] = $"济宁样本{number}商贸有限公司",
            ["统一社会信用代码"] = Code(number),
            ["工商注册号"] = "",
            ["主体类别"] = "法人及非法人组织",
            ["法定代表人(负责人)"] = "王样本",
            ["登记机关"] = "济宁市任城区市场监督管理局",
            ["所属镇街"] = "南张街道",
            ["成立日期"] = "2015-03-02",
            ["登记状态"] = "存续",
            ["变更类型"] = "",
            ["曾用名"] = "",
            ["原统一社会信用代码"] = "",
        };
        return Changed(row, changes);
    }

    /// <summary>A valid credit record of an organisation, on time.</summary>
    public static Dictionary<string, string> Record(int number, params (string Field, string Value)[] changes)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["信息类别"] = "行政检查",
            ["主体名称"] = $"济宁样本{number}商贸有限公司",
            ["主体类别"] = "法人及非法人组织",
            ["统一社会信用代码"] = Code(number),
            ["证件类型"] = "",
            ["证件号码"] = "",
            ["是否不良信息"] = "是",
            ["文号"] = $"任市监检〔2026〕{number}号",
            ["内容"] = "双随机检查发现经营场所与登记不符。",
            ["形成日期"] = "2026-11-20",
            ["是否公开"] = "",
            ["公开截止日期"] = "",
        };
        return Changed(row, changes);
    }

    /// <summary>A valid code that belongs to nobody.</summary>
    public static string Code(int number)
    {
        var first17 = $"91370811TX{number:D7}";
        return first17 + UnifiedCreditCode.ComputeCheck(first17);
    }

    /// <summary>The same code with a check character that fails.</summary>
    public static string WrongCode(int number)
    {
        var code = Code(number);
        return code[..17] + (code[17] == '1' ? '2' : '1');
    }

    /// <summary>The rows as CSV; the first row names the columns.</summary>
    public static byte[] Csv(params Dictionary<string, string>[] rows)
    {
        var text = new StringBuilder().AppendJoin(',', rows[0].Keys).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', rows[0].Keys.Select(field => Quoted(row.GetValueOrDefault(field, "")))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Dictionary<string, string> Changed(Dictionary<string, string> row, (string Field, string Value)[] changes)
    {
        foreach (var (field, value) in changes)
        {
            row[field] = value;
        }

        return row;
    }
}
