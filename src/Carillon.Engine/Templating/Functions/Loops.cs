using Carillon.Engine.Templating.Rendering;
using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

internal static class Loops
{
    public static TemplateValue Each(FunctionCall call)
    {
        if (call.Count == 0)
            return call.Fail("Must pass iterator to #each");
        if (call.Block is null)
            return call.Fail("each is a block: write #each");

        Each(call.Renderer, call.Block, call[0], call.Scope);
        return default;
    }

    public static void Each(Renderer renderer, BlockNode block, in TemplateValue value, Scope scope)
    {
        var turns = value.Kind == Kind.Object
            ? Members.Of(value).Select(member => (Key: (TemplateValue)member.Key, member.Value))
            : value.Elements().Select((item, index) => (Key: (TemplateValue)(double)index, item));

        using var turn = turns.GetEnumerator();
        if (!turn.MoveNext())
        {
            renderer.RunBranch(block.Inverse, scope);
            return;
        }

        var hasNext = true;
        for (var index = 0; hasNext && renderer.Spend(1, block.Line); index++)
        {
            var (key, item) = turn.Current;
            hasNext = turn.MoveNext();
            var inner = scope.Enter(item) with { Loop = new LoopData(key, index, index == 0, !hasNext, scope.Loop) };
            renderer.RunBranch(block.Main, inner, item, key);
        }
    }
}
