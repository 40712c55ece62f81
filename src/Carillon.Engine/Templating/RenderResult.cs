namespace Carillon.Engine.Templating;

/// <summary>What rendering or parsing a template came to: a text, or the reason there is none.</summary>
public abstract record RenderResult;

public sealed record Rendered(string Text) : RenderResult;

public sealed record TemplateError(string Message, int? Line = null) : RenderResult;
