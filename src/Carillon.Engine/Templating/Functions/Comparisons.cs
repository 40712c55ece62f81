using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

/// <summary>As a block they choose a branch, in the current context; otherwise they are a boolean.</summary>
internal static class Comparisons
{
    public static TemplateValue Identical(FunctionCall call) => Answer(call, Js.IsIdentical(call[0], call[1]));

    public static TemplateValue NotIdentical(FunctionCall call) => Answer(call, !Js.IsIdentical(call[0], call[1]));

    public static TemplateValue Equal(FunctionCall call) => Answer(call, Js.IsEqual(call[0], call[1]));

    public static TemplateValue Greater(FunctionCall call) => Answer(call, Js.Compare(call[0], call[1]) > 0);

    public static TemplateValue GreaterOrEqual(FunctionCall call) => Answer(call, Js.Compare(call[0], call[1]) >= 0);

    public static TemplateValue Less(FunctionCall call) => Answer(call, Js.Compare(call[0], call[1]) < 0);

    public static TemplateValue LessOrEqual(FunctionCall call) => Answer(call, Js.Compare(call[0], call[1]) <= 0);

    private static TemplateValue Answer(FunctionCall call, bool answer) => call.Block is null ? answer : call.Choose(answer);
}
