using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Carillon.Engine.Emails;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server;

/// <summary>The page by which people choose what they receive, used as a browser without scripts does.</summary>
public sealed class PreferencePageTests
{
    private const string Root = "https://notify.example.com";
    private static readonly object Mail = new { template = new { type = "email", contentType = "customHtml", subject = "S", content = "<a href=\"{{preferencesUrl}}\">Choose</a> <a href=\"{{unsubscribeUrl}}\">Leave</a>" }, active = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_switched_on_the_page_holds_from_the_next_trigger_on(Store store)
    {
        await using var app = await StartAsync(store);
        var news = await app.CreateWorkflowAsync("News");
        await app.CreateWorkflowAsync("Bills");
        var address = await AddressAsync(app, "ann");

        var saved = await SubmitAsync(app, address, form => form.Remove($"{news.Id()}.in_app"));
        await TriggerAsync(app, "news", "bills");

        Assert.Equal("Saved.", saved.QuerySelector("[role=status]")!.TextContent);
        Assert.False(BoxIn(saved, $"{news.Id()}.in_app").IsChecked);
        Assert.Equal(["Hello bills"], await app.FeedAsync("ann"));

        await SubmitAsync(app, address, form => form[$"{news.Id()}.in_app"] = "on");
        await TriggerAsync(app, "news");
        Assert.Equal(["Hello news", "Hello bills"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task One_switch_stops_everything_that_may_be_declined()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("News");
        await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new
        {
            name = "Alarm", notificationGroupId = app.NotificationGroupId, active = true, critical = true, steps = new[] { WorkflowRequests.InApp("Hello {{name}}") },
        });

        var saved = await SubmitAsync(app, await AddressAsync(app, "ann"), form => form.Remove("all"));
        await TriggerAsync(app, "news", "alarm");

        Assert.NotNull(saved.QuerySelector("[role=note]"));
        Assert.Equal(["Hello alarm"], await app.FeedAsync("ann"));
        var alarm = saved.QuerySelectorAll("fieldset").Single(set => set.QuerySelector("legend")!.TextContent == "Alarm");
        Assert.Contains("Always sent", alarm.TextContent, StringComparison.Ordinal);
        Assert.Empty(alarm.QuerySelectorAll("input"));
    }

    [Fact]
    public async Task Saving_says_nothing_about_what_was_left_as_it_was()
    {
        await using var app = await StartAsync();
        var news = await app.CreateWorkflowAsync("News");
        var address = await AddressAsync(app, "ann");
        var form = FormOf(await OpenAsync(app, address));
        await app.Api.PatchAsJsonAsync($"/v1/subscribers/ann/preferences/{news.Id()}", new { channel = new { type = "in_app", enabled = false } });

        form.Remove("all.sms");
        await SendAsync(app, address, form);

        var page = await OpenAsync(app, address);
        Assert.False(BoxIn(page, $"{news.Id()}.in_app").IsChecked);
        Assert.False(BoxIn(page, "all.sms").IsChecked);
        Assert.True(BoxIn(page, "all.email").IsChecked);
    }

    [Fact]
    public async Task A_channel_that_is_switched_on_where_all_were_off_is_the_only_one_that_is_on()
    {
        await using var app = await StartAsync();
        var news = await app.CreateWorkflowAsync("News", Mail, WorkflowRequests.InApp("Hello {{name}}"));
        var address = await AddressAsync(app, "ann");
        await app.Api.PatchAsJsonAsync($"/v1/subscribers/ann/preferences/{news.Id()}", new { enabled = false });

        var page = await SubmitAsync(app, address, form => form[$"{news.Id()}.in_app"] = "on");

        Assert.True(BoxIn(page, $"{news.Id()}.in_app").IsChecked);
        Assert.False(BoxIn(page, $"{news.Id()}.email").IsChecked);
    }

    [Fact]
    public async Task A_mail_brings_both_links_and_leaving_leads_to_the_page()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync();
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = $"{sender.Url}mail", secretKey = "s", from = "shop@example.com" },
            active = true,
        });
        await app.CreateWorkflowAsync("News", Mail);
        await app.TriggeredAsync(new { name = "news", to = new { subscriberId = "ann", email = "ann@example.com" } });
        await app.SettledAsync();

        var links = new HtmlParser().ParseDocument(JsonElement.Parse(sender.Received.Single().Body).Text("html")!).Links.OfType<IHtmlAnchorElement>()
            .Select(link => link.GetAttribute("href")!).ToList();
        var left = await SubmitAsync(app, links[1][Root.Length..], _ => { });
        var page = await OpenAsync(app, left.Links.OfType<IHtmlAnchorElement>().Single().GetAttribute("href")!);

        Assert.Equal(links[0][Root.Length..], new Uri(await AddressAsync(app, "ann", whole: true)).AbsolutePath);
        Assert.False(page.QuerySelectorAll("input[type=checkbox]").OfType<IHtmlInputElement>().Last().IsChecked);
    }

    [Theory]
    [InlineData("de_AT", null, "de", "Ihre Benachrichtigungen")]
    [InlineData("fr", "de", "fr", "Vos notifications")]
    [InlineData(null, "nl-NL,nl;q=0.9,en;q=0.8", "nl", "Uw meldingen")]
    [InlineData("xx", "yy", "en", "Your notifications")]
    public async Task It_speaks_the_subscribers_language(string? locale, string? browser, string language, string title)
    {
        await using var app = await StartAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", locale });
        using var client = app.Anonymous;
        if (browser is not null) client.DefaultRequestHeaders.Add("Accept-Language", browser);

        var page = await ParsedAsync(await client.GetAsync(await AddressAsync(app, "ann")));

        Assert.Equal((language, title), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("h1")!.TextContent));
    }

    [Fact]
    public async Task A_link_that_somebody_changed_opens_nothing()
    {
        await using var app = await StartAsync();
        var address = await AddressAsync(app, "ann");

        foreach (var forged in new[] { address[..^1], address[..^1] + (address[^1] == 'A' ? 'B' : 'A'), address[..45] + (address[45] == 'a' ? 'b' : 'a') + address[46..], "/v1/preference-page/x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync(forged)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsync(forged, new FormUrlEncodedContent([]))).StatusCode);
        }

        await app.Api.DeleteAsync("/v1/subscribers/ann");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task A_link_opens_the_page_for_a_year_and_a_mail_is_always_a_way_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await StartAsync(clock: clock);
        var (address, news) = (await AddressAsync(app, "ann"), await app.CreateWorkflowAsync("News", Mail));
        var ann = await (await app.Api.GetAsync("/v1/subscribers/ann")).DataAsync();
        var wayOut = new Uri(app.Get<UnsubscribeLinks>().Of(new(app.EnvironmentId, ann.Id(), news.Id()))!).AbsolutePath;

        clock.Advance(TimeSpan.FromDays(364));
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync(address)).StatusCode);
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsync(address, new FormUrlEncodedContent([]))).StatusCode);

        var left = await SubmitAsync(app, wayOut, _ => { });

        Assert.Equal("Unsubscribed", left.Title);
        Assert.Empty(left.Links);
        Assert.False(BoxIn(await OpenAsync(app, await AddressAsync(app, "ann")), $"{news.Id()}.email").IsChecked);
    }

    [Fact]
    public async Task It_needs_no_script_runs_none_and_every_box_has_a_label()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("<script>alert(1)</script>");
        var answer = await app.Anonymous.GetAsync(await AddressAsync(app, "ann"));
        var page = await ParsedAsync(answer);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("base-uri 'none'; form-action 'self'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Empty(page.Scripts);
        Assert.Contains(page.QuerySelectorAll("legend"), legend => legend.TextContent == "<script>alert(1)</script>");
        Assert.All(page.QuerySelectorAll("input[type=checkbox]"), box => Assert.NotEmpty(box.ParentElement!.QuerySelector("span")!.TextContent));
    }

    [Fact]
    public async Task Forms_of_other_makes_change_nothing()
    {
        await using var app = await StartAsync();
        var news = await app.CreateWorkflowAsync("News");
        var address = await AddressAsync(app, "ann");
        var before = FormOf(await OpenAsync(app, address));

        await SendAsync(app, address, new() { [$"{news.Id()}.sms"] = "on", ["was.x.email"] = "on", ["was."] = "", [$"was.{news.Id()}.sms"] = "off", ["all"] = "yes" });
        await app.Anonymous.PostAsync(address, new StringContent("[1]", null, "application/json"));

        Assert.Equal(before, FormOf(await OpenAsync(app, address)));
    }

    private static Task<CarillonApp> StartAsync(Store store = Store.Sqlite, TimeProvider? clock = null) =>
        CarillonApp.StartAsync(store, clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), ("Carillon:PublicUrl", Root)]);

    private static async Task<string> AddressAsync(CarillonApp app, string subscriberId, bool whole = false)
    {
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId });
        var url = (await (await app.Api.GetAsync($"/v1/subscribers/{subscriberId}/preference-page")).DataAsync()).GetProperty("url").GetString()!;
        return whole ? url : new Uri(url).AbsolutePath;
    }

    private static async Task TriggerAsync(CarillonApp app, params string[] workflows)
    {
        foreach (var name in workflows)
        {
            await app.TriggeredAsync(new { name, to = "ann", payload = new { name } });
            await app.SettledAsync();
        }
    }

    private static async Task<IHtmlDocument> OpenAsync(CarillonApp app, string address) => await ParsedAsync(await app.Anonymous.GetAsync(address));

    private static async Task<IHtmlDocument> SubmitAsync(CarillonApp app, string address, Action<Dictionary<string, string>> change)
    {
        var form = FormOf(await OpenAsync(app, address));
        change(form);
        return await SendAsync(app, address, form);
    }

    /// <summary>Where it leads on to another page, that is what comes back.</summary>
    private static async Task<IHtmlDocument> SendAsync(CarillonApp app, string address, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await ParsedAsync(await app.Anonymous.PostAsync(address, content));
    }

    private static async Task<IHtmlDocument> ParsedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> FormOf(IHtmlDocument page) => page.QuerySelectorAll("input").OfType<IHtmlInputElement>()
        .Where(input => input.Type == "hidden" || input.IsChecked)
        .ToDictionary(input => input.Name!, input => input.Value);

    private static IHtmlInputElement BoxIn(IHtmlDocument page, string name) => (IHtmlInputElement)page.QuerySelector($"input[name='{name}']")!;
}
