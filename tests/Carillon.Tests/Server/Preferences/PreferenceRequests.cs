using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Preferences;

/// <summary>Requests about preferences, and what became of a step because of them.</summary>
internal static class PreferenceRequests
{
    extension(CarillonApp app)
    {
        public Task<HttpResponseMessage> PreferAsync(string subscriberId, JsonElement workflow, object change) =>
            app.Api.PatchAsJsonAsync($"/v1/subscribers/{subscriberId}/preferences/{workflow.Id()}", change);

        public Task<HttpResponseMessage> PreferEverywhereAsync(string subscriberId, object change) =>
            app.Api.PatchAsJsonAsync($"/v1/subscribers/{subscriberId}/preferences", change);

        public async Task<JsonElement> PreferencesAsync(string subscriberId, string level = "") =>
            await (await app.Api.GetAsync($"/v1/subscribers/{subscriberId}/preferences{level}")).DataAsync();

        /// <summary>Triggers the workflow and returns the jobs of the one notification that came of it.</summary>
        public async Task<JsonElement[]> JobsAsync(JsonElement workflow, string subscriberId, object? payload = null)
        {
            var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = subscriberId, payload = payload ?? new { } });
            await app.SettledAsync();
            return await app.JobsOfAsync(transactionId);
        }

        public async Task<JsonElement[]> JobsOfAsync(string transactionId)
        {
            var page = await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).JsonAsync();
            return [.. page.GetProperty("data")[0].GetProperty("jobs").EnumerateArray()];
        }
    }

    extension(JsonElement job)
    {
        public string Status() => job.GetProperty("status").GetString()!;

        public string[] Details() => [.. job.Lines().Select(line => line.GetProperty("detail").GetString()!)];

        public JsonElement Raw(string detail) =>
            JsonDocument.Parse(job.Lines().Single(line => line.GetProperty("detail").GetString() == detail).GetProperty("raw").GetString()!).RootElement;

        public JsonElement[] Lines() => [.. job.GetProperty("executionDetails").EnumerateArray()];
    }
}
