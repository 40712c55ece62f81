namespace Carillon.Engine.Templating.Values;

/// <summary>A few named values. Looked up one after the other, which for a few is the fastest way.</summary>
public sealed class TemplateMap(params KeyValuePair<string, TemplateValue>[] members) : TemplateObject
{
    public TemplateMap(params (string Name, TemplateValue Value)[] members)
        : this(Array.ConvertAll(members, member => KeyValuePair.Create(member.Name, member.Value)))
    {
    }

    public override TemplateValue Member(string name)
    {
        foreach (var member in members)
        {
            if (member.Key == name)
                return member.Value;
        }
        return default;
    }

    public override IEnumerable<KeyValuePair<string, TemplateValue>> Members() => members.Where(member => !member.Value.IsUndefined);
}
