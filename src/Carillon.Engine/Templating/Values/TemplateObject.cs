namespace Carillon.Engine.Templating.Values;

/// <summary>An object that a template may read, without being JSON: only what it names exists.</summary>
public abstract class TemplateObject
{
    /// <summary>Undefined where there is no such member.</summary>
    public abstract TemplateValue Member(string name);

    public abstract IEnumerable<KeyValuePair<string, TemplateValue>> Members();

    internal virtual TemplateValue Member(PathPart part) => Member(part.Name);
}
