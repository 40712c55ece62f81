using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Carillon.Server.Subscribers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

/// <summary>Lets a component act for a subscriber, who is created where need be and takes over what they say of themselves.</summary>
internal sealed class InitializeSession(Entrance entrance, SubscriberWriter writer, SubscriberTokens tokens, CarillonDb db)
{
    public sealed record Request(string SubscriberId, string SentId, string Application, SubscriberProfile Profile, string? Hash) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            SubscriberProfile.ReadId(fields),
            fields["subscriberId"].Text,
            fields.RequiredString("applicationIdentifier"),
            SubscriberProfile.ReadOwn(fields),
            fields.OptionalString("hmacHash"));
    }

    public sealed record View(string Token, Profile Profile);

    public sealed record Profile([property: JsonPropertyName("_id")] string Id, string? FirstName, string? LastName, string? Phone);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, HttpRequest request, InitializeSession operation, CarillonDb db, CancellationToken ct) =>
        await db.RetryLostRacesAsync(() => operation.RunAsync(body.Value, request.Headers.Origin, ct));

    private async Task<Results<Answer<View>, Problem>> RunAsync(Request request, string? origin, CancellationToken ct)
    {
        var entry = await entrance.KnockAsync(request.Application, request.SentId, request.Hash, origin, ct);
        if (entry is not Entry.Open open) return entry.Refusal("Please provide a valid app identifier", "In app integration could not be found");

        var subscriber = await writer.UpsertAsync(request.SubscriberId, open.Environment.OrganizationId, request.Profile, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Of(new View(tokens.Mint(subscriber), new(subscriber.Id, subscriber.FirstName, subscriber.LastName, subscriber.Phone)));
    }
}
