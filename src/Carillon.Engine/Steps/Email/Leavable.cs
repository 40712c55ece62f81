using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>
/// Says in a mail's headers how to get no more of its kind with one click (RFC 8058), where people have a say in that. A caller who
/// says it otherwise is right.
/// </summary>
internal static class Leavable
{
    private const string Header = "List-Unsubscribe";

    public static EmailMessage WithLink(EmailMessage mail, RunWork work, UnsubscribeLinks links)
    {
        if (work.Subject.Version.Critical || work.Subject.Choices.Team is { ReadOnly: true }) return mail;
        if (mail.Headers.Keys.Contains(Header, StringComparer.OrdinalIgnoreCase)) return mail;
        if (links.Of(new(work.Run.EnvironmentId, work.Run.SubscriberId, work.Run.WorkflowId)) is not { } link) return mail;

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
