using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Steps;

/// <summary>Renders the texts of one message. The first that fails is remembered, so that a handler asks once, at the end.</summary>
internal sealed class Words(Templates templates, TemplateContext context)
{
    public Words(Templates templates, RunWork work) : this(templates, work.TemplateContext)
    {
    }

    /// <summary>Why a text could not be rendered; null while all could.</summary>
    public string? Error { get; private set; }

    /// <summary>
    /// <paramref name="of"/> names the text to whoever has to mend it; <paramref name="overlay"/> holds names that win over
    /// everything the message knows.
    /// </summary>
    public string? Render(string of, string? template, TemplateMap? overlay = null)
    {
        if (string.IsNullOrEmpty(template) || Error is not null) return template;

        switch (templates.Render(template, overlay is null ? context : context with { Overlay = overlay }))
        {
            case Rendered rendered:
                return rendered.Text;
            case TemplateError error:
                Error = $"{error.Message} ({(error.Line is { } line ? $"line {line} of " : "")}{of})";
                return null;
            default:
                throw new InvalidOperationException("A template renders to a text or an error.");
        }
    }
}
