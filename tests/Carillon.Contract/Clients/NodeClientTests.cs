using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

public sealed class NodeClientTests
{
    [Theory, InlineData(StoreKind.Sqlite), InlineData(StoreKind.Postgres)]
    public async Task An_application_with_the_official_client_notifies_a_person_in_the_inbox_and_by_mail(StoreKind kind)
    {
        await using var sink = new SmtpSink();
        await using var store = new ThrowAwayStore(kind);
        await using var server = new ServerProcess(
            store.ConnectionString, new Dictionary<string, string> { ["Carillon__Outbound__Allow__0"] = "127.0.0.0/8" });
        await server.StartAsync();
        using var client = new Client(server.Address);
        await client.SignUpAsync();
        await client.PostAsync("/v1/integrations", new
        {
            providerId = "nodemailer",
            channel = "email",
            credentials = new { host = "127.0.0.1", port = sink.Port, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
            active = true,
            check = false,
        });
        var workflow = await client.CreateWorkflowAsync(
            "Order shipped",
            new { type = "in_app", content = "Order {{order}} is on its way, {{subscriber.firstName}}" },
            new { type = "email", contentType = "customHtml", subject = "Order {{order}}", content = "<p>Hello {{subscriber.firstName}}</p>" });

        var outcome = await NodeClient.RunAsync("notify.mjs", server.Address.ToString().TrimEnd('/'), client.ApiKey, workflow);

        Assert.Equal("processed", outcome.GetProperty("status").GetString());
        Assert.Equal("Order 17 is on its way, Ann", outcome.GetProperty("feed")[0].GetString());
        Assert.Equal((1, 0), (outcome.GetProperty("unseen").GetInt32(), outcome.GetProperty("left").GetInt32()));
        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["ann@example.com"], mail.To);
        Assert.Equal("Order 17", mail.Message.Subject);
        Assert.Contains("Hello Ann", mail.Message.HtmlBody, StringComparison.Ordinal);
    }
}
