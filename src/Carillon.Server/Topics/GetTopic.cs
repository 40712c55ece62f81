using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal static class GetTopic
{
    public static async Task<Results<Answer<TopicView>, Problem>> Handle(
        string topicKey, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var topic = await db.Topics.AsNoTracking().SingleOrDefaultAsync(topic => topic.Key == topicKey, ct);
        return topic is null
            ? TopicView.NotFound(topicKey, environment.Id)
            : Answer.Of(await TopicView.OfAsync(topic, db, ct));
    }
}
