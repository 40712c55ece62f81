using System.Text;

namespace Carillon.Engine.Templating.Values;

/// <summary>The conversions and comparisons of JavaScript that templates see.</summary>
internal static class Js
{
    public static bool IsTruthy(in TemplateValue value) => value.Kind switch
    {
        Kind.Undefined or Kind.Null => false,
        Kind.Boolean => value.Boolean,
        Kind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        Kind.String => value.Text.Length > 0,
        _ => true,
    };

    /// <summary>What <c>#if</c> and <c>#with</c> take for nothing: all that is falsy but 0, and empty arrays.</summary>
    public static bool IsEmpty(in TemplateValue value) => value.Kind switch
    {
        Kind.Array => value.ArrayLength == 0,
        Kind.Number => double.IsNaN(value.Number),
        _ => !IsTruthy(value),
    };

    /// <summary><c>String(value)</c>.</summary>
    public static string ToText(in TemplateValue value) => value.Kind switch
    {
        Kind.Undefined => "undefined",
        Kind.Null => "null",
        Kind.Boolean => value.Boolean ? "true" : "false",
        Kind.Number => JsNumber.ToText(value.Number),
        Kind.String => value.Text,
        Kind.Array => Joined(value),
        _ => "[object Object]",
    };

    private static string Joined(in TemplateValue array)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var item in array.Elements())
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            if (!item.IsNothing)
                text.Append(ToText(item));
        }
        return text.ToString();
    }

    public static double ToNumber(in TemplateValue value) => value.Kind switch
    {
        Kind.Undefined => double.NaN,
        Kind.Null => 0,
        Kind.Boolean or Kind.Number => value.Number,
        _ => JsNumber.Parse(ToText(value)),
    };

    /// <summary><c>===</c></summary>
    public static bool IsIdentical(in TemplateValue left, in TemplateValue right)
    {
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            Kind.Undefined or Kind.Null => true,
            Kind.Boolean or Kind.Number => left.Number == right.Number,
            Kind.String => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            _ => left.IsSameReferenceAs(right),
        };
    }

    /// <summary><c>==</c></summary>
    public static bool IsEqual(in TemplateValue left, in TemplateValue right)
    {
        if (left.Kind == right.Kind)
            return IsIdentical(left, right);
        if (left.IsNothing || right.IsNothing)
            return left.IsNothing && right.IsNothing;
        // Two kinds, neither nothing: objects against text compare as text, all else as numbers.
        if (left.Kind >= Kind.String && right.Kind >= Kind.String)
            return (left.Kind == Kind.String || right.Kind == Kind.String) && ToText(left) == ToText(right);
        return ToNumber(left) == ToNumber(right);
    }

    /// <summary>Below 0, 0 or above 0 as <c>&lt;</c> and <c>&gt;</c> see it; null when neither holds nor equality.</summary>
    public static int? Compare(in TemplateValue left, in TemplateValue right)
    {
        if (left.Kind >= Kind.String && right.Kind >= Kind.String)
            return string.CompareOrdinal(ToText(left), ToText(right));

        var (a, b) = (ToNumber(left), ToNumber(right));
        return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
    }
}
