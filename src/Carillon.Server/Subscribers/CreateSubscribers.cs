using Carillon.Data;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Carillon.Server.Subscribers.Credentials;

namespace Carillon.Server.Subscribers;

/// <summary>Creates or changes many at once, in one transaction. Who has a channel that cannot be used is left out and reported.</summary>
internal sealed class CreateSubscribers(CarillonDb db, SubscriberWriter writer, ChannelWriter channels, Outbox outbox, Caller caller)
{
    private const int Most = 500;

    public sealed record Request(IReadOnlyList<CreateSubscriber.Request> Subscribers) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var list = fields["subscribers"].ArrayMaxSize(Most).ArrayNotEmpty().Array();
            return new(list.Items(CreateSubscriber.Request.Read));
        }
    }

    public sealed record View(IReadOnlyList<Entry> Updated, IReadOnlyList<Entry> Created, IReadOnlyList<Failure> Failed);

    public sealed record Entry(string SubscriberId);

    public sealed record Failure(string Message, string SubscriberId);

    public static async Task<Answer<View>> Handle(
        Body<Request> body, CreateSubscribers operation, CarillonDb db, CancellationToken ct) =>
        Answer.Of(await db.RetryLostRacesAsync(() => operation.RunAsync(body.Value.Subscribers, ct)));

    private async Task<View> RunAsync(IReadOnlyList<CreateSubscriber.Request> requests, CancellationToken ct)
    {
        var integrations = await channels.FindIntegrationsAsync([.. requests.SelectMany(request => request.Channels)], ct);
        var subscribers = await writer.FindAsync([.. requests.Select(request => request.SubscriberId).Distinct()], ct);
        var view = (Updated: new List<Entry>(), Created: new List<Entry>(), Failed: new List<Failure>());
        var wanted = new List<(string SubscriberId, IReadOnlyList<ChannelFields> Channels)>();

        // In their order: of several entries with one id the first creates, and the others change what it made.
        foreach (var request in requests)
        {
            if (request.Channels.FirstOrDefault(channel => !integrations.ContainsKey(channel.Address)) is { } unusable)
            {
                view.Failed.Add(new(channels.NoIntegrationText(unusable), request.SubscriberId));
                continue;
            }

            var isNew = Upsert(request, subscribers);
            (isNew ? view.Created : view.Updated).Add(new(request.SubscriberId));
            wanted.Add((subscribers[request.SubscriberId].Id, request.Channels));
        }

        await channels.MergeAsync(wanted, integrations, ct);
        await outbox.TellChangesAsync(subscribers.Values, ct);
        await db.SaveChangesAsync(ct);
        return new(view.Updated, view.Created, view.Failed);
    }

    private bool Upsert(CreateSubscriber.Request request, Dictionary<string, Subscriber> subscribers)
    {
        if (subscribers.TryGetValue(request.SubscriberId, out var known))
        {
            writer.Change(known, request.Profile);
            return false;
        }

        subscribers[request.SubscriberId] = writer.Create(request.SubscriberId, caller.OrganizationId, request.Profile);
        return true;
    }
}
