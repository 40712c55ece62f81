using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

/// <summary>The pages that links in the server's own mails lead to.</summary>
public sealed partial class PageTests
{
    private const string Chosen = "Another1!y";

    [Fact]
    public async Task A_forgotten_password_is_replaced_on_the_page_once()
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(settings: SystemMail.Through(sink));
        await app.FounderAsync("ann");
        await app.Anonymous.PostAsJsonAsync("/v1/auth/reset/request", new { email = "ann@example.com" });
        var path = "/auth/reset/" + SystemMail.TokenIn(await sink.NextAsync(TestContext.Current.CancellationToken), "/auth/reset/");
        var browser = Browser(app);

        var page = await browser.GetAsync(path);
        var weak = await browser.PostAsync(path, Form(("password", "weak")));
        var done = await browser.PostAsync(path, Form(("password", Chosen)));
        var again = await browser.PostAsync(path, Form(("password", Chosen)));

        await AssertIsSafePageAsync(page, "Choose a new password", "New password");
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        await AssertIsSafePageAsync(weak, "Your password was not changed", "The password must contain minimum 8");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        await AssertIsSafePageAsync(done, "Your password is changed");
        await AssertIsSafePageAsync(again, "Your password was not changed", "Bad token provided");
        Assert.Equal(HttpStatusCode.Created, (await LoginAsync(app, "ann@example.com", Chosen)).StatusCode);
    }

    [Fact]
    public async Task Whoever_is_invited_makes_an_account_on_the_page_and_is_a_member()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "new@example.com" });
        var path = "/auth/invitation/" + await founder.InviteTokenAsync("new@example.com");
        var browser = Browser(app);

        var page = await browser.GetAsync(path);
        var nameless = await browser.PostAsync(path, Form(("password", Chosen)));
        var done = await browser.PostAsync(path, Form(("firstName", "Newt"), ("lastName", "Comer"), ("password", Chosen)));
        var again = await browser.GetAsync(path);

        await AssertIsSafePageAsync(page, "Join founder&#x27;s", "First name", "New password");
        await AssertIsSafePageAsync(nameless, "The invitation was not accepted", "firstName should not be empty");
        await AssertIsSafePageAsync(done, "You are a member of founder&#x27;s");
        await AssertIsSafePageAsync(again, "The invitation was not accepted", "Invite token expired");
        Assert.Equal(2, (await founder.MembersAsync()).Count(member => member.GetProperty("memberStatus").GetString() == "active"));
        Assert.Equal(HttpStatusCode.Created, (await LoginAsync(app, "new@example.com", Chosen)).StatusCode);
    }

    [Fact]
    public async Task Who_has_an_account_accepts_with_its_password_and_nobody_guesses_it()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await app.NewcomerAsync("old@example.com");
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "old@example.com" });
        var path = "/auth/invitation/" + await founder.InviteTokenAsync("old@example.com");
        var browser = Browser(app);

        var page = await browser.GetAsync(path);
        var wrong = await browser.PostAsync(path, Form(("password", "Wrong1!aa")));
        var renamed = await browser.PostAsync(path, Form(("firstName", "X"), ("password", Chosen)));
        var done = await browser.PostAsync(path, Form(("password", People.Password)));

        await AssertIsSafePageAsync(page, "Join founder&#x27;s", "Accept with the password of your account");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, renamed.StatusCode);
        await AssertIsSafePageAsync(done, "You are a member of founder&#x27;s");
        Assert.Equal(2, (await founder.MembersAsync()).Count);
    }

    [Fact]
    public async Task A_program_that_follows_a_link_is_told_in_JSON()
    {
        await using var app = await CarillonApp.StartAsync();

        var answer = await app.Anonymous.GetAsync("/auth/reset/nope");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["Bad token provided"], await answer.MessagesAsync());
    }

    private static HttpClient Browser(CarillonApp app)
    {
        var browser = app.Anonymous;
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static Task<HttpResponseMessage> LoginAsync(CarillonApp app, string email, string password) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email, password });

    // Its title, its words, a label for each field, and a policy under which nothing runs or loads but its own style.
    private static async Task AssertIsSafePageAsync(HttpResponseMessage answer, string title, params string[] words)
    {
        var html = await answer.Content.ReadAsStringAsync();
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.Equal(Field().Count(html), LabelledField().Count(html));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'none'", policy, StringComparison.Ordinal);
        var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(html).Groups[1].Value)));
        Assert.Contains($"style-src 'sha256-{style}'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [GeneratedRegex("<input")]
    private static partial Regex Field();

    [GeneratedRegex(@"<label>\w[^<]*<input[^>]*></label>")]
    private static partial Regex LabelledField();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
