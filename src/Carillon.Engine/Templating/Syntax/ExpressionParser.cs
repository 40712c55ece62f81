using System.Globalization;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Syntax;

/// <summary>Reads what stands in a tag: names, paths, literals, sub-expressions, named arguments, block parameters.</summary>
internal sealed class ExpressionParser(TagLexer lexer)
{
    private const int DepthLimit = 100;

    private int _depth;

    public Call Call(int line)
    {
        var callee = Name();
        var (arguments, hash) = Arguments();
        return new Call(callee, arguments, hash, line);
    }

    /// <summary>A partial may be named by a sub-expression; its arguments are those of a call to that name.</summary>
    public (Expression Name, Call Call) PartialCall(int line)
    {
        var name = lexer.Peek().Kind == TokenKind.OpenParenthesis ? SubExpression() : Name();
        var (arguments, hash) = Arguments();
        return (name, new Call(name is SubExpression sub ? sub.Call.Callee : name, arguments, hash, line));
    }

    public IReadOnlyList<string> BlockParams()
    {
        if (lexer.Peek().Kind != TokenKind.OpenBlockParams)
            return [];

        lexer.Next();
        var names = new List<string>();
        while (lexer.Peek().Kind == TokenKind.Id)
            names.Add(lexer.Next().Text);
        var end = lexer.Next();
        return end.Kind == TokenKind.Pipe && names.Count > 0 ? names : throw Unexpected(end);
    }

    /// <summary>Reads the closing braces and says whether they strip whitespace.</summary>
    public bool Close(TokenKind expected, int openedOn)
    {
        var token = lexer.Next();
        if (token.Kind == TokenKind.End)
            throw new SyntaxFault($"The tag opened on line {openedOn} is not closed", openedOn);
        if (token.Kind != expected)
            throw Unexpected(token);
        return token.Original.Contains('~', StringComparison.Ordinal);
    }

    public Expression Name()
    {
        var token = lexer.Next();
        return token.Kind switch
        {
            TokenKind.Id => Path(token, isData: false),
            TokenKind.Data => Path(lexer.Next(), isData: true),
            TokenKind.String => new LiteralExpression(token.Text, token.Text, token.Line),
            TokenKind.Number => Number(token),
            TokenKind.Boolean => new LiteralExpression(token.Text == "true", token.Text, token.Line),
            TokenKind.Undefined => new LiteralExpression(default, token.Text, token.Line),
            TokenKind.Null => new LiteralExpression(TemplateValue.Null, token.Text, token.Line),
            _ => throw Unexpected(token),
        };
    }

    private (List<Expression> Arguments, List<HashPair> Hash) Arguments()
    {
        var arguments = new List<Expression>();
        var hash = new List<HashPair>();
        while (StartsArgument(lexer.Peek().Kind))
        {
            if (IsHashPair() is { } name)
                hash.Add(new HashPair(name, Argument()));
            else if (hash.Count == 0)
                arguments.Add(Argument());
            else
                throw Unexpected(lexer.Next());
        }
        return (arguments, hash);
    }

    private static bool StartsArgument(TokenKind kind) => kind is TokenKind.Id or TokenKind.Data or TokenKind.String or TokenKind.Number
        or TokenKind.Boolean or TokenKind.Undefined or TokenKind.Null or TokenKind.OpenParenthesis;

    private string? IsHashPair()
    {
        var token = lexer.Peek();
        if (token.Kind != TokenKind.Id)
            return null;

        var (position, line) = (lexer.Position, lexer.Line);
        lexer.Next();
        if (lexer.Peek().Kind == TokenKind.Equals)
        {
            lexer.Next();
            return token.Text;
        }
        lexer.Return(position, line);
        return null;
    }

    private Expression Argument() => lexer.Peek().Kind == TokenKind.OpenParenthesis ? SubExpression() : Name();

    private SubExpression SubExpression()
    {
        if (++_depth > DepthLimit)
            throw new SyntaxFault($"Sub-expressions are nested more than {DepthLimit} deep", lexer.Line);

        var line = lexer.Next().Line;
        var call = Call(line);
        var end = lexer.Next();
        if (end.Kind != TokenKind.CloseParenthesis)
            throw Unexpected(end);
        _depth--;
        return new SubExpression(call);
    }

    private static LiteralExpression Number(Token token)
    {
        var value = double.Parse(token.Text, CultureInfo.InvariantCulture);
        return new LiteralExpression(value, JsNumber.ToText(value), token.Line);
    }

    private PathExpression Path(Token first, bool isData)
    {
        var parts = new List<PathPart>();
        var original = isData ? "@" : "";
        var depth = 0;
        for (var token = first; ; token = lexer.Next())
        {
            if (token.Kind != TokenKind.Id)
                throw Unexpected(token);

            original += token.Text;
            var isLiteral = token.Original != token.Text;
            if (isLiteral || token.Text is not (".." or "." or "this"))
                parts.Add(new PathPart(token.Text));
            else if (parts.Count > 0)
                throw new SyntaxFault($"Invalid path: {original} on line {token.Line}", token.Line);
            else if (token.Text == "..")
                depth++;

            if (lexer.Position >= lexer.Text.Length || Separator() is not { } separator)
                return new PathExpression(isData, depth, [.. parts], original, first.Line);
            original += separator;
        }
    }

    private string? Separator() => lexer.Peek().Kind == TokenKind.Separator ? lexer.Next().Text : null;

    private static SyntaxFault Unexpected(Token token) => token.Kind == TokenKind.End
        ? new SyntaxFault($"The template ends inside a tag on line {token.Line}", token.Line)
        : new SyntaxFault($"'{token.Original}' is not expected on line {token.Line}", token.Line);
}
