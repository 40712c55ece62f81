using Carillon.Engine.Running;
using Carillon.Engine.Templating;

namespace Carillon.Engine.Steps;

/// <summary>Renders the texts of one step for one run. The first that fails is remembered, so that a handler asks once, at the end.</summary>
internal sealed class Words(Templates templates, RunWork work)
{
    /// <summary>Why a text could not be rendered; null while all could.</summary>
    public string? Error { get; private set; }

    public string? Render(string? template)
    {
        if (string.IsNullOrEmpty(template) || Error is not null) return template;

        switch (templates.Render(template, work.TemplateContext))
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
