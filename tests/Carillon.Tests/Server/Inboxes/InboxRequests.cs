using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

/// <summary>What an inbox component does, and what an application does so that there is something in it.</summary>
internal static class InboxRequests
{
    public static object Buttons(string content = "Hello {{name}}") => new
    {
        template = new
        {
            type = "in_app",
            content,
            cta = new
            {
                type = "redirect",
                data = new { url = "/go/{{name}}" },
                action = new
                {
                    status = "pending",
                    buttons = new object[] { new { type = "primary", content = "Accept" }, new { type = "secondary", content = "Deny", url = "/no" } },
                },
            },
        },
        active = true,
        shouldStopOnFail = false,
    };

    public static string HashOf(string key, string subscriberId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(subscriberId)));

    extension(CarillonApp app)
    {
        public Task<HttpResponseMessage> InitializeAsync(object body) => app.Anonymous.PostAsJsonAsync("/v1/widgets/session/initialize", body);

        public Task<HttpResponseMessage> OpenSessionAsync(object body) => app.Anonymous.PostAsJsonAsync("/v1/inbox/session", body);

        public async Task<string> SubscriberTokenAsync(string subscriberId)
        {
            var opened = await app.OpenSessionAsync(new { subscriberId, applicationIdentifier = app.ApplicationIdentifier });
            return (await opened.DataAsync()).GetProperty("token").GetString()!;
        }

        /// <summary>Calls as a component that acts for this subscriber.</summary>
        public async Task<HttpClient> InboxOfAsync(string subscriberId) => app.WithToken(await app.SubscriberTokenAsync(subscriberId));

        /// <summary>Sends one message after the other and waits for each; the first name is the oldest then.</summary>
        public async Task SendAsync(JsonElement workflow, string subscriberId, params string[] names)
        {
            foreach (var name in names)
            {
                await app.TriggeredAsync(new { name = workflow.Identifier(), to = subscriberId, payload = new { name } });
                await app.SettledAsync();
            }
        }
    }

    extension(HttpClient inbox)
    {
        public async Task<JsonElement[]> NotificationsAsync(string query = "") =>
            [.. (await (await inbox.GetAsync($"/v1/inbox/notifications{query}")).DataAsync()).EnumerateArray()];

        public async Task<string[]> BodiesAsync(string query = "") =>
            [.. (await inbox.NotificationsAsync(query)).Select(notification => notification.GetProperty("body").GetString()!)];

        /// <summary>How many there are by each filter, with spaces between.</summary>
        public async Task<string> CountsAsync(string filters)
        {
            var counts = await (await inbox.GetAsync($"/v1/inbox/notifications/count?filters={Uri.EscapeDataString(filters)}")).DataAsync();
            return string.Join(' ', counts.EnumerateArray().Select(count => count.GetProperty("count").GetInt32()));
        }

        public async Task<int> CountAsync(string path) =>
            (await (await inbox.GetAsync($"/v1/widgets/notifications/{path}")).DataAsync()).GetProperty("count").GetInt32();

        public async Task<JsonElement[]> FeedAsync(string query = "") =>
            [.. (await (await inbox.GetAsync($"/v1/widgets/notifications/feed{query}")).DataAsync()).EnumerateArray()];
    }
}
