using Carillon.Demo;
using Carillon.Driving;
using Carillon.Tests.Support;

// The main job on real input: a server of its own, a mail server to receive, one event for three people, and what became of it.
await using var mails = new SmtpSink();
await using var store = new ThrowAwayStore(StoreKind.Sqlite);
await using var server = new ServerProcess(store.ConnectionString, new Dictionary<string, string> { ["Carillon__Outbound__Allow__0"] = "127.0.0.0/8" });

Show.Title("A server");
var startedIn = await server.StartAsync();
using var client = new Client(server.Address);
await client.SignUpAsync();
Show.Line($"{server.Address} listens after {startedIn.TotalSeconds:0.0} s, with a database of its own that is gone afterwards.");

Show.Title("A workflow: a message in the inbox, and a mail");
await client.PostAsync("/v1/integrations", new
{
    providerId = "nodemailer",
    channel = "email",
    credentials = new { host = "127.0.0.1", port = mails.Port, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
    active = true,
    check = false,
});
var workflow = await client.CreateWorkflowAsync(
    "Order shipped",
    new { type = "in_app", content = "{{subscriber.firstName}}, order {{order}} is on its way" },
    new { type = "email", contentType = "customHtml", subject = "Order {{order}}", content = "<p>Dear {{subscriber.firstName}}, it left us today.</p>" });
Show.Line($"POST /v1/workflows made '{workflow}'.");

Show.Title("One event, for three people");
object[] people =
[
    new { subscriberId = "ann", firstName = "Ann", email = "ann@example.com" },
    new { subscriberId = "bob", firstName = "Bob", email = "bob@example.com" },
    new { subscriberId = "cem", firstName = "Cem" },
];
var answer = await client.PostAsync("/v1/events/trigger", new { name = workflow, to = people, payload = new { order = 17 } });
Show.Line($"POST /v1/events/trigger answered {answer}");
await store.SettledAsync(TimeSpan.FromSeconds(30));

Show.Title("What arrived");
foreach (var subscriberId in new[] { "ann", "bob", "cem" })
{
    var feed = await client.GetAsync($"/v1/subscribers/{subscriberId}/notifications/feed");
    foreach (var message in feed.EnumerateArray()) Show.Line($"inbox of {subscriberId}: {message.GetProperty("content").GetString()}");
}
foreach (var mail in mails.Received) Show.Line($"mail to {mail.To[0]}: {mail.Message.Subject} | {mail.Message.HtmlBody?.Trim()}");

Show.Title("And why");
var notifications = await client.GetAsync($"/v1/notifications?transactionId={answer.GetProperty("transactionId").GetString()}");
foreach (var notification in notifications.EnumerateArray()) Show.Account(notification);

Show.Title("The end");
Show.Line($"The server stopped in {(await server.StopAsync()).TotalSeconds:0.0} s.");
