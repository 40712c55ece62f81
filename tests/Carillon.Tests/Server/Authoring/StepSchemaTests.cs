using System.Net;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Authoring;

public sealed class StepSchemaTests
{
    private const string Route = "/v1/step-schemas";

    [Theory]
    [InlineData("email", "emailEditor", "subject")]
    [InlineData("sms", "body")]
    [InlineData("push", "subject", "body")]
    [InlineData("chat", "body")]
    [InlineData("in_app", "body")]
    [InlineData("digest")]
    [InlineData("delay", "amount", "unit")]
    [InlineData("custom")]
    public async Task Every_kind_of_step_says_what_it_needs(string type, params string[] required)
    {
        await using var app = await CarillonApp.StartAsync();

        var schema = await (await app.Api.GetAsync($"{Route}?stepType={type}")).DataAsync();

        Assert.Equal(required, schema.GetProperty("controls").GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal("object", schema.GetProperty("variables").GetProperty("properties").GetProperty("subscriber").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_step_of_a_workflow_is_found_by_either_of_its_names()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Welcome");
        var step = workflow.GetProperty("steps")[0].GetProperty("_id").GetString();

        Assert.Equal(HttpStatusCode.OK, (await app.Api.GetAsync($"{Route}?workflowId={workflow.Id()}&stepId={step}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Api.GetAsync($"{Route}?workflowId=welcome&stepId={step}")).StatusCode);
        Assert.Equal(["No step found"], await (await app.Api.GetAsync($"{Route}?workflowId=welcome&stepId=nope")).MessagesAsync());
        Assert.Equal(["No workflow found"], await (await app.Api.GetAsync($"{Route}?workflowId=nope&stepId=nope")).MessagesAsync());
    }

    [Theory]
    [InlineData("?stepType=zz", "stepType must be one of the following values: email, sms, push, chat, in_app, digest, delay, custom")]
    [InlineData("", "Either stepType, or workflowId and stepId, must be provided")]
    [InlineData("?workflowId=x", "Either stepType, or workflowId and stepId, must be provided")]
    public async Task One_has_to_say_which(string query, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal([complaint], await (await app.Api.GetAsync(Route + query)).MessagesAsync());
    }

    [Fact]
    public async Task Tags_of_an_environment_are_listed_for_its_own_organization_only()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await app.Api.PostTextAsync("/v1/workflows", $$"""
            {"name":"n","notificationGroupId":"{{app.NotificationGroupId}}","tags":["b","a"],"steps":[]}
            """);

        Shape.AssertSame("""[{"name":"b"},{"name":"a"}]""", await (await app.Api.GetAsync($"/v2/environments/{app.EnvironmentId}/tags")).DataAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.GetAsync($"/v2/environments/{app.ProductionId}/tags")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await founder.Calls.GetAsync($"/v2/environments/{app.EnvironmentId}/tags")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await founder.Calls.GetAsync($"/v2/environments/{founder.EnvironmentId}/tags")).StatusCode);
    }
}
