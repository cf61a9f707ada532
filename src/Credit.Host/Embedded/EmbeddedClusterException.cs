namespace Credit.Host.Embedded;

/// <summary>The environment does not let the private cluster run; the message tells the operator what to do, in both languages.</summary>
internal sealed class EmbeddedClusterException(string chinese, string english, Exception? inner = null)
    : Exception($"{chinese}{Environment.NewLine}{english}", inner);
