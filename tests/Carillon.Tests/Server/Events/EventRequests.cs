using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Events;

/// <summary>Requests about events that many tests make.</summary>
internal static class EventRequests
{
    public const string Route = "/v1/events/trigger";

    extension(CarillonApp app)
    {
        public Task<HttpResponseMessage> TriggerAsync(object body) => app.Api.PostAsJsonAsync(Route, body);

        public async Task<string> TriggeredAsync(object body)
        {
            var data = await (await app.TriggerAsync(body)).DataAsync();
            return data.GetProperty("transactionId").GetString()!;
        }

        public async Task<JsonElement> EventAsync(string transactionId) => await (await app.Api.GetAsync($"{Route}/{transactionId}")).DataAsync();

        public async Task<string[]> FeedAsync(string subscriberId)
        {
            var page = await (await app.Api.GetAsync($"/v1/subscribers/{subscriberId}/notifications/feed")).JsonAsync();
            return [.. page.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("content").GetString()!)];
        }

        public Task SubscribeAsync(params string[] subscriberIds) => app.Api.PostAsJsonAsync(
            "/v1/subscribers/bulk", new { subscribers = subscriberIds.Select(subscriberId => new { subscriberId }) });

        public async Task JoinAsync(string topicKey, params string[] subscriberIds)
        {
            await app.SubscribeAsync(subscriberIds);
            await app.Api.PostAsJsonAsync($"/v1/topics/{topicKey}/subscribers", new { subscribers = subscriberIds });
        }
    }
}
