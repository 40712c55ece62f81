using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Engine.Emails;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.PreferencePage;

/// <summary>Whose page a link opens, and what is on it.</summary>
internal sealed class PageOwner(PreferenceLinks links, CurrentEnvironment environment, CarillonDb db, SubscriberPreferences preferences)
{
    public static Problem Nobody => Problem.NotFound("The link is not complete or older than a year, or the example of a preview");

    /// <summary>Null for a link we did not sign or that is too old, and when there is nobody any more.</summary>
    public async Task<PageContent?> FindAsync(string token, CancellationToken ct)
    {
        if (links.Read(token) is not var (environmentId, subscriberId)) return null;

        // The link says for which environment it is; from here on nothing else is seen.
        environment.Enter(environmentId);
        var owner = await (
            from subscriber in db.Subscribers
            join organization in db.Organizations on subscriber.OrganizationId equals organization.Id
            where subscriber.Id == subscriberId
            select new { subscriber.Locale, organization.Name }).SingleOrDefaultAsync(ct);
        if (owner is null) return null;

        var everywhere = await preferences.GlobalAsync(subscriberId, ct);
        return new()
        {
            SubscriberId = subscriberId,
            Locale = owner.Locale,
            Sender = owner.Name,
            IsOn = everywhere?.Enabled ?? true,
            Everywhere = [.. ChannelSwitches.Names.Select(channel => new ChannelChoice(channel, everywhere?.Of(channel) ?? true))],
            Workflows = [.. (await preferences.ListAsync(subscriberId, ct)).Select(WorkflowChoice.Of).Where(workflow => workflow.Channels.Count > 0)],
        };
    }
}
