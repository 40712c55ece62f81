using Carillon.Engine.Templating.Rendering;
using Carillon.Engine.Templating.Syntax;

namespace Carillon.Engine.Templating;

/// <summary>A parsed Handlebars template, or one whose text does not parse. Immutable: render it from as many threads as you like.</summary>
public sealed class Template
{
    private readonly TemplateProgram? _program;

    private Template(string source, TemplateProgram? program, TemplateError? error)
    {
        Source = source;
        Error = error;
        _program = program;
    }

    public string Source { get; }

    /// <summary>Why the text does not parse; such a template renders to this error.</summary>
    public TemplateError? Error { get; }

    public static Template Parse(string source)
    {
        var parsed = TemplateParser.Parse(source);
        if (parsed.Program is { } program)
            WhitespaceControl.Apply(program);
        return new Template(source, parsed.Program, parsed.Error);
    }

    public RenderResult Render(TemplateContext context, TemplateLimits? limits = null)
    {
        if (_program is null)
            return Error!;
        return Renderer.Run(_program, context, limits ?? TemplateLimits.Default);
    }
}
