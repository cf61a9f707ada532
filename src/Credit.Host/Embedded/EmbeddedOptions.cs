namespace Credit.Host.Embedded;

/// <summary>How the private cluster is run. The defaults are those of a register that must not lose a decision.</summary>
internal sealed record EmbeddedOptions
{
    /// <summary>True only where the data may vanish with the machine, as in tests: no flush ever reaches the disk.</summary>
    public bool Volatile { get; init; }

    /// <summary>Folder of <c>initdb</c> and <c>postgres</c>; null looks at <c>CREDIT_PG_BIN</c>, PATH and the usual places.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Server connections for all pools of the host together, reserved ones included.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Longest wait for a start; crash recovery of a big cluster is part of it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait for a fast shutdown before an immediate one is asked for.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
