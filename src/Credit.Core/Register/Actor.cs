using Credit.Core.Http;

namespace Credit.Core.Register;

/// <summary>Who causes a change: the caller of the request, or the clockwork (I80).</summary>
internal sealed class Actor(Caller caller)
{
    /// <summary>Name of what runs by itself.</summary>
    public const string System = "system";

    /// <summary>Name of somebody who did not sign in.</summary>
    public const string Anonymous = "anonymous";

    private bool _unnamed;
    private (string Account, string Department)? _sender;

    /// <summary>Account; <see cref="System"/> for clockwork and reactions, <see cref="Anonymous"/> for a request without a token.</summary>
    public string Account => _sender?.Account ?? caller switch
    {
        _ when _unnamed => Anonymous,
        { User.Length: > 0 } => caller.User,
        { OfRequest: true } => Anonymous,
        _ => System,
    };

    /// <summary>Department of the account; null for the system and the public.</summary>
    public string? Department => _unnamed ? null : _sender?.Department ?? caller.Department;

    /// <summary>What is done from now on is nobody's, whoever signed in: a report of misconduct (R-3.4.5.a).</summary>
    public void ActUnnamed() => _unnamed = true;

    /// <summary>What is done from now on is done for the account that sent a batch, not for the worker that takes it in.</summary>
    public void ActFor(string account, string department) => _sender = (account, department);
}
