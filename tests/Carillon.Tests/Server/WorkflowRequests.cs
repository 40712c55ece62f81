using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

/// <summary>Requests about workflows that many tests make.</summary>
internal static class WorkflowRequests
{
    public const string Route = "/v1/workflows";

    public static object InApp(string content = "Hello {{name}}") =>
        new { template = new { type = "in_app", content }, active = true, shouldStopOnFail = false };

    extension(CarillonApp app)
    {
        public object Workflow(string name, params object[] steps) => new
        {
            name,
            notificationGroupId = app.NotificationGroupId,
            description = $"d {name}",
            active = true,
            draft = false,
            tags = new[] { "tagA", "tagB" },
            steps,
        };

        public Task<HttpResponseMessage> PostWorkflowAsync(string name, params object[] steps) =>
            app.Api.PostAsJsonAsync(Route, app.Workflow(name, steps));

        public async Task<JsonElement> CreateWorkflowAsync(string name, params object[] steps) =>
            await (await app.PostWorkflowAsync(name, steps.Length == 0 ? [InApp()] : steps)).DataAsync();

        public Task<HttpResponseMessage> PutWorkflowAsync(JsonElement workflow, object change) =>
            app.Api.PutAsJsonAsync(workflow.Path(), change);

        public async Task<JsonElement> UpdateWorkflowAsync(JsonElement workflow, object change) =>
            await (await app.PutWorkflowAsync(workflow, change)).DataAsync();

        public async Task<JsonElement> GetWorkflowAsync(JsonElement workflow) => await (await app.Api.GetAsync(workflow.Path())).DataAsync();
    }

    extension(JsonElement workflow)
    {
        public string Id() => workflow.GetProperty("_id").GetString()!;

        public string Path() => $"{Route}/{workflow.Id()}";

        public string Identifier() => workflow.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;

        public JsonElement[] Steps() => [.. workflow.GetProperty("steps").EnumerateArray()];
    }
}
