namespace Carillon.Engine.Templating.Values;

/// <summary>The members of any object in JavaScript's order; of anything else none.</summary>
internal static class Members
{
    public static IEnumerable<KeyValuePair<string, TemplateValue>> Of(in TemplateValue value)
    {
        if (value.Kind != Kind.Object)
            return [];
        return value.Members is { } members ? JsonText.InOrder(members.Members().ToList()) : JsonText.Members(value.Json!.Value);
    }
}
