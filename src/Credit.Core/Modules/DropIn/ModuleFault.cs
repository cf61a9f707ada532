using System.Diagnostics;
using System.Reflection;
using Credit.Core.Containment;

namespace Credit.Core.Modules.DropIn;

/// <summary>Puts into words why a module broke. Texts of the module's own exceptions are left out: they may hold a password or a person.</summary>
internal static class ModuleFault
{
    /// <summary>One sentence or several; what the host and the loader say is told in full.</summary>
    public static string Text(Exception fault)
    {
        var cause = CauseOf(fault);
        return cause switch
        {
            ModuleStartException told => told.Message,
            ModulesRefusedException refused => string.Join(' ', refused.Reasons),
            ReflectionTypeLoadException types => "does not load against this contract: " + types.LoaderExceptions.FirstOrDefault()?.Message,
            BadImageFormatException or TypeLoadException or MissingMemberException => "does not load against this contract: " + cause.Message,
            _ when SaidByTheHouse(cause) => cause.Message,
            _ => $"broke with {cause.GetType().FullName} in {PlaceOf(cause)}.",
        };
    }

    /// <summary>True when the host refused in words of its own, false when code broke.</summary>
    public static bool IsRefusal(Exception fault) => CauseOf(fault) is var cause && (cause is ModulesRefusedException || SaidByTheHouse(cause));

    private static Exception CauseOf(Exception fault) =>
        fault is TargetInvocationException or TypeInitializationException && fault.InnerException is { } inner ? CauseOf(inner) : fault;

    private static bool SaidByTheHouse(Exception fault) =>
        fault is InvalidOperationException or NotSupportedException && FirstMethodOf(fault)?.DeclaringType?.Assembly.GetName().Name is { } thrower && HostAssemblies.House.Contains(thrower);

    private static string PlaceOf(Exception fault)
    {
        var method = new StackTrace(fault).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(each => each?.DeclaringType?.Assembly.GetName().Name?.StartsWith(ModuleCatalog.Prefix, StringComparison.Ordinal) == true);
        return method is null ? "the module" : $"{method.DeclaringType!.FullName}.{method.Name}";
    }

    private static MethodBase? FirstMethodOf(Exception fault) => new StackTrace(fault).GetFrame(0)?.GetMethod();
}
