using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Authoring;

public sealed class TestEmailTests
{
    private const string Route = "/v1/events/test/email";

    private static readonly object Mail = new
    {
        contentType = "customHtml", payload = new { a = 1 }, subject = "s {{a}}", content = "<b>x {{a}}</b> {{preferencesUrl}}", to = "somebody@example.com",
    };

    [Fact]
    public async Task A_test_mail_goes_through_the_environments_own_account()
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), ("Carillon:PublicUrl", "https://x.example")]);
        var founder = await app.FounderAsync();
        await ConnectAsync(founder, sink.Port);

        var response = await founder.Calls.PostAsJsonAsync(Route, Mail);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Shape.AssertSame("{}", await response.JsonAsync());
        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("from@example.com", mail.From);
        Assert.Equal(["somebody@example.com"], mail.To);
        Assert.Equal("s 1", mail.Message.Subject);
        Assert.Contains("<b>x 1</b> https://x.example/v1/preference-page/example", mail.Message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_test_mail_was_not_sent_is_said()
    {
        await using var sink = new SmtpSink { Script = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 Nobody" : null };
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        var founder = await app.FounderAsync();

        var none = await founder.Calls.PostAsJsonAsync(Route, Mail);
        await ConnectAsync(founder, sink.Port);
        var refused = await founder.Calls.PostAsJsonAsync(Route, Mail);

        Assert.Equal(["Missing an active email integration"], await none.MessagesAsync());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith("Unexpected provider error: ", (await refused.MessagesAsync())[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "contentType must be a string", "payload should not be null or undefined", "subject must be a string",
        "content should not be null or undefined", "to should not be null or undefined")]
    [InlineData("""{"contentType":"customHtml","payload":{},"subject":"s","content":"x","to":[]}""", "to must be a string or an array of 1 to 10 strings")]
    public async Task What_is_missing_is_said(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        Assert.Equal(complaints, await (await founder.Calls.PostTextAsync(Route, body)).MessagesAsync());
        Assert.Equal(["API endpoint not available"], await (await app.Api.PostTextAsync(Route, body)).MessagesAsync());
    }

    private static Task<HttpResponseMessage> ConnectAsync(Person person, int port) => person.Calls.PostAsJsonAsync("/v1/integrations", new
    {
        providerId = "nodemailer",
        channel = "email",
        active = true,
        check = false,
        credentials = new { host = "127.0.0.1", port = $"{port}", from = "from@example.com", senderName = "n" },
    });
}
