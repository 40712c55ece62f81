using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Steps;

/// <summary>Renders the texts of one message. The first that fails is remembered, so that a handler asks once, at the end.</summary>
public sealed class Words(Templates templates, TemplateContext context)
{
    internal Words(Templates templates, RunWork work) : this(templates, work.TemplateContext)
    {
    }

    /// <summary>Why a text could not be rendered; null while all could.</summary>
    public string? Error { get; private set; }

    /// <summary><paramref name="overlay"/> holds names that win over everything the message knows.</summary>
    public string? Render(string? template, TemplateMap? overlay = null)
    {
        if (string.IsNullOrEmpty(template) || Error is not null) return template;

        switch (templates.Render(template, overlay is null ? context : context with { Overlay = overlay }))
        {
            case Rendered rendered:
                return rendered.Text;
            case TemplateError error:
                Error = error.Line is { } line ? $"{error.Message} (line {line})" : error.Message;
                return null;
            default:
                throw new InvalidOperationException("A template renders to a text or an error.");
        }
    }
}
