namespace Carillon.Engine.Templating;

/// <summary>A name that a template looks up in the payload, and what it takes it for.</summary>
public sealed record TemplateVariable(string Name, string Type)
{
    internal const string Text = "String";
    internal const string List = "Array";
    internal const string YesOrNo = "Boolean";
}
