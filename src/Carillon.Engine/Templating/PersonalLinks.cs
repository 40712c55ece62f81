using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating;

/// <summary>
/// Links of one recipient: to the page where they choose what they receive, and out of this workflow's mails, where they may leave.
/// </summary>
public sealed record PersonalLinks(string? Preferences, string? Unsubscribe)
{
    private static readonly string[] Names = ["preferencesUrl", "unsubscribeUrl"];

    internal TemplateValue Member(string name) => name switch
    {
        "preferencesUrl" when Preferences is not null => Preferences,
        "unsubscribeUrl" when Unsubscribe is not null => Unsubscribe,
        _ => default(TemplateValue),
    };

    internal IEnumerable<KeyValuePair<string, TemplateValue>> Members() => Names.Select(name => KeyValuePair.Create(name, Member(name)));
}
