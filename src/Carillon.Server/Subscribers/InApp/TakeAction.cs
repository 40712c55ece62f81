using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>Notes on a message which of its buttons was used and how that ended, in the application's own words.</summary>
internal static class TakeAction
{
    public sealed record Request(string Status, JsonElement? Payload) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredString("status"), fields["payload"].JsonOrNull);
    }

    public static async Task<Results<Answer<MessageView>, Problem>> Handle(
        string subscriberId, MongoId messageId, string type, Body<Request> body,
        CarillonDb db, MessageViews views, TimeProvider clock, CancellationToken ct)
    {
        var id = messageId.Text;
        if (await db.Messages.SingleOrDefaultAsync(message => message.Id == id, ct) is not { } message)
            return Problem.NotFound($"Message {id} not found");

        var owner = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (owner is null)
        {
            return Problem.BadRequest(
                $"Subscriber with the id: {subscriberId} was not found for this environment. Make sure to create a subscriber before trying to modify it.");
        }

        if (message.SubscriberId != owner.Id)
            return Problem.BadRequest($"Message with the id: {id} was not found for this subscriber. Make sure to address correct message.");

        message.Cta = With(message.Cta, type, body.Value);
        message.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(await views.OneAsync(message, ct));
    }

    private static string With(string? before, string type, Request request)
    {
        var cta = before is null ? [] : JsonNode.Parse(before)!.AsObject();
        var action = Child(cta, "action");
        var result = Child(action, "result");
        result["type"] = type;
        action["status"] = request.Status;
        if (request.Payload is { } payload) result["payload"] = JsonNode.Parse(payload.GetRawText());
        if (action["buttons"] is not JsonArray) action["buttons"] = new JsonArray();
        return cta.ToJsonString(JsonColumn.Options);
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child) parent[name] = child = [];
        return child;
    }
}
