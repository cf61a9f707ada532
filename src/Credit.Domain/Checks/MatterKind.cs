using System.Collections.Frozen;

namespace Credit.Domain.Checks;

/// <summary>Procedures in which the credit query and the joint measures are embedded (R-3.1.6.a).</summary>
public enum MatterKind
{
    /// <summary>行政审批.</summary>
    Approval,

    /// <summary>招标投标、政府采购和公共资源交易.</summary>
    Trading,

    /// <summary>财政资金扶持、优惠政策.</summary>
    Fiscal,

    /// <summary>日常监管.</summary>
    Inspection,

    /// <summary>融资授信.</summary>
    Finance,

    /// <summary>教育、就业、创业、社会保障.</summary>
    PersonalSupport,

    /// <summary>任职、聘用和从业资格.</summary>
    Appointment,

    /// <summary>评先评优、授予荣誉.</summary>
    Honour,

    /// <summary>其他: every measure of the department counts.</summary>
    Other,
}

/// <summary>Which canonical measures concern which kind of matter.</summary>
public static class MatterMeasures
{
    private static readonly FrozenDictionary<MatterKind, FrozenSet<string>> ByKind = new Dictionary<MatterKind, FrozenSet<string>>
    {
        [MatterKind.Approval] = Keys("P03 P08 P09 P10 P13 P20 P34 P35 P36 P37 P41 P46 R01 R05"),
        [MatterKind.Trading] = Keys("P01 P02 P03 P04 P05 P42 P43 P45 R04 R05"),
        [MatterKind.Fiscal] = Keys("P06 P07 P38 P40 R03"),
        [MatterKind.Inspection] = Keys("P23 P24 P25 R02 R06 R07"),
        [MatterKind.Finance] = Keys("P10 P11 P12 P13 P14 P15 P28 P29 P30 P39 P46 R08"),
        [MatterKind.PersonalSupport] = Keys("P06 P07 P19 R11 R12"),
        [MatterKind.Appointment] = Keys("P16 P17 P18 P19 P20 P21 P41 P45 P47 R11"),
        [MatterKind.Honour] = Keys("P32 R09"),
    }.ToFrozenDictionary();

    /// <summary>True when a measure counts for a matter. In doubt it does: one that is an instance of no canonical measure concerns every matter.</summary>
    /// <param name="kind">Kind of matter.</param>
    /// <param name="canonical">Keys of the canonical measures it is an instance of.</param>
    public static bool Concern(MatterKind kind, IReadOnlyList<string> canonical) =>
        canonical.Count == 0 || !ByKind.TryGetValue(kind, out var keys) || canonical.Any(keys.Contains);

    private static FrozenSet<string> Keys(string keys) => keys.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
