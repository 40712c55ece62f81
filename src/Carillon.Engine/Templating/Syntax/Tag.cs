namespace Carillon.Engine.Templating.Syntax;

internal enum TagKind
{
    None, Mustache, Unescaped, Ampersand, Decorator, Block, DecoratorBlock, Inverse, Close, Else, ElseChain,
    Partial, PartialBlock, Raw, Comment,
}

/// <summary>The opening of the tag at the lexer's position: what it is, how long its opening is, where it strips whitespace.</summary>
internal readonly record struct Tag(TagKind Kind, int Length, bool Strips, bool StripsClose = false, bool IsDashed = false)
{
    public static Tag Of(TagLexer lexer)
    {
        var text = lexer.Text.AsSpan(lexer.Position);
        if (text.StartsWith("{{{{"))
            return new Tag(TagKind.Raw, 4, false);

        var strips = text.Length > 2 && text[2] == '~';
        var length = strips ? 3 : 2;
        var rest = text[length..];
        return Else(rest, length, strips) ?? rest switch
        {
            ['>', ..] => new Tag(TagKind.Partial, length + 1, strips),
            ['#', '>', ..] => new Tag(TagKind.PartialBlock, length + 2, strips),
            ['#', '*', ..] => new Tag(TagKind.DecoratorBlock, length + 2, strips),
            ['#', ..] => new Tag(TagKind.Block, length + 1, strips),
            ['/', ..] => new Tag(TagKind.Close, length + 1, strips),
            ['^', ..] => new Tag(TagKind.Inverse, length + 1, strips),
            ['{', ..] => new Tag(TagKind.Unescaped, length + 1, strips),
            ['&', ..] => new Tag(TagKind.Ampersand, length + 1, strips),
            ['!', '-', '-', ..] => new Tag(TagKind.Comment, length + 3, strips, IsDashed: true),
            ['!', ..] => new Tag(TagKind.Comment, length + 1, strips),
            ['*', ..] => new Tag(TagKind.Decorator, length + 1, strips),
            _ => new Tag(TagKind.Mustache, length, strips),
        };
    }

    /// <summary><c>{{^}}</c> and <c>{{else}}</c> are one tag to their closing braces; <c>{{else if x}}</c> goes on after the word.</summary>
    private static Tag? Else(ReadOnlySpan<char> rest, int length, bool strips)
    {
        var at = Skip(rest, 0);
        if (rest is ['^', ..])
            at = 1;
        else if (rest[at..].StartsWith("else") && (rest.Length == at + 4 || !IsWord(rest[at + 4])))
            at += 4;
        else
            return null;

        var close = Skip(rest, at);
        var stripsClose = close < rest.Length && rest[close] == '~';
        if (stripsClose)
            close++;
        if (rest[close..].StartsWith("}}"))
            return new Tag(TagKind.Else, length + close + 2, strips, stripsClose);
        return rest[0] == '^' ? null : new Tag(TagKind.ElseChain, length + at, strips);
    }

    private static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && TagLexer.IsWhitespace(text[at]))
            at++;
        return at;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
