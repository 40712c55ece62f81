namespace Carillon.Engine.Templating.Syntax;

/// <summary>
/// Takes away the whitespace around tags with <c>~</c> and around tags that stand alone on their line,
/// by looking at the texts as they were written and changing what they will print.
/// </summary>
internal static class WhitespaceControl
{
    private readonly record struct Flags(bool Open, bool Close, bool OpenStandalone, bool CloseStandalone, bool InlineStandalone);

    public static void Apply(TemplateProgram root) => Program(root, isRoot: true);

    private static void Program(TemplateProgram program, bool isRoot = false)
    {
        var body = program.Body;
        for (var i = 0; i < body.Count; i++)
        {
            if (FlagsOf(body[i]) is not { } flags)
                continue;

            // Decided before anything is taken away, and by the parent, which alone sees the neighbours.
            var isBlankBefore = IsBlankBefore(body, i, isRoot);
            var isBlankAfter = IsBlankAfter(body, i, isRoot);
            if (flags.Close)
                StripAfter(body, i);
            if (flags.Open)
                StripBefore(body, i);
            if (flags.InlineStandalone && isBlankBefore && isBlankAfter)
                OmitLine(body, i);
            if (flags.OpenStandalone && isBlankBefore)
            {
                OmitAfter(First((BlockNode)body[i]).Body, -1);
                OmitBefore(body, i);
            }
            if (flags.CloseStandalone && isBlankAfter)
            {
                OmitAfter(body, i);
                var last = Last((BlockNode)body[i]).Body;
                OmitBefore(last, last.Count);
            }
        }
    }

    private static Flags? FlagsOf(Node node) => node switch
    {
        MustacheNode mustache => new Flags(mustache.Strip.Open, mustache.Strip.Close, false, false, false),
        CommentNode comment => new Flags(comment.Strip.Open, comment.Strip.Close, false, false, true),
        PartialNode partial => new Flags(partial.Strip.Open, partial.Strip.Close, false, false, true),
        BlockNode block => Block(block),
        _ => null,
    };

    private static Flags Block(BlockNode block)
    {
        if (block.Main is not null)
            Program(block.Main);
        if (block.Inverse is not null)
            Program(block.Inverse);

        var program = First(block).Body;
        var inverse = block.Main is null ? null : block.Inverse;
        var (firstInverse, lastInverse) = inverse is null ? (null, null) : Chain(inverse);
        var flags = new Flags(
            block.OpenStrip.Open,
            block.CloseStrip.Close,
            OpenStandalone: IsBlankAfter(program, -1, false),
            CloseStandalone: IsBlankBefore((firstInverse ?? program), (firstInverse ?? program).Count, false),
            InlineStandalone: false);

        if (block.OpenStrip.Close)
            StripAfter(program, -1);
        if (inverse is null)
        {
            if (block.CloseStrip.Open)
                StripBefore(program, program.Count);
            return flags;
        }

        Between(block, program, firstInverse!, lastInverse!);
        return flags;
    }

    private static void Between(BlockNode block, List<Node> program, List<Node> firstInverse, List<Node> lastInverse)
    {
        if (block.InverseStrip.Open)
            StripBefore(program, program.Count);
        if (block.InverseStrip.Close)
            StripAfter(firstInverse, -1);
        if (block.CloseStrip.Open)
            StripBefore(lastInverse, lastInverse.Count);
        if (!IsBlankBefore(program, program.Count, false) || !IsBlankAfter(firstInverse, -1, false))
            return;

        OmitBefore(program, program.Count);
        OmitAfter(firstInverse, -1);
    }

    private static (List<Node> First, List<Node> Last) Chain(TemplateProgram inverse)
    {
        if (!inverse.IsChained)
            return (inverse.Body, inverse.Body);

        var last = inverse;
        while (last is { IsChained: true })
            last = ((BlockNode)last.Body[^1]).Main!;
        return (((BlockNode)inverse.Body[0]).Main!.Body, last.Body);
    }

    private static TemplateProgram First(BlockNode block) => block.Main ?? block.Inverse!;

    private static TemplateProgram Last(BlockNode block) => block.Inverse ?? block.Main!;

    private static bool IsBlankBefore(List<Node> body, int i, bool isRoot)
    {
        if (i == 0)
            return isRoot;
        if (body[i - 1] is not ContentNode { Original: var text })
            return false;

        var trailing = text.AsSpan(TrimmedEnd(text).Length);
        return trailing.Contains('\n') || (i == 1 && isRoot && trailing.Length == text.Length);
    }

    private static bool IsBlankAfter(List<Node> body, int i, bool isRoot)
    {
        if (i + 1 >= body.Count)
            return isRoot;
        if (body[i + 1] is not ContentNode { Original: var text })
            return false;

        var leading = text.AsSpan(0, text.Length - TrimmedStart(text).Length);
        return leading.Contains('\n') || (i + 2 >= body.Count && isRoot && leading.Length == text.Length);
    }

    private static void StripAfter(List<Node> body, int i) => CutAfter(body, i, TrimmedStart);

    private static void StripBefore(List<Node> body, int i) => CutBefore(body, i, TrimmedEnd);

    private static void OmitAfter(List<Node> body, int i)
    {
        if (i + 1 < body.Count && body[i + 1] is ContentNode { IsRightStripped: false })
            CutAfter(body, i, WithoutLineStart);
    }

    private static bool OmitBefore(List<Node> body, int i) =>
        i > 0 && body[i - 1] is ContentNode { IsLeftStripped: false } && CutBefore(body, i, text => text.TrimEnd([' ', '\t']));

    private static void OmitLine(List<Node> body, int i)
    {
        OmitAfter(body, i);
        if (OmitBefore(body, i) && body[i] is PartialNode partial && body[i - 1] is ContentNode { Original: var before })
            partial.Indent = before[before.TrimEnd([' ', '\t']).Length..];
    }

    private static void CutAfter(List<Node> body, int i, Func<string, string> cut)
    {
        if (i + 1 >= body.Count || body[i + 1] is not ContentNode content)
            return;
        var cutText = cut(content.Value);
        content.IsRightStripped = cutText.Length != content.Value.Length;
        content.Value = cutText;
    }

    private static bool CutBefore(List<Node> body, int i, Func<string, string> cut)
    {
        if (i <= 0 || body[i - 1] is not ContentNode content)
            return false;
        var cutText = cut(content.Value);
        content.IsLeftStripped = cutText.Length != content.Value.Length;
        content.Value = cutText;
        return content.IsLeftStripped;
    }

    private static string WithoutLineStart(string text)
    {
        var rest = text.TrimStart([' ', '\t']);
        if (rest.StartsWith("\r\n", StringComparison.Ordinal))
            return rest[2..];
        return rest.Length > 0 && rest[0] is '\n' or '\r' ? rest[1..] : rest;
    }

    private static string TrimmedStart(string text)
    {
        var start = 0;
        while (start < text.Length && TagLexer.IsWhitespace(text[start]))
            start++;
        return text[start..];
    }

    private static string TrimmedEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && TagLexer.IsWhitespace(text[end - 1]))
            end--;
        return text[..end];
    }
}
