using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Accounts;

public sealed class PasswordTests
{
    private const string NewPassword = "Another1!y";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_forgotten_password_is_replaced_by_a_link_in_a_mail_once(Store store)
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(store, settings: SystemMail.Through(sink));
        await app.FounderAsync("ann");

        var asked = await RequestAsync(app, "Ann@example.com");
        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        var token = SystemMail.TokenIn(mail, "/auth/reset/");
        var reset = await ResetAsync(app, token);
        var again = await ResetAsync(app, token);

        Shape.AssertSame("""{"success":true}""", await asked.DataAsync());
        Assert.Equal(["ann@example.com"], mail.To);
        Assert.Equal(HttpStatusCode.Created, reset.StatusCode);
        var token2 = (await reset.DataAsync()).GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await app.WithToken(token2).GetAsync("/v1/organizations/me")).StatusCode);
        Assert.Equal(["Bad token provided"], await again.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, (await LoginAsync(app, NewPassword)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(app, People.Password)).StatusCode);
    }

    [Fact]
    public async Task Nobody_learns_by_asking_who_has_an_account()
    {
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(settings: SystemMail.Through(sink));
        await app.FounderAsync("ann");

        var unknown = await RequestAsync(app, "nobody@example.com");
        for (var time = 0; time < 7; time++)
            Assert.Equal(await unknown.Content.ReadAsStringAsync(), await (await RequestAsync(app, "ann@example.com")).Content.ReadAsStringAsync());
        for (var time = 0; time < 5; time++)
            Assert.Equal(["ann@example.com"], (await sink.NextAsync(TestContext.Current.CancellationToken)).To);

        await using var db = app.OpenDb();
        Assert.Equal(5, await db.PasswordResets.CountAsync());
    }

    [Fact]
    public async Task A_link_is_worth_nothing_after_a_week()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));
        await using var sink = new SmtpSink();
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: SystemMail.Through(sink));
        await app.FounderAsync("ann");
        await RequestAsync(app, "ann@example.com");
        var token = SystemMail.TokenIn(await sink.NextAsync(TestContext.Current.CancellationToken), "/auth/reset/");

        clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(["Token has expired"], await (await ResetAsync(app, token)).MessagesAsync());
    }

    [Fact]
    public async Task A_mail_that_cannot_be_sent_now_is_sent_later()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));
        var refused = new TaskCompletionSource();
        await using var sink = new SmtpSink();
        sink.Script = line =>
        {
            if (!line.StartsWith("MAIL", StringComparison.Ordinal) || refused.Task.IsCompleted) return null;
            refused.SetResult();
            return "451 Not now";
        };
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: SystemMail.Through(sink));
        await app.FounderAsync("ann");
        await RequestAsync(app, "ann@example.com");
        await refused.Task.WaitAsync(TestContext.Current.CancellationToken);
        await app.UntilAsync(async () =>
        {
            await using var db = app.OpenDb();
            return await db.OutgoingMails.AllAsync(mail => mail.DueAt < clock.GetUtcNow().AddMinutes(2));
        });

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["ann@example.com"], (await sink.NextAsync(TestContext.Current.CancellationToken)).To);
    }

    [Fact]
    public async Task Neither_the_token_nor_the_link_is_readable_in_the_database()
    {
        await using var app = await CarillonApp.StartAsync(settings: SystemMail.ThroughPort(1));
        await app.FounderAsync("ann");
        await RequestAsync(app, "ann@example.com");

        await using var db = app.OpenDb();
        var mail = await db.OutgoingMails.SingleAsync();
        var reset = await db.PasswordResets.SingleAsync();

        Assert.DoesNotContain("ann@example.com", mail.Cipher, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", reset.Hash);
    }

    [Theory]
    [InlineData("/v1/auth/reset/request", "{}", "email should not be null or undefined", "email must be an email")]
    [InlineData("/v1/auth/reset/request", """{"email":"x"}""", "email must be an email")]
    [InlineData("/v1/auth/reset/request?src=zz", """{"email":"a@example.com"}""", "src must be one of the following values: FORGOT_PASSWORD, USER_PROFILE")]
    [InlineData("/v1/auth/reset", """{"password":"Passw0rd!y","token":"8b9e0e5c-9bb5-4e36-a3d5-64c2d9d0b0aa"}""", "Bad token provided")]
    [InlineData("/v1/auth/reset", """{"password":"Passw0rd!y","token":"x"}""", "Bad token provided")]
    [InlineData("/v1/auth/reset", """{"password":"x","token":"8b9e0e5c-9bb5-4e36-a3d5-64c2d9d0b0aa"}""",
        "The password must contain minimum 8 and maximum 64 characters, at least one uppercase letter, one lowercase letter, one number and one special character #?!@$%^&*()-",
        "password must be longer than or equal to 8 characters")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string path, string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.PostTextAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_password_is_replaced_by_whoever_knows_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var ann = await app.FounderAsync("ann");

        var wrong = await UpdateAsync(ann, "Nope1!xxxx", NewPassword, NewPassword);
        var unlike = await UpdateAsync(ann, People.Password, NewPassword, "Passw0rd!q");
        var done = await UpdateAsync(ann, People.Password, NewPassword, NewPassword);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(["Unauthorized"], await wrong.MessagesAsync());
        Assert.Equal(["Passwords do not match."], await unlike.MessagesAsync());
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await LoginAsync(app, NewPassword)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(app, People.Password)).StatusCode);
    }

    [Fact]
    public async Task A_replacing_password_has_to_be_complete_and_good()
    {
        await using var app = await CarillonApp.StartAsync();
        var ann = await app.FounderAsync("ann");

        var nothing = await ann.Calls.PostAsJsonAsync("/v1/auth/update-password", new { });

        Assert.Equal(
            [
                "The new password must contain minimum 8 and maximum 64 characters, at least one uppercase letter, one lowercase letter, one number and one special character #?!@$%^&*()-",
                "newPassword must be shorter than or equal to 64 characters", "newPassword must be longer than or equal to 8 characters",
                "newPassword should not be empty", "confirmPassword should not be empty", "currentPassword should not be empty",
            ],
            await nothing.MessagesAsync());
    }

    [Fact]
    public async Task A_stolen_token_does_not_guess_the_password_for_long()
    {
        await using var app = await CarillonApp.StartAsync();
        var ann = await app.FounderAsync("ann");
        for (var guess = 0; guess < 5; guess++) await UpdateAsync(ann, "Wrong1!xx", NewPassword, NewPassword);

        var right = await UpdateAsync(ann, People.Password, NewPassword, NewPassword);

        Assert.Equal(["Account blocked, Please try again after 5 minutes"], await right.MessagesAsync());
    }

    private static Task<HttpResponseMessage> RequestAsync(CarillonApp app, string email) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/reset/request", new { email });

    private static Task<HttpResponseMessage> ResetAsync(CarillonApp app, string token) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/reset", new { password = NewPassword, token });

    private static Task<HttpResponseMessage> LoginAsync(CarillonApp app, string password) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email = "ann@example.com", password });

    private static Task<HttpResponseMessage> UpdateAsync(Person person, string currentPassword, string newPassword, string confirmPassword) =>
        person.Calls.PostAsJsonAsync("/v1/auth/update-password", new { currentPassword, newPassword, confirmPassword });
}
