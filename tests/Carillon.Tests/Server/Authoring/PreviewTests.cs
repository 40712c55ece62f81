using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Authoring;

public sealed class PreviewTests
{
    private const string Route = "/v1/content-templates/preview";

    [Theory]
    [InlineData("sms", """{"content":"hi {{a}} {{subscriber.firstName}}","payload":{"a":1,"subscriber":{"firstName":"Ann"}}}""", """{"content":"hi 1 Ann"}""")]
    [InlineData("chat", """{"content":"hi {{a}}","payload":{"a":1}}""", """{"content":"hi 1"}""")]
    [InlineData("push", """{"content":"hi {{a}}","title":"t {{a}}","payload":{"a":1}}""", """{"content":"hi 1","title":"t 1"}""")]
    [InlineData("in-app", """{"content":"hi {{a}}","payload":{"a":1},"cta":{"type":"redirect","data":{"url":"/x/{{a}}"}}}""",
        """{"content":"hi 1","ctaButtons":[],"url":"/x/1"}""")]
    [InlineData("in-app", """{"content":"hi","payload":{"a":1},"cta":{"action":{"buttons":[{"type":"primary","content":"Take {{a}}"}]}}}""",
        """{"content":"hi","ctaButtons":[{"type":"primary","content":"Take 1"}]}""")]
    [InlineData("email", """{"content":"<b>{{a}}</b>","contentType":"customHtml","payload":{"a":1},"subject":"S {{a}}"}""",
        """{"html":"<b>1</b>","content":"<b>{{a}}</b>","subject":"S 1"}""")]
    [InlineData("email", """{"content":"{{preferencesUrl}} {{unsubscribeUrl}}","contentType":"customHtml","payload":{},"subject":"S"}""",
        """{"html":"https://x.example/v1/preference-page/example https://x.example/v1/unsubscribe/example","content":"{{preferencesUrl}} {{unsubscribeUrl}}","subject":"S"}""")]
    [InlineData("sms", """{"content":"{{#each step.events}}{{n}},{{/each}}","payload":{"step":{"digest":true,"events":[{"n":1},{"n":2}]}}}""",
        """{"content":"1,2,"}""")]
    public async Task What_a_step_would_say_is_shown(string channel, string body, string expected)
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:PublicUrl", "https://x.example"));
        var founder = await app.FounderAsync();

        var response = await founder.Calls.PostTextAsync($"{Route}/{channel}", body);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Shape.AssertSame(expected, await response.DataAsync());
    }

    [Fact]
    public async Task A_mail_of_the_editor_is_shown_in_its_layout_with_the_branding()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PutAsJsonAsync("/v1/organizations/branding", new { color = "#123456" });
        var layouts = await (await founder.Calls.GetAsync("/v1/layouts")).DataAsync();

        var response = await founder.Calls.PostAsJsonAsync($"{Route}/email", new
        {
            content = new object[] { new { type = "text", content = "hi {{a}}" }, new { type = "button", content = "go", url = "http://x/{{a}}" } },
            contentType = "editor",
            payload = new { a = 1 },
            subject = "S",
            layoutId = layouts[0].GetProperty("_id").GetString(),
        });

        var mail = await response.DataAsync();
        Assert.Contains("hi 1", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("#123456", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Shape.AssertSame(
            """[{"type":"text","content":"hi 1","url":""},{"type":"button","content":"go","url":"http://x/1"}]""", mail.GetProperty("content"));
    }

    [Theory]
    [InlineData("email", "{}", "content should not be null or undefined", "contentType must be a string", "payload should not be null or undefined",
        "subject must be a string")]
    [InlineData("sms", "{}", "content must be a string", "payload should not be null or undefined")]
    public async Task What_is_missing_is_said(string channel, string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        Assert.Equal(complaints, await (await founder.Calls.PostTextAsync($"{Route}/{channel}", body)).MessagesAsync());
        Assert.Equal(["API endpoint not available"], await (await app.Api.PostTextAsync($"{Route}/{channel}", body)).MessagesAsync());
    }

    [Theory]
    [InlineData("sms", """{"content":"bad {{a","payload":{}}""")]
    [InlineData("email", """{"content":"<b>{{a</b>","contentType":"customHtml","payload":{},"subject":"s"}""")]
    public async Task A_template_that_cannot_be_read_is_a_bad_request(string channel, string body)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        var response = await founder.Calls.PostTextAsync($"{Route}/{channel}", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("line 1", (await response.MessagesAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_of_somebody_else_is_not_there()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        var layoutId = (await (await app.Api.GetAsync("/v1/layouts")).DataAsync())[0].GetProperty("_id").GetString();

        var response = await founder.Calls.PostAsJsonAsync(
            $"{Route}/email", new { content = "x", contentType = "customHtml", payload = new { }, subject = "s", layoutId });

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
