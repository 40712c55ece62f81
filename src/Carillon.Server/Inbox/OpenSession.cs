using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Carillon.Server.Subscribers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>Lets a component act for a subscriber, who is created where need be and otherwise left as they are.</summary>
internal sealed class OpenSession(Entrance entrance, SubscriberWriter writer, SubscriberTokens tokens, CarillonDb db)
{
    /// <summary>As far as these components count; beyond it they show a plus.</summary>
    public const int MostCounted = 99;

    public sealed record Request(string Application, string SubscriberId, string SentId, string? Hash) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.RequiredString("applicationIdentifier"),
            SubscriberProfile.ReadId(fields),
            fields["subscriberId"].Text,
            fields.OptionalString("subscriberHash"));
    }

    public sealed record View(string Token, int TotalUnreadCount, bool RemoveNovuBranding);

    public static Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, HttpRequest request, OpenSession operation, CarillonDb db, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => operation.RunAsync(body.Value, request.Headers.Origin, ct));

    private async Task<Results<Answer<View>, Problem>> RunAsync(Request request, string? origin, CancellationToken ct) =>
        await entrance.KnockAsync(request.Application, request.SentId, request.Hash, origin, ct) switch
        {
            Entry.Open open => Answer.Of(await OpenAsync(open, request, ct)),
            Entry.UnknownApplication => Problem.BadRequest("Please provide a valid application identifier"),
            Entry.NoInbox => Problem.NotFound("The active in-app integration could not be found"),
            Entry.ForeignPage => Problem.Forbidden(Authentication.ForeignPage),
            _ => Problem.BadRequest("Please provide a valid HMAC hash"),
        };

    private async Task<View> OpenAsync(Entry.Open open, Request request, CancellationToken ct)
    {
        var subscriber = await writer.UpsertAsync(request.SubscriberId, open.Environment.OrganizationId, SubscriberProfile.Empty, ct);
        await db.SaveChangesAsync(ct);
        var unread = await db.InboxOf(subscriber.Id).WithRead(false).CountUpToAsync(MostCounted, ct);
        return new(tokens.Mint(subscriber), unread, open.Integration.RemoveNovuBranding ?? false);
    }
}
