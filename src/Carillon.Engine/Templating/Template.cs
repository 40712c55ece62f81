using Carillon.Engine.Templating.Rendering;
using Carillon.Engine.Templating.Syntax;

namespace Carillon.Engine.Templating;

/// <summary>A parsed Handlebars template, or one whose text does not parse. Immutable: render it from as many threads as you like.</summary>
public sealed class Template
{
    private Template(string source, TemplateProgram? program, TemplateError? error)
    {
        Source = source;
        Error = error;
        Program = program;
    }

    public string Source { get; }

    /// <summary>Why the text does not parse; such a template renders to this error.</summary>
    public TemplateError? Error { get; }

    internal TemplateProgram? Program { get; }

    public static Template Parse(string source)
    {
        var parsed = TemplateParser.Parse(source);
        if (parsed.Program is { } program)
            WhitespaceControl.Apply(program);
        return new Template(source, parsed.Program, parsed.Error);
    }

    public RenderResult Render(TemplateContext context, TemplateLimits? limits = null)
    {
        if (Program is null)
            return Error!;
        return Renderer.Run(Program, context, limits ?? TemplateLimits.Default);
    }
}
