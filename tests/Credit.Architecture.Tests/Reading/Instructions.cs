using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Credit.Architecture.Tests.Reading;

/// <summary>One instruction of a compiled method, with the method or the text it names.</summary>
/// <param name="Code">What is done.</param>
/// <param name="Called">The method or constructor called; null for other instructions.</param>
/// <param name="Text">The text loaded; null for other instructions.</param>
internal readonly record struct Instruction(OpCode Code, MethodBase? Called, string? Text);

/// <summary>Reads compiled methods: what is called is called, whatever the source looks like and whatever warning it switched off.</summary>
internal static class Instructions
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => code.Value);

    /// <summary>Every method and constructor with a body, those the compiler made from lambdas and async methods too.</summary>
    public static IEnumerable<MethodBase> MethodsOf(IEnumerable<Type> types) => types
        .SelectMany(type => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        .Where(method => method.GetMethodBody() is not null);

    /// <summary>The instructions of a method in order.</summary>
    public static IReadOnlyList<Instruction> Of(MethodBase method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        List<Instruction> read = [];
        var at = 0;
        while (at < code.Length)
        {
            var operation = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += operation.Size;
            read.Add(new Instruction(operation, CalledBy(method, operation, code, at), TextOf(method, operation, code, at)));
            at += operation.OperandType == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(code, at)) : SizeOf(operation.OperandType);
        }

        return read;
    }

    /// <summary>Where the method stands in the source: type and member, through the classes and methods the compiler made.</summary>
    public static string PlaceOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        var member = method.Name;
        while (type.Name.Contains('<', StringComparison.Ordinal) && type.DeclaringType is { } outer)
        {
            member = Between(member) ?? Between(type.Name) ?? member;
            type = outer;
        }

        return $"{type.Name}.{Between(member) ?? member}";
    }

    private static string? Between(string name) =>
        name.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && name.IndexOf('>', StringComparison.Ordinal) is var close && close > open + 1
            ? name[(open + 1)..close]
            : null;

    private static MethodBase? CalledBy(MethodBase method, OpCode operation, byte[] code, int at) => operation.OperandType == OperandType.InlineMethod
        ? method.Module.ResolveMethod(
            BitConverter.ToInt32(code, at),
            method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null)
        : null;

    private static string? TextOf(MethodBase method, OpCode operation, byte[] code, int at) =>
        operation.OperandType == OperandType.InlineString ? method.Module.ResolveString(BitConverter.ToInt32(code, at)) : null;

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
