using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

/// <summary>Removes an empty topic; one with members stays.</summary>
internal static class DeleteTopic
{
    public static async Task<Results<NoContent, Problem>> Handle(
        string topicKey, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var deleted = await db.Topics
            .Where(topic => topic.Key == topicKey && !db.TopicSubscribers.Any(member => member.TopicId == topic.Id))
            .ExecuteDeleteAsync(ct);
        if (deleted > 0) return TypedResults.NoContent();

        return await db.Topics.AnyAsync(topic => topic.Key == topicKey, ct)
            ? Problem.Conflict(
                $"Topic with key {topicKey} in the environment {environment.Id} can't be deleted as it still has subscribers assigned")
            : TopicView.NotFound(topicKey, environment.Id);
    }
}
