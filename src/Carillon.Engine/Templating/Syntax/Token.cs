namespace Carillon.Engine.Templating.Syntax;

internal enum TokenKind
{
    Id, Separator, Equals, Data, String, Number, Boolean, Undefined, Null,
    OpenParenthesis, CloseParenthesis, OpenBlockParams, Pipe,
    Close, CloseUnescaped, CloseRaw, End, Invalid,
}

/// <summary>A word inside a tag. <paramref name="Text"/> is its meaning, <paramref name="Original"/> what was written.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, string Original, int Line);
