using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

internal static class Conditions
{
    public static TemplateValue If(FunctionCall call) => Decide(call, expected: true);

    public static TemplateValue Unless(FunctionCall call) => Decide(call, expected: false);

    private static TemplateValue Decide(FunctionCall call, bool expected)
    {
        if (call.Count != 1)
            return call.Fail($"#{call.Name} requires exactly one argument");
        if (call.Block is null)
            return call.Fail($"{call.Name} is a block: write #{call.Name}");

        var isZeroCounted = call[0] is { Kind: Kind.Number, Number: 0 } && Js.IsTruthy(call.Option("includeZero"));
        var isMet = isZeroCounted || (Js.IsTruthy(call[0]) && !Js.IsEmpty(call[0]));
        return call.Choose(isMet == expected);
    }
}
