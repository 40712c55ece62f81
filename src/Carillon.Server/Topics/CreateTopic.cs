using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Topics;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal static class CreateTopic
{
    public sealed record Request(string Key, string Name) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.TopicText("key"), fields.TopicText("name"));
    }

    public sealed record View([property: JsonPropertyName("_id")] string Id, string Key);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CarillonDb db, Ids ids, TimeProvider clock, CancellationToken ct)
    {
        var (key, name) = body.Value;
        var taken = Problem.Conflict(
            $"Topic exists with key {key} in the environment {environment.Id} of the organization {caller.OrganizationId}");
        if (await db.Topics.AnyAsync(topic => topic.Key == key, ct)) return taken;

        var topic = New(key, name, environment.Id, caller.OrganizationId, ids.New(), clock.GetUtcNow());
        db.Topics.Add(topic);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return taken;
        }

        return Answer.Of(new View(topic.Id, topic.Key));
    }

    internal static Topic New(string key, string name, string environmentId, string organizationId, string id, DateTimeOffset now) => new()
    {
        Id = id,
        EnvironmentId = environmentId,
        OrganizationId = organizationId,
        Key = key,
        Name = name,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
