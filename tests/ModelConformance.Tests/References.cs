using System.Reflection;
using System.Reflection.Emit;

namespace ModelConformance.Tests;

/// <summary>
/// Every type that a type refers to: in its bases, fields, signatures and method bodies, those of its lambdas and state machines included.
/// </summary>
internal static class References
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Instructions =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(type.BaseType);
        foreach (var part in type.GetInterfaces())
        {
            Add(part);
        }

        foreach (var field in type.GetFields(All))
        {
            Add(field.FieldType);
        }

        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
        {
            AddSignature(method);
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            {
                Add(local.LocalType);
            }

            foreach (var member in Tokens(method))
            {
                Add(member as Type ?? member.DeclaringType);
                AddSignature(member as MethodBase);
                Add((member as FieldInfo)?.FieldType);
            }
        }

        foreach (var nested in type.GetNestedTypes(All))
        {
            found.UnionWith(Of(nested));
        }

        return found;

        void AddSignature(MethodBase? method)
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (var argument in method is { IsGenericMethod: true } ? method.GetGenericArguments() : [])
            {
                Add(argument);
            }

            foreach (var parameter in method?.GetParameters() ?? [])
            {
                Add(parameter.ParameterType);
            }
        }

        void Add(Type? other)
        {
            if (other is null || !found.Add(other))
            {
                return;
            }

            Add(other.HasElementType ? other.GetElementType() : null);
            foreach (var part in other.IsGenericParameter ? other.GetGenericParameterConstraints() : other.GetGenericArguments())
            {
                Add(part);
            }
        }
    }

    /// <summary>The types, methods and fields that a method's instructions name.</summary>
    private static IEnumerable<MemberInfo> Tokens(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var instruction = Instructions[code[at] == 0xFE ? (short)(0xFE00 | code[++at]) : code[at]];
            at++;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at),
                    method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
