using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Engine.Conditions;

/// <summary>What a condition expects, ready to be compared: a text, and for operators that want several values a list.</summary>
internal sealed record Expectation(string Text, IReadOnlyList<string> List)
{
    /// <summary>Texts are templates over the data of the run; everything else stands for itself.</summary>
    public static (Expectation? Expected, TemplateError? Error) Of(JsonElement? value, Templates templates, TemplateContext context)
    {
        switch (value)
        {
            case { ValueKind: JsonValueKind.String }:
                return templates.Render(value.Value.GetString(), context) switch
                {
                    Rendered rendered => (OfText(rendered.Text), null),
                    TemplateError error => (null, error),
                    _ => throw new InvalidOperationException("A template renders to a text or an error."),
                };
            case { ValueKind: JsonValueKind.Array } items:
                return OfItems([.. items.EnumerateArray().Select(item => Of(item, templates, context))], items);
            case null or { ValueKind: JsonValueKind.Undefined }:
                return (OfText(""), null);
            default:
                var text = value.Value.GetRawText();
                return (new(text, [text]), null);
        }
    }

    private static Expectation OfText(string text) =>
        new(text, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static (Expectation?, TemplateError?) OfItems(IReadOnlyList<(Expectation? Expected, TemplateError? Error)> items, JsonElement given) =>
        items.FirstOrDefault(item => item.Error is not null).Error is { } error
            ? (null, error)
            : (new(given.GetRawText(), [.. items.Select(item => item.Expected!.Text)]), null);
}
