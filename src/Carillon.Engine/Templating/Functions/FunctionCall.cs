using Carillon.Engine.Templating.Rendering;
using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

/// <summary>What a tag calls (a Handlebars helper). A block form prints its branch and returns nothing.</summary>
internal delegate TemplateValue TemplateFunction(FunctionCall call);

internal readonly ref struct FunctionCall(Renderer renderer, Call call, BlockNode? block, Scope scope, TemplateValue[] arguments)
{
    public Renderer Renderer => renderer;
    public BlockNode? Block => block;
    public Scope Scope => scope;
    public int Count => arguments.Length;
    public string Name => call.Path.Original;

    /// <summary>Undefined beyond the last argument.</summary>
    public TemplateValue this[int index] => index < arguments.Length ? arguments[index] : default;

    public TemplateValue Option(string name)
    {
        foreach (var pair in call.Hash)
        {
            if (pair.Name == name)
                return renderer.Evaluate(pair.Value, scope);
        }
        return default;
    }

    public TemplateValue Fail(string message)
    {
        renderer.Fail(message, call.Line);
        return default;
    }

    public bool Spend(int steps) => renderer.Spend(steps, call.Line);

    /// <summary>Prints the branch a condition chooses.</summary>
    public TemplateValue Choose(bool condition)
    {
        renderer.RunBranch(condition ? block?.Main : block?.Inverse, scope);
        return default;
    }
}
