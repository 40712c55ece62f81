using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Tests.Server;
using Carillon.Tests.Server.ChatOAuth;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Engine.Steps;

public sealed class ChatStepTests
{
    private static readonly object Chat = new { template = new { type = "chat", content = "Hello {{name}} & co" }, active = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_connected_slack_is_written_to_there(Store store)
    {
        await using var chat = await ChatConnection.StartAsync(store);
        await chat.IntegrateAsync();
        await chat.ReturnAsync(await chat.DepartAsync());

        var run = await TriggerAsync(chat);

        var message = Assert.Single(chat.Slack.Messages);
        Assert.Equal("/hook/T1/B1/secret", message.Path);
        Assert.Equal("""{"text":"Hello Ann & co"}""", System.Text.Encoding.UTF8.GetString(message.Body));
        Assert.Equal("c", run.States);
        Assert.Equal(
            [Detail.StepQueued, Detail.StartSending, Detail.IntegrationSelected, Detail.MessageCreated, Detail.MessageSent], DetailsOf(run));
        Assert.DoesNotContain("hook", run.Trace, StringComparison.Ordinal);
        var kept = Assert.Single(await MessagesAsync(chat));
        Assert.Equal((Message.Sent, "slack", "chat"), (kept.Status, kept.ProviderId, kept.Channel));
    }

    [Fact]
    public async Task Who_connected_nothing_cannot_be_written_to()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();

        var run = await TriggerAsync(chat);

        Assert.Equal("f", run.States);
        Assert.Equal(Detail.NoChannel, DetailsOf(run)[^1]);
        Assert.Empty(await MessagesAsync(chat));
    }

    [Fact]
    public async Task A_channel_without_a_webhook_is_accounted_for()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync("one");
        await ConnectAsync(chat, "one", new { channel = "general" });

        var run = await TriggerAsync(chat);

