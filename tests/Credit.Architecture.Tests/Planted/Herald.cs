using Credit.Domain.Policy;

namespace Credit.Architecture.Tests.Planted;

[WireName("planted.once.v1")]
internal sealed record AnnouncedOnce(Guid Id);

/// <summary>Announces in every way the domain does.</summary>
internal static class Herald
{
    public static void ByClause() => Announce(new AnnouncedOnce(Guid.Empty), Clause.R("3.2.4.c"));

    public static void ByInvariant() => Announce(new AnnouncedOnce(Guid.Empty), Clause.Standard("I32"));

    public static void ByMove(string row) => Announce(new AnnouncedOnce(Guid.Empty), new Clause(Clause.Rencheng2019Document, row));

    public static void ByHand(Clause clause) => Announce(new AnnouncedOnce(Guid.Empty), clause);

    public static Action Later() => () => Pass(new AnnouncedOnce(Guid.Empty), "3.5.7.c");

    private static void Pass(object announcement, string clause) => Announce(announcement, Clause.R(clause));

    private static void Announce(object announcement, Clause clause) => GC.KeepAlive((announcement, clause));
}
