using Carillon.Data;
using Carillon.Engine.Emails;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Unsubscribe;

/// <summary>Switches a workflow's mails off for one subscriber: what mail programs do with one click (RFC 8058), and the page with its button.</summary>
internal static class DoUnsubscribe
{
    private static readonly PreferenceChange NoMails = new(Enabled: null, [new("email", false)]);

    public static async Task<Results<HtmlPage, Problem>> Handle(
        string token, UnsubscribeLinks links, PreferenceLinks page, CurrentEnvironment environment, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct)
    {
        if (links.Read(token) is not { } who) return Problem.NotFound("The link is not complete");

        // The link says for which environment it is; from here on nothing else is seen.
        environment.Enter(who.EnvironmentId);
        if (await db.Subscribers.AnyAsync(subscriber => subscriber.Id == who.SubscriberId, ct))
            await preferences.ChangeAsync(who.SubscriberId, who.WorkflowId, NoMails, ct);

        return new HtmlPage(StatusCodes.Status200OK, "Unsubscribed", ["You will get no more mails of this kind."])
        {
            // Out is for ever; to everything else an old mail does not lead any more.
            Link = who.IsCurrent ? ("Choose what else you receive", page.PathOf(who.EnvironmentId, who.SubscriberId)) : null,
        };
    }
}
