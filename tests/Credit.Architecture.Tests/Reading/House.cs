using System.Reflection;
using System.Runtime.CompilerServices;
using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.OData;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Credit.Architecture.Tests.Reading;

/// <summary>The assemblies of the platform and the types people wrote in them.</summary>
internal static class House
{
    public static Assembly Domain => typeof(Refusal).Assembly;

    public static Assembly Abstractions => typeof(ICreditModule).Assembly;

    public static Assembly Core => typeof(CreditDbContext).Assembly;

    public static Assembly OData => typeof(SetCatalog).Assembly;

    public static Assembly Host => typeof(Program).Assembly;

    /// <summary>Every module the host is built with.</summary>
    public static IReadOnlyList<Assembly> Modules { get; } = ModuleCatalog.Discover().Assemblies;

    /// <summary>Everything that runs in production.</summary>
    public static IReadOnlyList<Assembly> All { get; } = [Domain, Abstractions, Core, OData, Host, .. Modules];

    /// <summary>The types of an assembly without those a generator or the compiler made.</summary>
    public static IEnumerable<Type> Written(params IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten);

    /// <summary>True when a person wrote the type: no generator, no compiler, no migration.</summary>
    public static bool IsWritten(Type type) =>
        !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null
        && type.GetCustomAttribute<MigrationAttribute>() is null
        && !type.IsAssignableTo(typeof(Microsoft.EntityFrameworkCore.Infrastructure.ModelSnapshot))
        && type.Namespace?.StartsWith("Credit", StringComparison.Ordinal) != false
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    /// <summary>The closed roles of a kind that a type plays, for example <c>IHandle&lt;EntryPublished&gt;</c>.</summary>
    public static IEnumerable<Type> RolesOf(Type type, Type role) =>
        type.GetInterfaces().Where(each => each.IsGenericType && each.GetGenericTypeDefinition() == role);
}
