using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>
/// Says how to get no more of a mail's kind, where people have a say in that: to templates, and in its headers with one click
/// (RFC 8058), unless a caller says it otherwise there. And where the recipient chooses what they receive at all.
/// </summary>
public sealed class Leavable(UnsubscribeLinks unsubscribe, PreferenceLinks preferences)
{
    private const string Header = "List-Unsubscribe";

    /// <summary>For a mail to nobody in particular.</summary>
    public PersonalLinks Examples => new(preferences.Example, unsubscribe.Example);

    internal PersonalLinks LinksOf(RunWork work) => new(
        preferences.Of(work.Run.EnvironmentId, work.Run.SubscriberId),
        work.Subject.Version.Critical || work.Subject.Choices.Team is { ReadOnly: true }
            ? null
            : unsubscribe.Of(new(work.Run.EnvironmentId, work.Run.SubscriberId, work.Run.WorkflowId)));

    internal static EmailMessage WithHeaders(EmailMessage mail, PersonalLinks links)
    {
        if (links.Unsubscribe is not { } link || mail.Headers.Keys.Contains(Header, StringComparer.OrdinalIgnoreCase)) return mail;

        return mail with
        {
            Headers = new Dictionary<string, string>(mail.Headers)
            {
                [Header] = $"<{link}>",
                [$"{Header}-Post"] = "List-Unsubscribe=One-Click",
            },
        };
    }
}
