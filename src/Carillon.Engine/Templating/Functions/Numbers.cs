using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

internal static class Numbers
{
    private const int MostDecimals = 100;

    /// <summary>Groups thousands and fixes the decimals; what is no number comes back as it is.</summary>
    public static TemplateValue Format(FunctionCall call)
    {
        var number = call[0].Kind == Kind.Number ? call[0].Number : JsNumber.ParsePrefix(Js.ToText(call[0]));
        if (!double.IsFinite(number))
            return call[0];

        var wanted = call.Option("decimalLength");
        // A number 0 counts as not given, the text "0" does not: stored templates rely on both.
        var decimals = Js.IsTruthy(wanted) ? Js.ToNumber(wanted) : 2;
        if (decimals > MostDecimals)
            return call.Fail($"{call.Name} takes at most {MostDecimals} decimals");

        var text = JsNumber.ToFixed(number, double.IsNaN(decimals) ? 0 : (int)Math.Max(0, decimals));
        return Grouped(text, Separator(call, "thousandsSep", ","), Separator(call, "decimalSep", "."));
    }

    private static string Separator(FunctionCall call, string name, string fallback) =>
        call.Option(name) is var given && Js.IsTruthy(given) ? Js.ToText(given) : fallback;

    private static string Grouped(string text, string thousands, string point)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text : text[..dot];
        if (whole.Contains('e', StringComparison.Ordinal))
            return text;

        var sign = whole[0] == '-' ? 1 : 0;
        for (var at = whole.Length - 3; at > sign; at -= 3)
            whole = whole.Insert(at, thousands);
        return dot < 0 ? whole : string.Concat(whole, point, text.AsSpan(dot + 1));
    }
}
