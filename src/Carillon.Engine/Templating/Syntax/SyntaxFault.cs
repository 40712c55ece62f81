namespace Carillon.Engine.Templating.Syntax;

/// <summary>Leads from the depth of the parser to its only door, where it becomes a <see cref="TemplateError"/>.</summary>
internal sealed class SyntaxFault(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
