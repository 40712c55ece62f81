using System.Globalization;
using System.Text;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

/// <summary>JSON as <c>JSON.stringify</c> writes it: no spaces, nothing escaped that need not be, numbers as JavaScript prints them.</summary>
internal static class JsonPrinter
{
    public static TemplateValue Print(FunctionCall call)
    {
        if (call[0].IsUndefined || !call.Spend(call[0].Weight / 16))
            return default;

        var json = new StringBuilder();
        Write(json, call[0]);
        call.Spend(json.Length / 64);
        return json.ToString();
    }

    public static string Of(in TemplateValue value)
    {
        var json = new StringBuilder();
        Write(json, value);
        return json.ToString();
    }

    private static void Write(StringBuilder json, in TemplateValue value)
    {
        switch (value.Kind)
        {
            case Kind.String:
                Quote(json, value.Text);
                break;
            case Kind.Array:
                List(json, value);
                break;
            case Kind.Object:
                Object(json, value);
                break;
            case Kind.Number:
                json.Append(double.IsFinite(value.Number) ? JsNumber.ToText(value.Number) : "null");
                break;
            default:
                json.Append(value.IsNothing ? "null" : Js.ToText(value));
                break;
        }
    }

    private static void List(StringBuilder json, in TemplateValue array)
    {
        json.Append('[');
        foreach (var item in array.Elements())
        {
            Write(json, item);
            json.Append(',');
        }
        Close(json, ']');
    }

    private static void Object(StringBuilder json, in TemplateValue value)
    {
        json.Append('{');
        foreach (var (name, member) in Members.Of(value))
        {
            if (member.IsUndefined)
                continue;
            Quote(json, name);
            json.Append(':');
            Write(json, member);
            json.Append(',');
        }
        Close(json, '}');
    }

    private static void Close(StringBuilder json, char bracket)
    {
        if (json[^1] == ',')
            json.Length--;
        json.Append(bracket);
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }
        json.Append('"');
    }
}
