using Carillon.Engine.Templating.Functions;
using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Rendering;

/// <summary>
/// Walks a parsed template once. It stops at the first fault, which it keeps instead of throwing:
/// a template that fails for one recipient fails for a hundred thousand.
/// </summary>
internal sealed partial class Renderer(TemplateContext context, TemplateLimits limits) : IDisposable
{
    private readonly Output _output = new(limits.OutputLength);
    private int _steps = limits.Steps;
    private int _depth;
    private TemplateError? _fault;

    public static RenderResult Run(TemplateProgram program, TemplateContext context, TemplateLimits limits)
    {
        using var renderer = new Renderer(context, limits);
        renderer.Run(program, new Scope(context.Root));
        if (renderer._fault is { } fault)
            return fault;

        var text = renderer._output.TakeFrom(0);
        if (!context.PrintsPlain) text = text.Replace("&#x27;", "'", StringComparison.Ordinal);
        return new Rendered(JsonText.WellFormed(text));
    }

    public bool HasFailed => _fault is not null;

    public void Fail(string message, int line) => _fault ??= new TemplateError(message, line);

    /// <summary>Pays for work out of the render's budget.</summary>
    public bool Spend(int steps, int line)
    {
        _steps -= steps;
        if (_steps < 0)
            Fail($"The template takes more than {limits.Steps} steps", line);
        return _fault is null;
    }

    public void Run(TemplateProgram program, Scope scope)
    {
        scope = WithPartials(program, scope);
        foreach (var node in program.Body)
        {
            if (!Spend(1, node.Line))
                return;
            Run(node, scope);
            if (_output.IsFull)
                Fail($"The template prints more than {limits.OutputLength} characters", node.Line);
            if (_fault is not null)
                return;
        }
    }

    public void Dispose() => _output.Dispose();

    private void Run(Node node, Scope scope)
    {
        switch (node)
        {
            case ContentNode content:
                _output.Append(content.Value);
                break;
            case MustacheNode { IsDecorator: true } decorator:
                Fail($"Unknown decorator: \"{decorator.Call.Callee.Original}\"", node.Line);
                break;
            case MustacheNode mustache:
                Print(Evaluate(mustache.Call, scope), mustache.IsEscaped);
                break;
            case PartialNode partial:
                Partial(partial.Name, partial.Call, null, partial.Indent, scope);
                break;
            case BlockNode { Kind: BlockKind.Partial } block:
                Partial(block.Name, block.Call, block.Main, "", scope);
                break;
            case BlockNode { Kind: not BlockKind.Decorator } block:
                if (Descend(block.Line))
                    Block(block, scope);
                _depth--;
                break;
        }
    }

    private bool Descend(int line)
    {
        if (++_depth > limits.Depth)
            Fail($"Blocks are nested more than {limits.Depth} deep", line);
        return _fault is null;
    }

    private void Print(in TemplateValue value, bool isEscaped)
    {
        if (value.IsNothing || HasFailed)
            return;

        var text = Js.ToText(value);
        if (isEscaped && !context.PrintsPlain)
            _output.AppendEscaped(text);
        else
            _output.Append(text);
    }

    private void Block(BlockNode block, Scope scope)
    {
        var call = block.Call;
        if (BlockParam(call, scope) is { } param)
            BlockOf(param, block, scope);
        else if (call.Function is { } function)
            Print(Apply(function, call, block, scope), isEscaped: false);
        else if (call.Arguments.Count > 0 || call.Hash.Count > 0)
            Print(Missing(call, scope), isEscaped: false);
        else
            BlockOf(Resolve(call.Path, scope), block, scope);
    }

    /// <summary>A block whose name is data: a condition, a loop or a change of context, by what the data is.</summary>
    private void BlockOf(in TemplateValue value, BlockNode block, Scope scope)
    {
        if (value.Kind == Kind.Array && value.ArrayLength > 0)
            Loops.Each(this, block, value, scope);
        else if (value.Kind == Kind.Boolean && value.Boolean)
            RunBranch(block.Main, scope);
        else if (value.IsNothing || value.Kind is Kind.Boolean or Kind.Array)
            RunBranch(block.Inverse, scope);
        else
            RunBranch(block.Main, scope.Enter(value));
    }

    /// <summary>Runs a branch if there is one, with its block parameters bound.</summary>
    public void RunBranch(TemplateProgram? branch, Scope scope, in TemplateValue first = default, in TemplateValue second = default)
    {
        if (branch is null)
            return;
        if (branch.BlockParams.Count > 0)
            scope = scope with { Params = new BlockParams(branch.BlockParams, first, second, scope.Params) };
        Run(branch, scope);
    }
}
