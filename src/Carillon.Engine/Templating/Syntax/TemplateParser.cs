namespace Carillon.Engine.Templating.Syntax;

internal readonly record struct ParsedTemplate(TemplateProgram? Program, TemplateError? Error);

/// <summary>
/// Reads the grammar of Handlebars 4.7: text, tags, blocks with else chains, raw blocks, partials, decorators, comments.
/// A program ends before a tag that is not its own (<c>{{/…}}</c>, <c>{{else}}</c>), which its caller then reads.
/// </summary>
internal sealed class TemplateParser
{
    private const int DepthLimit = 100;

    private readonly TagLexer _lexer;
    private readonly ExpressionParser _expressions;
    private int _depth;

    private TemplateParser(string text)
    {
        _lexer = new TagLexer(text);
        _expressions = new ExpressionParser(_lexer);
    }

    public static ParsedTemplate Parse(string text)
    {
        try
        {
            return new ParsedTemplate(new TemplateParser(text).Root(), null);
        }
        catch (SyntaxFault fault)
        {
            return new ParsedTemplate(null, new TemplateError(fault.Message, fault.Line));
        }
    }

    private TemplateProgram Root()
    {
        var body = Statements();
        if (_lexer.Position == _lexer.Text.Length)
            return new TemplateProgram(body);

        var line = _lexer.Line;
        throw Tag.Of(_lexer).Kind == TagKind.Close
            ? new SyntaxFault($"'{{{{/' closes nothing on line {line}", line)
            : new SyntaxFault($"'else' outside of a block on line {line}", line);
    }

    private List<Node> Statements()
    {
        var body = new List<Node>();
        while (_lexer.Position < _lexer.Text.Length)
        {
            new ContentLexer(_lexer).Read(body);
            if (_lexer.Position == _lexer.Text.Length)
                break;

            var tag = Tag.Of(_lexer);
            if (tag.Kind is TagKind.Close or TagKind.Else or TagKind.ElseChain)
                break;
            body.Add(Statement(tag));
        }
        return body;
    }

    private Node Statement(Tag tag)
    {
        var line = _lexer.Line;
        if (tag.Kind == TagKind.Comment)
            return Comment(tag, line);

        _lexer.MoveTo(_lexer.Position + tag.Length);
        return tag.Kind switch
        {
            TagKind.Raw => RawBlock(line),
            TagKind.Block or TagKind.DecoratorBlock => Nested(() => Block(tag, line)),
            TagKind.Inverse => Nested(() => InverseBlock(tag, line)),
            TagKind.PartialBlock => Nested(() => PartialBlock(tag, line)),
            TagKind.Partial => Partial(tag, line),
            _ => Mustache(tag, line),
        };
    }

    private Node Nested(Func<Node> block)
    {
        if (++_depth > DepthLimit)
            throw new SyntaxFault($"Blocks are nested more than {DepthLimit} deep", _lexer.Line);
        var node = block();
        _depth--;
        return node;
    }

    private CommentNode Comment(Tag tag, int line)
    {
        var start = _lexer.Position;
        var end = tag.IsDashed ? DashedEnd(start + tag.Length) : _lexer.Text.IndexOf("}}", start + tag.Length, StringComparison.Ordinal) + 2;
        if (end < 2)
            throw new SyntaxFault($"The comment that starts on line {line} is not closed", line);

        _lexer.MoveTo(end);
        return new CommentNode(new Strip(tag.Strips, _lexer.Text[end - 3] == '~'), line);
    }

    private int DashedEnd(int from)
    {
        var plain = _lexer.Text.IndexOf("--}}", from, StringComparison.Ordinal);
        var stripped = _lexer.Text.IndexOf("--~}}", from, StringComparison.Ordinal);
        if (stripped >= 0 && (plain < 0 || stripped < plain))
            return stripped + 5;
        return plain < 0 ? -1 : plain + 4;
    }

    private MustacheNode Mustache(Tag tag, int line)
    {
        var call = _expressions.Call(line);
        var close = _expressions.Close(tag.Kind == TagKind.Unescaped ? TokenKind.CloseUnescaped : TokenKind.Close, line);
        var isEscaped = tag.Kind is not (TagKind.Unescaped or TagKind.Ampersand);
        return new MustacheNode(call, isEscaped, tag.Kind == TagKind.Decorator, new Strip(tag.Strips, close), line);
    }

    private PartialNode Partial(Tag tag, int line)
    {
        var (name, call) = _expressions.PartialCall(line);
        return new PartialNode(name, call, new Strip(tag.Strips, _expressions.Close(TokenKind.Close, line)), line);
    }

    private BlockNode RawBlock(int line)
    {
        var call = _expressions.Call(line);
        _expressions.Close(TokenKind.CloseRaw, line);
        var body = new List<Node>();
        var closing = new ContentLexer(_lexer).ReadRaw(body, line);
        Matches(call.Callee.Original, closing, line);
        return new BlockNode(BlockKind.Raw, call.Callee, call, line) { Main = new TemplateProgram(body) };
    }

