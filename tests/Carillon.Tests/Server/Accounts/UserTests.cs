using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

public sealed class UserTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task People_see_and_change_what_they_say_of_themselves(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var ann = await app.FounderAsync("ann");

        var me = await (await ann.Calls.GetAsync("/v1/users/me")).DataAsync();
        await ann.Calls.PutAsJsonAsync("/v1/users/onboarding", new { showOnBoarding = false });
        var tour = await ann.Calls.PutAsJsonAsync("/v1/users/onboarding-tour", new { showOnBoardingTour = 2 });
        await ann.Calls.PutAsJsonAsync("/v1/users/onboarding", new { });
        var profile = await ann.Calls.PutAsJsonAsync(
            "/v1/users/profile", new { firstName = "New", lastName = "Name", profilePicture = "http://x.example/p.png" });

        Shape.AssertSame(
            """{"_id":"6b0418f5039109a7bd9f29e4","firstName":"ann","lastName":"Test","email":"ann@example.com","createdAt":"2026-11-23T10:44:05.015Z","hasPassword":true}""",
            me);
        Assert.Equal(HttpStatusCode.OK, tour.StatusCode);
        Shape.AssertSame(
            """
            {"_id":"6b0418f5039109a7bd9f29e4","firstName":"New","lastName":"Name","email":"ann@example.com","profilePicture":"http://x.example/p.png",
             "createdAt":"2026-11-23T10:44:05.015Z","showOnBoarding":false,"hasPassword":true}
            """,
            await profile.DataAsync());
    }

    [Theory]
    [InlineData("profile", """{"firstName":"N","lastName":"N","profilePicture":"nope"}""",
        "Logo must be a valid image URL with one of the following extensions: jpg, jpeg, png, gif, svg", "profilePicture must be a URL address")]
    [InlineData("profile", "{}", "firstName should not be null or undefined", "firstName must be a string",
        "lastName should not be null or undefined", "lastName must be a string")]
    [InlineData("profile", """{"firstName":"","lastName":"N"}""", "First name and last name are required")]
    [InlineData("profile/email", """{"email":"x"}""", "email must be an email")]
    [InlineData("profile/email", """{"email":"OTHER@example.com"}""", "E-mail is invalid or taken")]
    [InlineData("profile/email", """{"email":"ann@example.com"}""", "E-mail is invalid or taken")]
    [InlineData("onboarding", """{"showOnBoarding":"x"}""", "showOnBoarding must be a boolean value")]
    [InlineData("onboarding-tour", """{"showOnBoardingTour":"x"}""", "showOnBoardingTour must be a number conforming to the specified constraints")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string path, string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var ann = await app.FounderAsync("ann");
        await app.NewcomerAsync("other@example.com");

        var response = await ann.Calls.PutAsync(
            new Uri($"/v1/users/{path}", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_account_moves_to_another_address(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var ann = await app.FounderAsync("ann");

        var moved = await ann.Calls.PutAsJsonAsync("/v1/users/profile/email", new { email = "Ann.New@example.com" });

        Assert.Equal("ann.new@example.com", (await moved.DataAsync()).GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.Created, (await LoginAsync(app, "ann.new@example.com")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(app, "ann@example.com")).StatusCode);
    }

    [Fact]
    public async Task A_key_may_look_at_its_owner_but_not_move_them()
    {
        await using var app = await CarillonApp.StartAsync();

        var me = await (await app.Api.GetAsync("/v1/users/me")).DataAsync();
        var moved = await app.Api.PutAsJsonAsync("/v1/users/profile/email", new { email = "x@example.com" });

        Assert.False(me.GetProperty("hasPassword").GetBoolean());
        Assert.Equal(["API endpoint not available"], await moved.MessagesAsync());
    }

    private static Task<HttpResponseMessage> LoginAsync(CarillonApp app, string email) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email, password = People.Password });
}
