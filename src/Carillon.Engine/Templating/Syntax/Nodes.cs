using Carillon.Engine.Templating.Functions;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Syntax;

/// <summary>Whether <c>~</c> stood at the opening and the closing side of a tag.</summary>
internal readonly record struct Strip(bool Open, bool Close);

internal sealed class TemplateProgram(List<Node> body, IReadOnlyList<string>? blockParams = null)
{
    public List<Node> Body { get; } = body;
    public IReadOnlyList<string> BlockParams { get; set; } = blockParams ?? [];

    public bool HasDecorators { get; } = body.Exists(node => node is BlockNode { Kind: BlockKind.Decorator });

    /// <summary>An <c>{{else if}}</c>: holds exactly the one block that continues the chain.</summary>
    public bool IsChained { get; init; }
}

internal abstract class Node(int line)
{
    public int Line { get; } = line;
}

internal sealed class ContentNode(string original, int line) : Node(line)
{
    public string Original { get; } = original;
    public string Value { get; set; } = original;
    public bool IsLeftStripped { get; set; }
    public bool IsRightStripped { get; set; }
}

internal sealed class CommentNode(Strip strip, int line) : Node(line)
{
    public Strip Strip { get; } = strip;
}

internal sealed class MustacheNode(Call call, bool isEscaped, bool isDecorator, Strip strip, int line) : Node(line)
{
    public Call Call { get; } = call;
    public bool IsEscaped { get; } = isEscaped;
    public bool IsDecorator { get; } = isDecorator;
    public Strip Strip { get; } = strip;
}

internal sealed class PartialNode(Expression name, Call call, Strip strip, int line) : Node(line)
{
    public Expression Name { get; } = name;
    public Call Call { get; } = call;
    public Strip Strip { get; } = strip;
    public string Indent { get; set; } = "";
}

internal enum BlockKind { Plain, Raw, Decorator, Partial }

internal sealed class BlockNode(BlockKind kind, Expression name, Call call, int line) : Node(line)
{
    public BlockKind Kind { get; } = kind;

    /// <summary>What a partial block names; of other blocks it is the callee of <see cref="Call"/>.</summary>
    public Expression Name { get; } = name;

    public Call Call { get; } = call;
    public TemplateProgram? Main { get; init; }
    public TemplateProgram? Inverse { get; init; }
    public Strip OpenStrip { get; init; }
    public Strip InverseStrip { get; init; }
    public Strip CloseStrip { get; set; }
}

internal abstract class Expression(string original, int line)
{
    /// <summary>As JavaScript would print it where a name is wanted.</summary>
    public string Original { get; } = original;

    public int Line { get; } = line;
}

internal sealed class LiteralExpression(TemplateValue value, string original, int line) : Expression(original, line)
{
    public TemplateValue Value { get; } = value;
}

internal sealed class PathExpression(bool isData, int depth, PathPart[] parts, string original, int line) : Expression(original, line)
{
    public bool IsData { get; } = isData;
    public int Depth { get; } = depth;
    public PathPart[] Parts { get; } = parts;

    /// <summary><c>this.x</c>, <c>./x</c> and <c>../x</c> mean data, never a function or a block parameter.</summary>
    public bool IsScoped { get; } = original.StartsWith('.') || original == "this" || original.StartsWith("this.", StringComparison.Ordinal)
        || original.StartsWith("this/", StringComparison.Ordinal);

    public bool IsSimple => Parts.Length == 1 && Depth == 0 && !IsScoped;
}

internal sealed class SubExpression(Call call) : Expression(call.Callee.Original, call.Line)
{
    public Call Call { get; } = call;
}

/// <summary>What stands in a tag: a name, arguments, named arguments.</summary>
internal sealed class Call
{
    public Call(Expression callee, IReadOnlyList<Expression> arguments, IReadOnlyList<HashPair> hash, int line)
    {
        Callee = callee;
        Arguments = arguments;
        Hash = hash;
        Line = line;
        // {{12}} and {{"first name"}} look up the member of that name.
        Path = callee as PathExpression ?? new PathExpression(false, 0, [new PathPart(callee.Original)], callee.Original, line);
        if (Path is { IsSimple: true, IsData: false })
            Function = FunctionCatalog.Find(Path.Parts[0].Name);
    }

    public Expression Callee { get; }
    public PathExpression Path { get; }
    public IReadOnlyList<Expression> Arguments { get; }
    public IReadOnlyList<HashPair> Hash { get; }
    public int Line { get; }
    public TemplateFunction? Function { get; }
}

internal sealed record HashPair(string Name, Expression Value);
