using System.Text.Json;
using Carillon.Data;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

/// <summary>Removes members; that somebody is none afterwards is all that is promised, so unknown ones are no error.</summary>
internal static class RemoveTopicSubscribers
{
    public sealed record Request(IReadOnlyList<JsonElement> Members) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.Members());
    }

    public static async Task<NoContent> Handle(string topicKey, Body<Request> body, CarillonDb db, CancellationToken ct)
    {
        var externalIds = TopicFields.Texts(body.Value.Members);
        var topics = db.Topics.Where(topic => topic.Key == topicKey).Select(topic => topic.Id);
        var leaving = db.Subscribers.Where(subscriber => externalIds.Contains(subscriber.ExternalId)).Select(subscriber => subscriber.Id);
        await db.TopicSubscribers
            .Where(member => topics.Contains(member.TopicId) && leaving.Contains(member.SubscriberId))
            .ExecuteDeleteAsync(ct);
        return TypedResults.NoContent();
    }
}
