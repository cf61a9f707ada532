namespace Credit.Core.Containment;

/// <summary>A fault that is the caller's or the store's, not that of the module it came through.</summary>
internal interface INotTheModulesFault;

/// <summary>A module did not do its part; answered with 503, its code and the module's key. The rest of the platform is not concerned.</summary>
internal sealed class ModuleUnavailableException : Exception
{
    public ModuleUnavailableException(string module, string code, int retryAfter, Exception cause)
        : base($"Module {module}: {code}", cause) => (Module, Code, RetryAfter) = (module, code, retryAfter);

    /// <summary>It threw, or took more than it may.</summary>
    public const string Failed = "module-failed";

    /// <summary>It was not done in time.</summary>
    public const string TimedOut = "module-timeout";

    /// <summary>All its places are taken.</summary>
    public const string Busy = "module-busy";

    /// <summary>It failed too often and rests.</summary>
    public const string Suspended = "module-suspended";

    /// <summary>Key of the module.</summary>
    public string Module { get; }

    /// <summary>Code of the error catalogue.</summary>
    public string Code { get; }

    /// <summary>Seconds after which trying again makes sense.</summary>
    public int RetryAfter { get; }

    /// <summary>True when the module was not called at all.</summary>
    public bool NotCalled => Code is Busy or Suspended;

    /// <summary>Kind of failure, without data.</summary>
    public string Kind => Code == TimedOut ? nameof(TimeoutException) : InnerException!.GetType().Name;
}

/// <summary>All places of a module are taken.</summary>
internal sealed class ModuleBusyException : Exception;

/// <summary>A module took or gave more than it may.</summary>
internal sealed class ModuleExcessException(string what) : Exception(what);
