using System.Net.Http.Json;
using Carillon.Engine.Emails;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Events;

/// <summary>Where answers to a mail go whose step wants to hear of them.</summary>
public sealed class ReplyTests
{
    [Theory]
    [InlineData("http://x.example/in", null, false, "Inbound mail - Missing configuration")]
    [InlineData("http://x.example/in", "in.example.com", false, "Inbound mail - Missing MX Record configuration")]
    [InlineData("http://x.example/in", null, true, "Inbound mail - Missing MX route domain configuration")]
    [InlineData("", "in.example.com", true, "Inbound mail - Missing replay callback URL")]
    public async Task What_is_missing_to_hear_of_them_is_said_and_the_mail_goes_out(string url, string? domain, bool hasMx, string warning)
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer, domain, hasMx);
        var workflow = await app.CreateWorkflowAsync("Mail", Mail(new { active = true, url }));

        var job = Assert.Single(await app.JobsAsync(workflow, "ann"));

        Assert.Equal("completed", job.Status());
        Assert.Equal("Warning", job.Lines().Single(line => line.GetProperty("detail").GetString() == warning).GetProperty("status").GetString());
        Assert.Null(Assert.Single(peer.Received).Json!["replyTo"]);
        Assert.Equal(url, workflow.Steps()[0].GetProperty("replyCallback").GetProperty("url").GetString());
    }

    [Fact]
    public async Task They_go_to_an_address_that_names_the_message()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer, "in.example.com", hasMx: true);
        var workflow = await app.CreateWorkflowAsync("Mail", Mail(new { active = true, url = "http://x.example/in" }));

        await app.JobsAsync(workflow, "ann");

        var message = (await (await app.Api.GetAsync("/v1/messages?channel=email")).JsonAsync()).GetProperty("data")[0].Text("_id");
        var address = Assert.Single(peer.Received).Json!["replyTo"]!.GetValue<string>();
        Assert.Matches($"^parse\\+{message}-[0-9a-f]{{24}}@in\\.example\\.com$", address);
        Assert.Equal(message, app.Get<ReplyAddresses>().MessageIn(address.Split('@')[0]));
    }

    [Fact]
    public async Task The_words_of_the_mail_may_name_it()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer, "in.example.com", hasMx: true);
        var workflow = await app.CreateWorkflowAsync("Mail", Mail(new { active = true, url = "http://x.example/in" }, "<p>{{step.reply_to_address}}</p>"));

        await app.JobsAsync(workflow, "ann");

        var mail = Assert.Single(peer.Received).Json!;
        Assert.Contains($"<p>{mail["replyTo"]!.GetValue<string>().Replace("=", "&#x3D;", StringComparison.Ordinal)}</p>", mail["html"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_wants_none_has_no_such_address()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer, "in.example.com", hasMx: true);
        var workflow = await app.CreateWorkflowAsync("Mail", Mail(new { active = false, url = "http://x.example/in" }));

        await app.JobsAsync(workflow, "ann");

        Assert.Null(Assert.Single(peer.Received).Json!["replyTo"]);
    }

    private static object Mail(object replyCallback, string content = "<p>x</p>") => new
    {
        template = new { type = "email", contentType = "customHtml", subject = "S", content },
        active = true,
        replyCallback,
    };

    private static async Task<CarillonApp> StartAsync(HttpPeer peer, string? domain, bool hasMx)
    {
        var app = await CarillonApp.StartAsync(settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await using var db = app.OpenDb();
        var environment = db.Environments.Single(environment => environment.Id == app.EnvironmentId);
        environment.Settings = environment.Settings with { InboundParseDomain = domain, MxRecordConfigured = hasMx };
        await db.SaveChangesAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", email = "ann@example.com" });
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = peer.Url, secretKey = "s", from = "shop@example.com" },
            active = true,
            check = false,
        });
        return app;
    }
}
