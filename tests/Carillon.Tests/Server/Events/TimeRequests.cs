using System.Text.Json;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Events;

/// <summary>What tests of digests and delays have in common.</summary>
internal static class TimeRequests
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 46, 4, TimeSpan.Zero);

    public static object Digest(object metadata) => new { template = new { type = "digest", content = "" }, metadata, active = true };

    public static object Delay(object metadata) => new { template = new { type = "delay", content = "" }, metadata, active = true };

    public static object Regular(double amount, string unit) => new { type = "regular", amount, unit };

    public static Task<CarillonApp> StartAsync(Store store = Store.Sqlite, DateTimeOffset? at = null) =>
        CarillonApp.StartAsync(store, new FakeTimeProvider(at ?? Start));

    extension(CarillonApp app)
    {
        /// <summary>Triggers and waits until everything that can happen now has happened.</summary>
        public async Task SendAsync(string workflow, string transactionId, object? payload = null, object? to = null, object? overrides = null)
        {
            await app.TriggeredAsync(new { name = workflow, to = to ?? "ann", payload = payload ?? new { name = transactionId }, transactionId, overrides = overrides ?? new { } });
            await app.QuietAsync();
        }

        public async Task PassAsync(TimeSpan time)
        {
            app.Advance(time);
            await app.QuietAsync();
        }

        public async Task<JsonElement> NotificationAsync(string transactionId) =>
            (await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).JsonAsync()).GetProperty("data")[0];

        public async Task<string[]> StatusesAsync(string transactionId) =>
            [.. (await app.NotificationAsync(transactionId)).Jobs().Select(job => job.GetProperty("status").GetString()!)];

        public async Task<bool> CancelAsync(string transactionId) =>
            (await (await app.Api.DeleteAsync($"{EventRequests.Route}/{transactionId}")).DataAsync()).GetBoolean();
    }

    extension(JsonElement shown)
    {
        public JsonElement[] Jobs() => [.. shown.GetProperty("jobs").EnumerateArray()];

        public string[] Account() => [.. shown.GetProperty("executionDetails").EnumerateArray().Select(line => line.GetProperty("detail").GetString()!)];

        public string? RawOf(string detail) =>
            shown.GetProperty("executionDetails").EnumerateArray().Single(line => line.GetProperty("detail").GetString() == detail).GetProperty("raw").GetString();
    }
}
