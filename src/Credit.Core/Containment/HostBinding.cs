using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Containment;

/// <summary>
/// Tells what the framework says of a request it could not bind from what a module says in the same words: anybody may throw
/// <see cref="BadHttpRequestException"/>, and a module that does would never be suspended.
/// </summary>
internal static class HostBinding
{
    private const string Binder = "Microsoft.AspNetCore.Http.RequestDelegateFactory";

    /// <summary>True when the framework's binding, or our rules of JSON called by it, threw it, with no code of a module between there and here.</summary>
    public static bool Threw(BadHttpRequestException fault)
    {
        Type?[] homes =
        [
            .. new StackTrace(fault).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
                .TakeWhile(home => home?.Namespace != typeof(HostBinding).Namespace),
        ];

        // A task that a module failed by hand is met first where it is awaited, in the binder too: only its own words are thrown by its log.
        return homes is [{ } thrower, ..] && (IsOfBinder(thrower, "Log") || thrower.Assembly == typeof(HostBinding).Assembly)
            && homes.Any(home => home is not null && IsOfBinder(home, null))
            && homes.All(home => home is null || ModuleReferences.IsHosts(home.Assembly));
    }

    private static bool IsOfBinder(Type type, string? nested)
    {
        for (var home = type; home is not null; home = home.DeclaringType)
        {
            if (home.FullName == Binder)
            {
                return nested is null || type.Name == nested;
            }
        }

        return false;
    }
}
