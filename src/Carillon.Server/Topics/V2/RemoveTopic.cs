using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

/// <summary>Removes a topic, whoever is in it; they stay subscribers.</summary>
internal static class RemoveTopic
{
    public sealed record View(bool Acknowledged);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        string topicKey, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var topics = db.Topics.Where(topic => topic.Key == topicKey);
        await db.TopicSubscribers.Where(member => topics.Any(topic => topic.Id == member.TopicId)).ExecuteDeleteAsync(ct);
        var removed = await topics.ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return removed == 0 ? TopicView.NotFound(topicKey, environment.Id) : Answer.Of(new View(true));
    }
}
