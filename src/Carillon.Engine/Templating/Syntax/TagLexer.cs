namespace Carillon.Engine.Templating.Syntax;

/// <summary>
/// Splits the inside of a tag into words. What may follow a word decides what it is (<c>true</c> is a literal, <c>true=1</c> is not),
/// so the rules stand in the order Handlebars tries them.
/// </summary>
internal sealed class TagLexer(string text)
{
    private const string NeverInIds = "!\"#%&'()*+,./;<=>@[\\]^`{|}~";

    public int Position { get; private set; }
    public int Line { get; private set; } = 1;

    public string Text => text;

    /// <summary>Moves on and keeps count of the lines.</summary>
    public void MoveTo(int position)
    {
        Line += text.AsSpan(Position, position - Position).Count('\n');
        Position = position;
    }

    /// <summary>Goes back to a place seen before.</summary>
    public void Return(int position, int line) => (Position, Line) = (position, line);

    public bool At(string expected) => text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal);

    public Token Next()
    {
        SkipWhitespace();
        var token = Read();
        MoveTo(Position + token.Original.Length);
        return token;
    }

    public Token Peek()
    {
        SkipWhitespace();
        return Read();
    }

    private void SkipWhitespace()
    {
        var end = Position;
        while (end < text.Length && IsWhitespace(text[end]))
            end++;
        MoveTo(end);
    }

    private Token Read()
    {
        if (Position >= text.Length)
            return Of(TokenKind.End, 0);

        return text[Position] switch
        {
            '(' => Of(TokenKind.OpenParenthesis, 1),
            ')' => Of(TokenKind.CloseParenthesis, 1),
            '=' => Of(TokenKind.Equals, 1),
            '@' => Of(TokenKind.Data, 1),
            '|' => Of(TokenKind.Pipe, 1),
            '/' => Of(TokenKind.Separator, 1),
            '.' => Dots(),
            '}' or '~' => Closing(),
            '"' or '\'' => Quoted(text[Position]),
            '[' => Bracketed(),
            _ => Word(),
        };
    }

    private Token Of(TokenKind kind, int length, string? meaning = null)
    {
        var original = text.Substring(Position, length);
        return new Token(kind, meaning ?? original, original, Line);
    }

    private Token Dots()
    {
        if (At(".."))
            return Of(TokenKind.Id, 2);
        return EndsWord(Position + 1) ? Of(TokenKind.Id, 1) : Of(TokenKind.Separator, 1);
    }

    private Token Closing()
    {
        if (At("}}}}"))
            return Of(TokenKind.CloseRaw, 4);
        if (At("}}}"))
            return Of(TokenKind.CloseUnescaped, 3);
        if (At("}~}}"))
            return Of(TokenKind.CloseUnescaped, 4);
        if (At("}}"))
            return Of(TokenKind.Close, 2);
        return At("~}}") ? Of(TokenKind.Close, 3) : Of(TokenKind.Invalid, 1);
    }

    private Token Quoted(char quote)
    {
        var lastEscaped = -1;
        for (var i = Position + 1; i < text.Length; i++)
        {
            if (text[i] != quote)
                continue;
            if (text[i - 1] != '\\' || i - 1 == Position)
                return Quoted(quote, i);
            lastEscaped = i;
        }
        // Nothing closes the string unless the backslash before a quote is a plain one.
        return lastEscaped < 0 ? Of(TokenKind.Invalid, 1) : Quoted(quote, lastEscaped);
    }

    private Token Quoted(char quote, int end)
    {
        var inner = text[(Position + 1)..end];
        return Of(TokenKind.String, end + 1 - Position, inner.Replace("\\" + quote, quote.ToString(), StringComparison.Ordinal));
    }

    private Token Bracketed()
    {
        var end = Position + 1;
        while (end < text.Length && text[end] != ']')
            end += text[end] == '\\' && end + 1 < text.Length && text[end + 1] == ']' ? 2 : 1;
        if (end >= text.Length)
            return Of(TokenKind.Invalid, 1);

        var inner = text[(Position + 1)..end];
        return Of(TokenKind.Id, end + 1 - Position, Unescape(inner));
    }

    private static string Unescape(string inner)
    {
        if (!inner.Contains('\\', StringComparison.Ordinal))
            return inner;

        var unescaped = new System.Text.StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length && inner[i + 1] is '\\' or ']')
                i++;
            unescaped.Append(inner[i]);
        }
        return unescaped.ToString();
    }

    private Token Word()
    {
        if (BlockParams() is { } opening)
            return opening;

        var end = Position;
        while (end < text.Length && !IsWhitespace(text[end]) && !NeverInIds.Contains(text[end], StringComparison.Ordinal))
            end++;

        if (Number(end) is { } number)
            return number;
        if (end == Position || !EndsWord(end))
            return Of(TokenKind.Invalid, 1);

        var word = text[Position..end];
        return Of(EndsLiteral(end) ? KindOf(word) : TokenKind.Id, end - Position);
    }

    private static TokenKind KindOf(string word) => word switch
    {
        "true" or "false" => TokenKind.Boolean,
        "undefined" => TokenKind.Undefined,
        "null" => TokenKind.Null,
        _ => TokenKind.Id,
    };

    private Token? BlockParams()
    {
        if (!At("as"))
            return null;

        var end = Position + 2;
        while (end < text.Length && IsWhitespace(text[end]))
            end++;
        return end > Position + 2 && end < text.Length && text[end] == '|' ? Of(TokenKind.OpenBlockParams, end + 1 - Position) : null;
    }

    /// <summary>A number may hold a dot, which no other word may: <c>1.5</c> is one word, <c>1.x</c> are three.</summary>
    private Token? Number(int wordEnd)
    {
        var start = text[Position] == '-' ? Position + 1 : Position;
        var end = Digits(start);
        if (end == start || end > wordEnd)
            return null;
        if (end + 1 < text.Length && text[end] == '.' && Digits(end + 1) is var fraction && fraction > end + 1 && EndsLiteral(fraction))
            return Of(TokenKind.Number, fraction - Position);
        return EndsLiteral(end) ? Of(TokenKind.Number, end - Position) : null;
    }

    private int Digits(int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
            from++;
        return from;
    }

    // The end of the text ends a word as well, so that the complaint is about the tag nobody closed.
    private bool EndsWord(int at) => at >= text.Length || text[at] is '=' or '~' or '}' or '/' or '.' or ')' or '|' or ']' || IsWhitespace(text[at]);

    private bool EndsLiteral(int at) => at < text.Length && (text[at] is '~' or '}' or ')' || IsWhitespace(text[at]));

    internal static bool IsWhitespace(char c) => char.IsWhiteSpace(c) && c != '\u0085' || c == '\uFEFF';
}
