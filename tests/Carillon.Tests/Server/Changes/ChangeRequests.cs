using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Changes;

/// <summary>Requests about changes that many tests make.</summary>
internal static class ChangeRequests
{
    public const string Route = "/v1/changes";

    extension(CarillonApp app)
    {
        public HttpClient Production => app.WithKey(app.ProductionKey);

        public async Task<JsonElement[]> ChangesAsync(bool promoted = false) =>
            [.. (await (await app.Api.GetAsync($"{Route}?promoted={(promoted ? "true" : "false")}&limit=100")).DataAsync()).EnumerateArray()];

        public async Task<JsonElement> ChangeOfAsync(string entityId, bool promoted = false) =>
            (await app.ChangesAsync(promoted)).Single(change => change.GetProperty("_entityId").GetString() == entityId);

        public Task<HttpResponseMessage> ApplyAsync(JsonElement change) => app.Api.PostAsJsonAsync($"{Route}/{change.Id()}/apply", new { });

        /// <summary>Publishes whatever waits, as one who presses the button for everything.</summary>
        public async Task PublishAsync()
        {
            var changeIds = (await app.ChangesAsync()).Select(change => change.Id());
            await (await app.Api.PostAsJsonAsync($"{Route}/bulk/apply", new { changeIds })).DataAsync();
        }

        /// <summary>What both environments must have alike, without what tells them apart.</summary>
        public static async Task<string> ContentsAsync(HttpClient environment)
        {
            var parts = new JsonObject
            {
                ["workflows"] = await WorkflowsAsync(environment),
                ["layouts"] = await ListAsync(environment, "/v1/layouts?pageSize=100&sortBy=identifier"),
                ["feeds"] = await ListAsync(environment, "/v1/feeds"),
                ["groups"] = await ListAsync(environment, "/v1/notification-groups"),
            };
            return parts.ToJsonString(new() { WriteIndented = true });
        }
    }

    private static async Task<JsonArray> ListAsync(HttpClient environment, string path) =>
        [.. (await (await environment.GetAsync(path)).DataAsync()).EnumerateArray().Select(item => Anonymous(JsonNode.Parse(item.GetRawText())!)).OrderBy(Name)];

    private static async Task<JsonArray> WorkflowsAsync(HttpClient environment)
    {
        var list = await (await environment.GetAsync("/v1/workflows?limit=100")).DataAsync();
        List<JsonNode> all = [];
        foreach (var workflow in list.EnumerateArray())
            all.Add(Anonymous(JsonNode.Parse((await (await environment.GetAsync(workflow.Path())).DataAsync()).GetRawText())!));
        return [.. all.OrderBy(Name)];
    }

    private static string Name(JsonNode item) => (string)item["name"]!;

    // Ids, instants and where it was made differ; whether there is an id, as of a feed, must not.
    private static JsonNode Anonymous(JsonNode node)
    {
        if (node is JsonArray items)
            return new JsonArray([.. items.Select(item => Anonymous(item!))]);
        if (node is not JsonObject members) return node.DeepClone();

        var kept = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (name is "origin" or "createdAt" or "updatedAt" or "_parentId" or "id") continue;
            if (name is "_feedId" && value is null) continue;
            kept[name] = name.StartsWith('_') && name != "__v" ? value is not null : value is null ? null : Anonymous(value);
        }

        return kept;
    }
}
