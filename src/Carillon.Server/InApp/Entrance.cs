using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Integrations;
using Carillon.Data.Messages;
using Carillon.Data.Secrets;
using Carillon.Providers;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>What comes of knocking at an inbox.</summary>
internal abstract record Entry
{
    public sealed record UnknownApplication : Entry;

    public sealed record NoInbox : Entry;

    public sealed record NotVouchedFor : Entry;

    public sealed record ForeignPage : Entry;

    /// <param name="IsVouchedFor">Whether the application says who it is, be it demanded or not.</param>
    public sealed record Open(AppEnvironment Environment, Integration Integration, bool IsVouchedFor) : Entry;

    /// <summary>Why nobody was let in; the two kinds of components hear of some things in words of their own.</summary>
    public Problem Refusal(string unknownApplication, string noInbox) => this switch
    {
        UnknownApplication => Problem.BadRequest(unknownApplication),
        NoInbox => Problem.NotFound(noInbox),
        ForeignPage => Problem.Forbidden(Authentication.ForeignPage),
        _ => Problem.BadRequest("Please provide a valid HMAC hash"),
    };
}

/// <summary>
/// Opens the inbox of the environment that an application identifier names, for somebody for whom the application vouches by a hash,
/// on the pages that the environment lists, if it does. The integration says whether that is demanded; where it says nothing, what is published demands it.
/// </summary>
internal sealed class Entrance(CarillonDb db, CurrentEnvironment environment, SecretBox box, SubscriberHashes hashes)
{
    private const string ProviderId = "novu";

    public async Task<Entry> KnockAsync(string application, string subscriberId, string? hash, string? origin, CancellationToken ct)
    {
        if (await db.Environments.AsNoTracking().SingleOrDefaultAsync(found => found.Identifier == application, ct) is not { } found)
            return new Entry.UnknownApplication();
        if (!found.Settings.OpensInboxTo(origin)) return new Entry.ForeignPage();

        // From here on nothing else is seen.
        environment.Enter(found.Id);
        if (await InboxAsync(ct) is not { } integration) return new Entry.NoInbox();

        var isVouchedFor = !string.IsNullOrEmpty(hash) && await hashes.VouchAsync(subscriberId, hash, ct);
        return isVouchedFor || !DemandsHash(found, integration)
            ? new Entry.Open(found, integration, isVouchedFor)
            : new Entry.NotVouchedFor();
    }

    private Task<Integration?> InboxAsync(CancellationToken ct) => db.Integrations.AsNoTracking()
        .Where(integration => integration.Active && integration.Channel == Message.InApp && integration.ProviderId == ProviderId)
        .OrderByDescending(integration => integration.Id)
        .FirstOrDefaultAsync(ct);

    private bool DemandsHash(AppEnvironment found, Integration integration) =>
        bool.TryParse(Account.Parse(box.Open(Purpose.IntegrationCredentials, integration.Cipher)).Text("hmac"), out var said)
            ? said
            : found.ParentId is not null;
}
