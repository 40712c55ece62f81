using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal static class RenameTopic
{
    public sealed record Request(string Name) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.TopicText("name"));
    }

    public static async Task<Results<Answer<TopicView>, Problem>> Handle(
        string topicKey, Body<Request> body, CurrentEnvironment environment, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var topic = await db.Topics.SingleOrDefaultAsync(topic => topic.Key == topicKey, ct);
        if (topic is null) return TopicView.NotFound(topicKey, environment.Id);

        topic.Name = body.Value.Name;
        topic.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(await TopicView.OfAsync(topic, db, ct));
    }
}
