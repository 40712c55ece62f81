using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Events;

/// <summary>What surrounds the words of a mail that is sent.</summary>
public sealed class MailLayoutTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_mail_is_in_the_layout_of_its_step_with_what_that_asks_for(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer, store);
        var layout = await LayoutAsync(app, "lx", "<html><h1>{{brand}}</h1><i>{{motto}}</i>{{{body}}}</html>", [
            new { name = "brand", type = "String", required = true },
            new { name = "motto", type = "String", defaultValue = "ever onwards" },
        ]);
        await app.CreateWorkflowAsync("mail", Mail("<b>{{name}} {{motto}}</b>", layout));

        Assert.Equal("<html><h1>BR</h1><i>ever onwards</i><b>l ever onwards</b></html>", await SentAsync(app, peer, new { name = "l", brand = "BR" }));
        Assert.Equal("<html><h1>BR</h1><i>m</i><b>l m</b></html>", await SentAsync(app, peer, new { name = "l", brand = "BR", motto = "m" }));

        var before = peer.Received.Count;
        var line = await FailureAsync(app, new { name = "l" }, overrides: null);
        Assert.Equal("Message content could not be generated", line.GetProperty("detail").GetString());
        Assert.Contains("payload is missing required key(s) and type(s): brand (Value)", line.GetProperty("raw").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, peer.Received.Count);
    }

    [Fact]
    public async Task The_caller_may_choose_another_layout_for_one_event()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer);
        await LayoutAsync(app, "lx", "<p>{{{body}}}</p>", []);
        await app.CreateWorkflowAsync("mail", Mail("<b>{{name}}</b>", layoutId: null));

        Assert.Contains("<b>l</b>", await SentAsync(app, peer, new { name = "l" }), StringComparison.Ordinal);
        Assert.Equal("<p><b>l</b></p>", await SentAsync(app, peer, new { name = "l" }, new { layoutIdentifier = "lx" }));

        var line = await FailureAsync(app, new { name = "l" }, new { layoutIdentifier = "nowhere" });
        Assert.Equal("Layout not found ", line.GetProperty("detail").GetString());
        Assert.Equal("""{"layoutIdentifier":"nowhere"}""", line.GetProperty("raw").GetString());
    }

    [Fact]
    public async Task Without_a_word_about_it_a_mail_is_in_the_default_layout_as_it_is_when_it_is_sent()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer);
        var workflow = await app.CreateWorkflowAsync("mail", Mail("<b>{{name}}</b>", layoutId: null));
        var layoutId = workflow.Steps()[0].GetProperty("template").GetProperty("_layoutId").GetString();

        await app.Api.PatchAsJsonAsync($"/v1/layouts/{layoutId}", new { content = "<div>{{subject}}: {{{body}}}</div>" });

        Assert.Equal("<div>About l: <b>l</b></div>", await SentAsync(app, peer, new { name = "l" }));
    }

    [Fact]
    public async Task A_word_of_a_payload_is_never_read_as_a_template_of_the_layout()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer);
        await app.CreateWorkflowAsync("mail", Mail("{{{name}}}", await LayoutAsync(app, "lx", "{{{body}}} {{secret}}", [])));

        Assert.Equal("{{secret}} hidden", await SentAsync(app, peer, new { name = "{{secret}}", secret = "hidden" }));
    }

    private static async Task<CarillonApp> StartAsync(HttpPeer peer, Store store = Store.Sqlite)
    {
        var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = peer.Url, secretKey = "secret", from = "hook@example.com" },
            active = true,
            check = false,
        });
        return app;
    }

    private static async Task<string> LayoutAsync(CarillonApp app, string identifier, string content, object[] variables) =>
        (await (await app.Api.PostAsJsonAsync("/v1/layouts", new { name = "L", identifier, content, variables })).DataAsync()).Id();

    private static object Mail(string content, string? layoutId) => new
    {
        template = new { type = "email", subject = "About {{name}}", contentType = "customHtml", content, layoutId = layoutId ?? "" },
        active = true,
    };

    private static async Task<string> TriggerAsync(CarillonApp app, object payload, object? overrides)
    {
        var to = new { subscriberId = "ann", email = "ann@example.com" };
        var transactionId = await app.TriggeredAsync(overrides is null ? new { name = "mail", to, payload } : new { name = "mail", to, payload, overrides });
        await app.SettledAsync();
        return transactionId;
    }

    private static async Task<string?> SentAsync(CarillonApp app, HttpPeer peer, object payload, object? overrides = null)
    {
        await TriggerAsync(app, payload, overrides);
        return (string?)peer.Received.Last().Json!["html"];
    }

    private static async Task<JsonElement> FailureAsync(CarillonApp app, object payload, object? overrides)
    {
        var transactionId = await TriggerAsync(app, payload, overrides);
        var run = (await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).DataAsync())[0];
        return run.GetProperty("jobs")[0].GetProperty("executionDetails").EnumerateArray().Last();
    }
}
