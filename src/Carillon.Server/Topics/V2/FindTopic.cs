using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

internal static class FindTopic
{
    public static async Task<Results<Answer<TopicV2View>, Problem>> Handle(
        string topicKey, CurrentEnvironment environment, CarillonDb db, CancellationToken ct) =>
        await db.Topics.AsNoTracking().SingleOrDefaultAsync(topic => topic.Key == topicKey, ct) is { } found
            ? Answer.Of(TopicV2View.Of(found))
            : TopicView.NotFound(topicKey, environment.Id);
}
