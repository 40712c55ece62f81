using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

internal static class Lookups
{
    public static TemplateValue Lookup(FunctionCall call) =>
        Js.IsTruthy(call[0]) ? call[0].Member(new PathPart(Js.ToText(call[1]))) : call[0];

    public static TemplateValue With(FunctionCall call)
    {
        if (call.Count != 1)
            return call.Fail("#with requires exactly one argument");
        if (call.Block is null)
            return call.Fail("with is a block: write #with");
        if (Js.IsEmpty(call[0]))
            return call.Choose(false);

        call.Renderer.RunBranch(call.Block.Main, call.Scope.Enter(call[0]), call[0]);
        return default;
    }
}
