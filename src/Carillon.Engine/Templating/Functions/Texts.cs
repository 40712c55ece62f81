using System.Globalization;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

internal static class Texts
{
    public static TemplateValue Uppercase(FunctionCall call) => Change(call, text => text.ToUpperInvariant());

    public static TemplateValue Lowercase(FunctionCall call) => Change(call, text => text.ToLowerInvariant());

    public static TemplateValue Titlecase(FunctionCall call) => Change(call, text => string.Join(' ', text.Split(' ').Select(Titled)));

    public static TemplateValue Pluralize(FunctionCall call) => call[0] is { Kind: Kind.Number, Number: 1 } ? call[1] : call[2];

    private static string Titled(string word) =>
        word.Length == 0 ? "" : string.Concat(word[..1].ToUpper(CultureInfo.InvariantCulture), word[1..].ToLowerInvariant());

    private static TemplateValue Change(FunctionCall call, Func<string, string> change)
    {
        if (call.Count == 0)
            return call.Fail($"{call.Name} requires an argument");
        if (call[0].IsNothing)
            return default;
        return call[0].Kind == Kind.String ? change(call[0].Text) : call.Fail($"{call.Name} takes a text");
    }
}
