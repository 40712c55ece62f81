using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Carillon.Server.Subscribers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>
/// Lets a component act for a subscriber, who is created where need be. The newest components say more of them than the id: a newcomer begins
/// with that, and it changes somebody who is known only where the application vouches for them.
/// </summary>
internal sealed class OpenSession(Entrance entrance, SubscriberWriter writer, SubscriberTokens tokens, CarillonDb db)
{
    /// <summary>As far as these components count; beyond it they show a plus.</summary>
    public const int MostCounted = 99;

    public sealed record Request(string Application, SessionSubscriber Who, string? Hash) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.RequiredString("applicationIdentifier"), SessionSubscriber.Read(fields), fields.OptionalString("subscriberHash"));
    }

    public sealed record View(string Token, int TotalUnreadCount, bool RemoveNovuBranding);

    public static Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, HttpRequest request, OpenSession operation, CarillonDb db, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => operation.RunAsync(body.Value, request.Headers.Origin, ct));

    private async Task<Results<Answer<View>, Problem>> RunAsync(Request request, string? origin, CancellationToken ct)
    {
        var entry = await entrance.KnockAsync(request.Application, request.Who.SentId, request.Hash, origin, ct);
        if (entry is not Entry.Open open)
            return entry.Refusal("Please provide a valid application identifier", "The active in-app integration could not be found");

        var (said, told) = (request.Who.Profile, open.IsVouchedFor ? request.Who.Profile : SubscriberProfile.Empty);
        var subscriber = await writer.UpsertAsync(request.Who.Id, open.Environment.OrganizationId, said, told, ct);
        await db.SaveChangesAsync(ct);
        var unread = await db.InboxOf(subscriber.Id).WithRead(false).CountUpToAsync(MostCounted, ct);
        return Answer.Of(new View(tokens.Mint(subscriber), unread, open.Integration.RemoveNovuBranding ?? false));
    }
}
