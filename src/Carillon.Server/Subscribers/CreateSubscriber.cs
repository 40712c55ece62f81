using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Subscribers.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Subscribers;

/// <summary>Creates a subscriber, or changes the one with this id. With a channel that cannot be used nothing is stored.</summary>
internal sealed class CreateSubscriber(CarillonDb db, SubscriberWriter writer, ChannelWriter channels, SecretBox box, Caller caller)
{
    public sealed record Request(string SubscriberId, SubscriberProfile Profile, IReadOnlyList<ChannelFields> Channels) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(SubscriberProfile.ReadId(fields), SubscriberProfile.ReadNew(fields), ChannelFields.ReadList(fields));
    }

    public static Task<Results<Answer<SubscriberView>, Problem>> Handle(
        Body<Request> body, CreateSubscriber operation, CancellationToken ct) =>
        operation.RunAsync(body.Value, ct);

    public Task<Results<Answer<SubscriberView>, Problem>> RunAsync(Request request, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => TryAsync(request, ct));

    private async Task<Results<Answer<SubscriberView>, Problem>> TryAsync(Request request, CancellationToken ct)
    {
        var integrations = await channels.FindIntegrationsAsync(request.Channels, ct);
        if (request.Channels.FirstOrDefault(channel => !integrations.ContainsKey(channel.Address)) is { } unusable)
            return channels.NoIntegration(unusable);

        var subscriber = await writer.UpsertAsync(request.SubscriberId, caller.OrganizationId, request.Profile, ct);
        await channels.MergeAsync(subscriber.Id, request.Channels, integrations, ct);
        await db.SaveChangesAsync(ct);

        return Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
