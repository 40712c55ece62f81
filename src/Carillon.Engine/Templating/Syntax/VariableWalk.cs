using Carillon.Engine.Templating.Functions;

namespace Carillon.Engine.Templating.Syntax;

/// <summary>
/// Finds the names a template uses: what it prints, what it loops over, what it asks about; in this order at every level.
/// Else branches are left out, and so are the insides of blocks that compare: what stands there may be missing.
/// </summary>
internal static class VariableWalk
{
    private static readonly string[] Sections = ["each", "if", "log", "lookup", "unless", "with", "json"];

    public static IEnumerable<TemplateVariable> Of(string template) =>
        Template.Parse(template).Program is { } program ? Of(program) : [];

    private static IEnumerable<TemplateVariable> Of(TemplateProgram? program)
    {
        var tags = (program?.Body ?? []).OfType<MustacheNode>().Select(tag => tag.Call).ToList();
        var blocks = (program?.Body ?? []).OfType<BlockNode>().Where(block => block.Kind == BlockKind.Plain).ToList();
        return
        [
            .. tags.SelectMany(Printed),
            .. blocks.SelectMany(Looped),
            .. blocks.SelectMany(Asked),
            .. tags.Where(tag => tag.Callee.Original == "i18n").SelectMany(tag => tag.Hash).SelectMany(pair => Named(pair.Value, TemplateVariable.Text)),
        ];
    }

    private static IEnumerable<TemplateVariable> Printed(Call call) => call switch
    {
        { Arguments.Count: 0, Hash.Count: 0 } => Named(call.Callee, TemplateVariable.Text),
        { Arguments: [var first, ..], Function: not null } when !Sections.Contains(call.Callee.Original) => Named(first, TemplateVariable.Text),
        _ => [],
    };

    private static IEnumerable<TemplateVariable> Looped(BlockNode block)
    {
        if (block.Call.Callee.Original is not ("each" or "with") || block.Call.Arguments is not [PathExpression path, ..]) return [];

        var inner = Of(block.Main).Select(variable => variable with { Name = $"{path.Original}.{variable.Name}" });
        return block.Call.Callee.Original == "each" ? [.. Named(path, TemplateVariable.List), .. inner] : inner;
    }

    private static IEnumerable<TemplateVariable> Asked(BlockNode block) =>
        block.Call is { Callee.Original: "if" or "unless", Arguments: [var asked] }
            ? [.. Named(asked, TemplateVariable.YesOrNo), .. Of(block.Main)]
            : [];

    private static IEnumerable<TemplateVariable> Named(Expression expression, string type) =>
        expression is PathExpression { Original: [var initial, ..] name } && (char.IsAsciiLetter(initial) || initial == '_')
            ? [new(name, type)]
            : [];
}
