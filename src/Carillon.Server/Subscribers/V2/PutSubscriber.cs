using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Subscribers.V2;

/// <summary>Creates a subscriber, or changes the one with this id.</summary>
internal static class PutSubscriber
{
    public sealed record Request(string SubscriberId, SubscriberProfile Profile) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(SubscriberProfile.ReadId(fields), SubscriberProfile.ReadWithTimezone(fields));
    }

    public static Task<Results<Answer<SubscriberView>, Problem>> Handle(Body<Request> body, CreateSubscriber operation, CancellationToken ct) =>
        operation.RunAsync(new(body.Value.SubscriberId, body.Value.Profile, Channels: []), ct);
}
