using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>The four ways to repair (R-3.5.4.b).</summary>
public enum RepairMode
{
    /// <summary>公开信用承诺.</summary>
    PublicCommitment,

    /// <summary>参加信用修复专题培训.</summary>
    Training,

    /// <summary>提交信用报告.</summary>
    CreditReport,

    /// <summary>参与社会公益服务.</summary>
    PublicService,
}

/// <summary>One way of repair that the subject took, with its evidence (R-3.5.4.b).</summary>
public sealed class RepairStep
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which way.</summary>
    public RepairMode Mode { get; init; }

    /// <summary>Document or address that shows it was done.</summary>
    [GoneAfterRetention]
    public string Evidence { get; init; } = "";

    /// <summary>Day it was done.</summary>
    public DateOnly DoneOn { get; init; }

    /// <summary>The official title of a way, as recognisers state it.</summary>
    public static string TitleOf(RepairMode mode) => mode switch
    {
        RepairMode.PublicCommitment => "公开信用承诺",
        RepairMode.Training => "参加信用修复专题培训",
        RepairMode.CreditReport => "提交信用报告",
        _ => "参与社会公益服务",
    };
}
