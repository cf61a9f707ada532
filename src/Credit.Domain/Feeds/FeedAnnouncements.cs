using Credit.Domain.Policy;

namespace Credit.Domain.Feeds;

/// <summary>A civil day began: what is shown by date comes and goes at this place of the log, without any other change.</summary>
/// <param name="Day">The day in the district.</param>
[WireName("day.turned.v1")]
public sealed record DayTurned(DateOnly Day);

/// <summary>Names of departments or the catalogue of items changed, which rows of many sets rest on; or published rows changed by a hand that wrote no entry.</summary>
/// <param name="Fingerprint">SHA-256 over them, in hex; over the marks of the writes where no entry tells what changed.</param>
[WireName("reference.changed.v1")]
public sealed record ReferenceChanged(string Fingerprint);

/// <summary>Followed sets are shown in another form from here on, or for the first time: what was kept of them before is no basis to go on from.</summary>
/// <param name="Sets">The sets, by surface and name, separated by commas.</param>
[WireName("feeds.reformed.v1")]
public sealed record FeedsReformed(string Sets);