    private BlockNode Block(Tag tag, int line)
    {
        var kind = tag.Kind == TagKind.DecoratorBlock ? BlockKind.Decorator : BlockKind.Plain;
        var open = Open(tag, line);
        var main = new TemplateProgram(Statements(), open.BlockParams);
        var (inverse, inverseStrip) = kind == BlockKind.Plain ? Else() : (null, default);
        var closeStrip = End(open.Call.Callee.Original, line);
        if (inverse is { IsChained: true })
            ((BlockNode)inverse.Body[0]).CloseStrip = closeStrip;

        return new BlockNode(kind, open.Call.Callee, open.Call, line)
        {
            Main = main,
            Inverse = inverse,
            OpenStrip = open.Strip,
            InverseStrip = inverseStrip,
            CloseStrip = closeStrip,
        };
    }

    /// <summary><c>{{^x}}…{{else}}…{{/x}}</c>: what comes first is the else branch.</summary>
    private BlockNode InverseBlock(Tag tag, int line)
    {
        var open = Open(tag, line);
        var inverse = new TemplateProgram(Statements(), open.BlockParams);
        var (main, mainStrip) = NextTag() == TagKind.Else ? Else() : (null, default);
        return new BlockNode(BlockKind.Plain, open.Call.Callee, open.Call, line)
        {
            Main = main,
            Inverse = inverse,
            OpenStrip = open.Strip,
            InverseStrip = mainStrip,
            CloseStrip = End(open.Call.Callee.Original, line),
        };
    }

    private BlockNode PartialBlock(Tag tag, int line)
    {
        var (name, call) = _expressions.PartialCall(line);
        var strip = new Strip(tag.Strips, _expressions.Close(TokenKind.Close, line));
        return new BlockNode(BlockKind.Partial, name, call, line)
        {
            Main = new TemplateProgram(Statements()),
            OpenStrip = strip,
            CloseStrip = End(name.Original, line),
        };
    }

    private (TemplateProgram? Program, Strip Strip) Else()
    {
        var kind = NextTag();
        if (kind is not (TagKind.Else or TagKind.ElseChain))
            return (null, default);

        var tag = Tag.Of(_lexer);
        var line = _lexer.Line;
        _lexer.MoveTo(_lexer.Position + tag.Length);
        if (kind == TagKind.Else)
            return (new TemplateProgram(Statements()), new Strip(tag.Strips, tag.StripsClose));
        return Chain(tag, line);
    }

    private (TemplateProgram? Program, Strip Strip) Chain(Tag tag, int line)
    {
        if (++_depth > DepthLimit)
            throw new SyntaxFault($"More than {DepthLimit} branches", line);

        var open = Open(tag, line);
        var main = new TemplateProgram(Statements(), open.BlockParams);
        var (inverse, inverseStrip) = Else();
        if (inverse is { IsChained: true })
            ((BlockNode)inverse.Body[0]).CloseStrip = inverseStrip;
        _depth--;

        var block = new BlockNode(BlockKind.Plain, open.Call.Callee, open.Call, line)
        {
            Main = main,
            Inverse = inverse,
            OpenStrip = open.Strip,
            InverseStrip = inverseStrip,
            CloseStrip = inverseStrip,
        };
        return (new TemplateProgram([block]) { IsChained = true }, open.Strip);
    }

    private TagKind NextTag() => _lexer.Position < _lexer.Text.Length ? Tag.Of(_lexer).Kind : TagKind.None;

    private (Call Call, IReadOnlyList<string> BlockParams, Strip Strip) Open(Tag tag, int line)
    {
        var call = _expressions.Call(line);
        var blockParams = _expressions.BlockParams();
        return (call, blockParams, new Strip(tag.Strips, _expressions.Close(TokenKind.Close, line)));
    }

    private Strip End(string name, int openedOn)
    {
        if (_lexer.Position == _lexer.Text.Length)
            throw new SyntaxFault($"'{name}' is opened on line {openedOn} and never closed", openedOn);

        var line = _lexer.Line;
        var tag = Tag.Of(_lexer);
        if (tag.Kind != TagKind.Close)
            throw new SyntaxFault($"'{name}' cannot have another 'else' on line {line}", line);

        _lexer.MoveTo(_lexer.Position + tag.Length);
        var closing = _expressions.Name().Original;
        var strip = new Strip(tag.Strips, _expressions.Close(TokenKind.Close, line));
        Matches(name, closing, line);
        return strip;
    }

    private static void Matches(string opened, string closed, int line)
    {
        if (opened != closed)
            throw new SyntaxFault($"{opened} doesn't match {closed} on line {line}", line);
    }
}
