using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Rendering;

// There is no store of partials: a template may use those it defines itself, and the block it hands to one.
internal sealed partial class Renderer
{
    private const string OwnBlock = "@partial-block";

    private Scope WithPartials(TemplateProgram program, Scope scope)
    {
        if (!program.HasDecorators)
            return scope;

        foreach (var block in program.Body.OfType<BlockNode>().Where(block => block.Kind == BlockKind.Decorator))
        {
            if (block.Call is not { Callee.Original: "inline", Arguments: [var name] })
            {
                Fail($"Unknown decorator: \"{block.Call.Callee.Original}\"", block.Line);
                return scope;
            }
            var text = Js.ToText(Evaluate(name, scope));
            scope = scope with { Partials = new InlinePartial(text, block.Main!, null, scope.Partials) };
        }
        return scope;
    }

    private void Partial(Expression name, Call call, TemplateProgram? fallback, string indent, Scope scope)
    {
        var wanted = name is SubExpression ? Js.ToText(Evaluate(name, scope)) : name.Original;
        var partial = scope.Partials?.Find(wanted);
        if (partial is null && fallback is null)
            Fail($"The partial {wanted} could not be found", call.Line);
        else if (call.Arguments.Count > 1)
            Fail($"Unsupported number of partial arguments: {call.Arguments.Count}", call.Line);
        if (HasFailed)
            return;

        var inner = PartialScope(call, scope);
        // Partials that a fallback block defines are for the partial it is handed to.
        if (fallback is not null && partial is not null)
            inner = WithPartials(fallback, inner);
        if (fallback is not null)
            inner = inner with { Partials = new InlinePartial(OwnBlock, fallback, scope, inner.Partials) };
        if (Descend(call.Line))
            Indented(indent, partial?.Program ?? fallback!, Own(partial, inner));
        _depth--;
    }

    // A block handed to a partial sees the partials, and the block, of the place it was written at.
    private static Scope Own(InlinePartial? partial, Scope inner) =>
        partial is { Name: OwnBlock, Origin: { } origin } ? inner with { Partials = origin.Partials, Params = origin.Params } : inner;

    private Scope PartialScope(Call call, Scope scope)
    {
        var value = call.Arguments.Count > 0 ? Evaluate(call.Arguments[0], scope) : scope.This;
        if (call.Hash.Count > 0)
            value = Merged(value, call, scope);
        return scope.Enter(value);
    }

    private TemplateMap Merged(in TemplateValue value, Call call, Scope scope)
    {
        var members = new Dictionary<string, TemplateValue>(StringComparer.Ordinal);
        foreach (var (name, member) in Members.Of(value))
            members[name] = member;
        Spend(members.Count, call.Line);
        foreach (var pair in call.Hash)
            members[pair.Name] = Evaluate(pair.Value, scope);
        return new TemplateMap([.. members]);
    }

    private void Indented(string indent, TemplateProgram program, Scope scope)
    {
        var start = _output.Length;
        Run(program, scope);
        if (indent.Length == 0 || HasFailed)
            return;

        var lines = _output.TakeFrom(start).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isLastAndEmpty = i == lines.Length - 1 && lines[i].Length == 0;
            _output.Append(isLastAndEmpty ? "" : indent + lines[i]);
            _output.Append(i == lines.Length - 1 ? "" : "\n");
        }
    }
}