        Assert.Equal("f", run.States);
        Assert.Equal([Detail.IntegrationSelected, Detail.ChatWebhookMissing, Detail.ChatAllFailed], DetailsOf(run)[^3..]);
        var kept = Assert.Single(await MessagesAsync(chat));
        Assert.Equal((Message.Warning, "no_subscriber_chat_channel_id"), (kept.Status, kept.ErrorId));
    }

    [Fact]
    public async Task The_payloads_webhook_wins_and_overrides_go_out_as_they_are()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync("one");
        await ConnectAsync(chat, "one", new { webhookUrl = chat.Slack.WebhookUrl });

        await TriggerAsync(
            chat,
            new { name = "Ann", webhookUrl = new Uri(new Uri(chat.Slack.WebhookUrl), "/hook/other").AbsoluteUri },
            new { chat = new { username = "us", icon_emoji = ":a:" }, slack = new { icon_emoji = ":b:" } });

        var message = Assert.Single(chat.Slack.Messages);
        Assert.Equal("/hook/other", message.Path);
        Assert.Equal("""{"text":"Hello Ann & co","username":"us","icon_emoji":":b:"}""", System.Text.Encoding.UTF8.GetString(message.Body));
    }

    [Fact]
    public async Task One_chat_that_arrives_is_enough()
    {
        await using var chat = await ChatConnection.StartAsync();
        await ConnectTwoAsync(chat);
        chat.Slack.Hook = context => AnswerAsync(context, context.Request.Path == "/hook/one" ? 404 : 200);

        var run = await TriggerAsync(chat);

        Assert.Equal("c", run.States);
        Assert.Equal([Detail.ProviderError, Detail.MessageSent], DetailsOf(run)[^2..]);
        Assert.Equal([Message.Error, Message.Sent], (await MessagesAsync(chat)).Select(message => message.Status));
        Assert.Equal("unexpected_chat_error", (await MessagesAsync(chat))[0].ErrorId);
    }

    [Fact]
    public async Task The_step_fails_when_no_chat_is_reached()
    {
        await using var chat = await ChatConnection.StartAsync();
        await ConnectTwoAsync(chat);
        chat.Slack.Hook = context => AnswerAsync(context, 404);

        var run = await TriggerAsync(chat);

        Assert.Equal("f", run.States);
        Assert.Equal([Detail.ProviderError, Detail.ProviderError, Detail.ChatAllFailed], DetailsOf(run)[^3..]);
    }

    [Fact]
    public async Task A_chat_whose_integration_is_switched_off_is_left_out()
    {
        await using var chat = await ChatConnection.StartAsync();
        var (one, _) = await ConnectTwoAsync(chat);
        await chat.App.Api.PutAsJsonAsync($"/v1/integrations/{one.Id()}", new { active = false });

        var run = await TriggerAsync(chat);

        Assert.Equal("/hook/two", Assert.Single(chat.Slack.Messages).Path);
        Assert.Contains(Detail.NoActiveIntegration, DetailsOf(run));
        Assert.Equal("c", run.States);
    }

    [Fact]
    public async Task A_second_try_goes_only_where_the_first_failed_whatever_was_disconnected_meanwhile()
    {
        await using var chat = await ChatConnection.StartAsync();
        var (one, _) = await ConnectTwoAsync(chat);
        var tries = 0;
        chat.Slack.Hook = async context =>
        {
            if (context.Request.Path == "/hook/one" || ++tries > 1) return;

            await using var db = chat.App.OpenDb();
            await db.SubscriberChannels.Where(channel => channel.IntegrationId == one.Id()).ExecuteDeleteAsync();
            context.Response.StatusCode = 503;
        };

        var run = await TriggerAsync(chat);

        Assert.Equal(["/hook/one", "/hook/two", "/hook/two"], chat.Slack.Messages.Select(message => message.Path));
        Assert.Equal("c", run.States);
        Assert.Equal(2, DetailsOf(run).Count(detail => detail == Detail.MessageSent));
        Assert.Equal(2, DetailsOf(run).Count(detail => detail == Detail.MessageCreated));
        Assert.Equal([Message.Sent, Message.Sent], (await MessagesAsync(chat)).Select(message => message.Status));
    }

    [Fact]
    public async Task Words_that_cannot_be_made_are_said_to_be()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync("one");
        await ConnectAsync(chat, "one", new { webhookUrl = chat.Slack.WebhookUrl });

        var run = await TriggerAsync(chat, step: new { template = new { type = "chat", content = "{{nope name}}" }, active = true });

        Assert.Equal("f", run.States);
        Assert.Equal(Detail.ContentNotGenerated, DetailsOf(run)[^1]);
        Assert.Empty(chat.Slack.Messages);
    }

    private static async Task<Run> TriggerAsync(ChatConnection chat, object? payload = null, object? overrides = null, object? step = null)
    {
        var workflow = await chat.App.CreateWorkflowAsync("Chat", step ?? Chat);
        await chat.App.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload = payload ?? new { name = "Ann" }, overrides });
        await chat.App.SettledAsync();
        await using var db = chat.App.OpenDb();
        return await db.Runs.SingleAsync();
    }

    private static async Task<(JsonElement One, JsonElement Two)> ConnectTwoAsync(ChatConnection chat)
    {
        var one = await chat.IntegrateAsync("one");
        var two = await chat.IntegrateAsync("two");
        foreach (var name in new[] { "one", "two" })
            await ConnectAsync(chat, name, new { webhookUrl = new Uri(new Uri(chat.Slack.WebhookUrl), $"/hook/{name}").AbsoluteUri });
        return (one, two);
    }

    private static async Task ConnectAsync(ChatConnection chat, string integrationIdentifier, object credentials)
    {
        await chat.App.SubscribeAsync("ann");
        var response = await chat.App.Api.PutAsJsonAsync(
            "/v1/subscribers/ann/credentials", new { providerId = "slack", integrationIdentifier, credentials });
        response.EnsureSuccessStatusCode();
    }

    private static async Task<IReadOnlyList<Message>> MessagesAsync(ChatConnection chat)
    {
        await using var db = chat.App.OpenDb();
        return await db.Messages.OrderBy(message => message.Id).ToListAsync();
    }

    private static Detail[] DetailsOf(Run run) => [.. Trace.Read(run.Trace).Select(line => line.Detail)];

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(status == 200 ? "ok" : "no_service");
    }
}
