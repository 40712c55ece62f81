namespace Carillon.Engine.Templating.Syntax;

/// <summary>Reads the text between tags, with its escapes: <c>\{{</c> is text, <c>\\{{</c> a backslash and a tag.</summary>
internal readonly struct ContentLexer(TagLexer lexer)
{
    private static readonly System.Buffers.SearchValues<char> NeverInNames = System.Buffers.SearchValues.Create(" \t\r\n{}");

    /// <summary>Adds the text up to the next tag, or to the end.</summary>
    public void Read(List<Node> body)
    {
        while (true)
        {
            var start = lexer.Position;
            var tag = lexer.Text.IndexOf("{{", start, StringComparison.Ordinal);
            if (tag < 0)
            {
                Add(body, lexer.Text.Length, 0);
                return;
            }

            var text = lexer.Text.AsSpan(start, tag - start);
            var isPlain = !text.EndsWith("\\") || text.EndsWith("\\\\");
            Add(body, tag, text.EndsWith("\\") ? 1 : 0);
            if (isPlain)
                return;
            Add(body, EscapedEnd(tag), 0);
        }
    }

    /// <summary>Adds what stands in a raw block, raw blocks within it included, and returns the name that closes it.</summary>
    public string ReadRaw(List<Node> body, int openedOn)
    {
        var depth = 0;
        var at = lexer.Position;
        while ((at = lexer.Text.IndexOf("{{{{", at, StringComparison.Ordinal)) >= 0)
        {
            if (ClosingName(at) is { } name)
            {
                if (depth-- == 0)
                {
                    Add(body, at, 0);
                    lexer.MoveTo(at + name.Length + 9);
                    return name;
                }
                at += name.Length + 9;
                continue;
            }
            if (at + 4 < lexer.Text.Length && lexer.Text[at + 4] != '/')
                depth++;
            at += 4;
        }
        throw new SyntaxFault($"The raw block opened on line {openedOn} is never closed", openedOn);
    }

    private string? ClosingName(int at)
    {
        var text = lexer.Text;
        if (at + 5 >= text.Length || text[at + 4] != '/')
            return null;

        var end = text.IndexOf("}}}}", at + 5, StringComparison.Ordinal);
        if (end <= at + 5)
            return null;
        var name = text[(at + 5)..end];
        return name.AsSpan().ContainsAny(NeverInNames) ? null : name;
    }

    // At least the escaped braces themselves are text.
    private int EscapedEnd(int tag)
    {
        var next = lexer.Text.IndexOf("{{", tag + 2, StringComparison.Ordinal);
        if (next < 0)
            return lexer.Text.Length;
        // Backslashes before the next tag are its own, up to two.
        for (var i = 0; i < 2 && next > tag + 2 && lexer.Text[next - 1] == '\\'; i++)
            next--;
        return next;
    }

    private void Add(List<Node> body, int end, int dropped)
    {
        var text = lexer.Text[lexer.Position..(end - dropped)];
        if (text.Length > 0)
            body.Add(new ContentNode(text, lexer.Line));
        lexer.MoveTo(end);
    }
}
