using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

public sealed class InviteTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Whoever_is_invited_gets_a_mail_whose_link_makes_them_a_member(Store store)
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(store, settings: SystemMail.Through(sink));
        var founder = await app.FounderAsync();

        var invited = await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "Ann@example.com" });
        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        var token = SystemMail.TokenIn(mail, "/auth/invitation/");
        var shown = await (await app.Anonymous.GetAsync($"/v1/invites/{token}")).DataAsync();
        var ann = await app.NewcomerAsync("ann@example.com");
        var accepted = await ann.Calls.PostAsJsonAsync($"/v1/invites/{token}/accept", new { });

        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        Shape.AssertSame("""{"success":true}""", await invited.DataAsync());
        Assert.Equal(["ann@example.com"], mail.To);
        Assert.Equal("founder Test invites you to founder's", mail.Message.Subject);
        Shape.AssertSame(
            """
            {"inviter":{"_id":"6b0418f5039109a7bd9f29e4","firstName":"founder","lastName":"Test"},
             "organization":{"_id":"6b0418f5039109a7bd9f29e7","name":"founder's"},"email":"ann@example.com"}
            """,
            shown);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        var asMember = app.WithToken((await accepted.DataAsync()).GetString()!, founder.EnvironmentId);
        Assert.Equal(HttpStatusCode.OK, (await asMember.GetAsync("/v1/environments/me")).StatusCode);
        Assert.Equal(2, (await founder.MembersAsync()).Count);
    }

    [Fact]
    public async Task A_link_is_worth_nothing_to_anybody_else_and_nothing_twice()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "ann@example.com" });
        var token = await founder.InviteTokenAsync("ann@example.com");
        var other = await app.NewcomerAsync("other@example.com");
        var ann = await app.NewcomerAsync("ann@example.com");

        var others = await other.Calls.PostAsJsonAsync($"/v1/invites/{token}/accept", new { });
        var accepted = await ann.Calls.PostAsJsonAsync($"/v1/invites/{token}/accept", new { });
        var again = await ann.Calls.PostAsJsonAsync($"/v1/invites/{token}/accept", new { });
        var unknown = await ann.Calls.PostAsJsonAsync("/v1/invites/nope/accept", new { });

        Assert.Equal(["No active invite found for user"], await others.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        Assert.Equal(["Token expired"], await again.MessagesAsync());
        Assert.Equal(["No organization found"], await unknown.MessagesAsync());
        Assert.Equal(["Invite token expired"], await (await app.Anonymous.GetAsync($"/v1/invites/{token}")).MessagesAsync());
        Assert.Equal(["No invite found"], await (await app.Anonymous.GetAsync("/v1/invites/nope")).MessagesAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.PostAsJsonAsync($"/v1/invites/{token}/accept", new { })).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_address_is_invited_once_however_many_try_at_the_same_time(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "ann@example.com" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Assert.Equal(2, (await founder.MembersAsync()).Count);
    }

    [Fact]
    public async Task Many_are_invited_at_once_and_each_is_told_of()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "old@example.com" });

        var answer = await founder.Calls.PostAsJsonAsync("/v1/invites/bulk", new
        {
            invitees = new[] { new { email = "new@example.com" }, new { email = "old@example.com" }, new { email = "NEW@example.com" } },
        });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Shape.AssertSame(
            """
            [{"success":true,"email":"new@example.com"},{"failReason":"Already invited","success":false,"email":"old@example.com"},
             {"failReason":"Already invited","success":false,"email":"NEW@example.com"}]
            """,
            await answer.DataAsync());
    }

    [Theory]
    [InlineData("/v1/invites", "{}", "email should not be empty", "email must be an email")]
    [InlineData("/v1/invites", """{"email":"x"}""", "email must be an email")]
    [InlineData("/v1/invites/bulk", """{"invitees":[]}""", "invitees should not be empty")]
    [InlineData("/v1/invites/bulk", """{"invitees":[{"email":"x"}]}""", "invitees.0.email must be an email")]
    [InlineData("/v1/invites/resend", "{}", "memberId must be a string", "memberId should not be empty")]
    [InlineData("/v1/invites/resend", """{"memberId":"zz"}""", "memberId must be a mongodb id")]
    [InlineData("/v1/invites/resend", """{"memberId":"000000000000000000000000"}""", "Member not found")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string path, string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        var response = await founder.Calls.PostTextAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Fact]
    public async Task An_invitation_sent_again_keeps_its_link_and_its_address()
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(settings: SystemMail.Through(sink));
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "ann@example.com" });
        var first = await sink.NextAsync(TestContext.Current.CancellationToken);

        var resent = await founder.Calls.PostAsJsonAsync("/v1/invites/resend", new { memberId = await founder.MemberIdAsync("ann@example.com") });
        var second = await sink.NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, resent.StatusCode);
        Assert.Equal(["ann@example.com"], second.To);
        Assert.Equal(SystemMail.TokenIn(first, "/auth/invitation/"), SystemMail.TokenIn(second, "/auth/invitation/"));
        await app.MemberAsync(founder, "bob@example.com");
        var active = await founder.Calls.PostAsJsonAsync("/v1/invites/resend", new { memberId = await founder.MemberIdAsync("bob@example.com") });
        Assert.Equal(["Member already active"], await active.MessagesAsync());
    }

    [Fact]
    public async Task Somebody_who_is_a_member_already_stays_what_they_are()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "founder@example.com" });

        var accepted = await founder.Calls.PostAsJsonAsync($"/v1/invites/{await founder.InviteTokenAsync("founder@example.com")}/accept", new { });

        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        Assert.Single(await founder.MembersAsync());
    }

    [Fact]
    public async Task Without_a_mail_account_the_link_is_with_the_admin()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        var ann = await app.MemberAsync(founder, "ann@example.com");

        Assert.Equal(HttpStatusCode.OK, (await ann.Calls.GetAsync("/v1/environments/me")).StatusCode);
    }

    [Fact]
    public async Task Where_nobody_may_sign_up_those_invited_may()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "ann@example.com" });
        var invitationToken = await founder.InviteTokenAsync("ann@example.com");
        app.Get<Carillon.Server.Configuration.ServerOptions>().OpenRegistration = false;

        Assert.Equal(["Account creation is disabled"], await (await RegisterAsync(app, "bob@example.com", null)).MessagesAsync());
        Assert.Equal(["Account creation is disabled"], await (await RegisterAsync(app, "bob@example.com", invitationToken)).MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync(app, "ann@example.com", invitationToken)).StatusCode);
    }

    private static Task<HttpResponseMessage> RegisterAsync(CarillonApp app, string email, string? invitationToken) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/register", new { firstName = "A", email, password = People.Password, invitationToken });
}
