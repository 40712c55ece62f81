using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

internal static class PatchTopic
{
    public static async Task<Results<Answer<TopicV2View>, Problem>> Handle(
        string topicKey, Body<RenameTopic.Request> body, CurrentEnvironment environment, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var topic = await db.Topics.SingleOrDefaultAsync(topic => topic.Key == topicKey, ct);
        if (topic is null) return TopicView.NotFound(topicKey, environment.Id);

        topic.Name = body.Value.Name;
        topic.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(TopicV2View.Of(topic));
    }
}
