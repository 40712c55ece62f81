using Carillon.Engine.Templating.Functions;
using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Rendering;

internal sealed partial class Renderer
{
    public TemplateValue Evaluate(Expression expression, Scope scope) => expression switch
    {
        LiteralExpression literal => literal.Value,
        PathExpression path => Resolve(path, scope),
        SubExpression { Call: { Function: null } call } => BlockParam(call, scope) ?? Missing(call, scope),
        SubExpression sub => Evaluate(sub.Call, scope),
        _ => default,
    };

    private TemplateValue Evaluate(Call call, Scope scope)
    {
        if (BlockParam(call, scope) is { } param)
            return param;
        if (call.Function is { } function)
            return Apply(function, call, null, scope);
        return call.Arguments.Count > 0 || call.Hash.Count > 0 ? Missing(call, scope) : Resolve(call.Path, scope);
    }

    private TemplateValue Apply(TemplateFunction function, Call call, BlockNode? block, Scope scope)
    {
        var arguments = call.Arguments.Count == 0 ? [] : new TemplateValue[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(call.Arguments[i], scope);
            // Functions read what they are given; paying by the size keeps a loop around a large value affordable.
            Spend(1 + (arguments[i].Weight / 256), call.Line);
        }
        return HasFailed ? default : function(new FunctionCall(this, call, block, scope, arguments));
    }

    /// <summary>A name with arguments that is no function: JSON holds none either.</summary>
    private TemplateValue Missing(Call call, Scope scope)
    {
        if (Js.IsTruthy(Resolve(call.Path, scope)))
            Fail($"\"{call.Callee.Original}\" is not a function", call.Line);
        else if (call.Arguments.Count > 0)
            Fail($"Missing helper: \"{call.Callee.Original}\"", call.Line);
        return default;
    }

    private static TemplateValue? BlockParam(Call call, Scope scope) =>
        scope.Params is { } names && call.Path.IsSimple ? names.Find(call.Path.Parts[0].Name) : null;

    private TemplateValue Resolve(PathExpression path, Scope scope)
    {
        var parts = path.Parts.AsSpan();
        if (path is { Depth: 0, IsScoped: false } && parts.Length > 0 && scope.Params?.Find(parts[0].Name) is { } param)
            return Walk(param, parts[1..], path.Line);
        if (path.IsData)
            return parts.IsEmpty ? default : Walk(Data(path.Depth, parts[0].Name, scope), parts[1..], path.Line);

        var from = scope;
        for (var depth = path.Depth; depth > 0 && from is not null; depth--)
            from = from.Outer;
        return from is null ? default : Walk(from.This, parts, path.Line);
    }

    private TemplateValue Data(int depth, string name, Scope scope)
    {
        if (name == "root")
            return context.Root;

        var loop = scope.Loop;
        for (; depth > 0 && loop is not null; depth--)
            loop = loop.Parent;
        if (name == "partial-block")
            return default;
        return loop?.Find(name) ?? default;
    }

    private TemplateValue Walk(TemplateValue value, ReadOnlySpan<PathPart> parts, int line)
    {
        foreach (var part in parts)
        {
            if (value.IsNothing)
                return value;
            Spend(value.Kind == Kind.Object && value.Json is { } json ? json.GetPropertyCount() / 16 : 0, line);
            value = value.Member(part);
        }
        return value;
    }
}
