using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

public sealed class OrganizationTests
{
    private const string Members = "/v1/organizations/members";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Members_are_shown_with_who_they_are_and_invitations_with_their_token(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        await app.MemberAsync(founder, "ann@example.com");
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "bob@example.com" });

        var members = await founder.MembersAsync();

        Shape.AssertSame(
            """
            {"_id":"6b0418f5039109a7bd9f29ea","memberStatus":"active","_userId":"6b0418f5039109a7bd9f29e4","roles":["admin"],
             "_organizationId":"6b0418f5039109a7bd9f29e7","createdAt":"2026-11-23T10:44:05.037Z","updatedAt":"2026-11-23T10:44:05.037Z","__v":0,
             "id":"6b0418f5039109a7bd9f29ea","user":{"_id":"6b0418f5039109a7bd9f29e4","firstName":"founder","lastName":"Test",
             "email":"founder@example.com","createdAt":"2026-11-23T10:44:05.015Z","id":"6b0418f5039109a7bd9f29e4"}}
            """,
            members[0]);
        var token = members[2].GetProperty("invite").GetProperty("token").GetString()!;
        Shape.AssertSame(
            $$"""
            {"invite":{"email":"bob@example.com","token":"{{token}}","invitationDate":"2026-11-23T10:47:03.801Z","_inviterId":"6b0418f5039109a7bd9f29e4"},
             "_id":"6b0419a7039109a7bd9f4ff5","memberStatus":"invited","roles":["admin"],"_organizationId":"6b0418f5039109a7bd9f29e7",
             "createdAt":"2026-11-23T10:47:03.802Z","updatedAt":"2026-11-23T10:47:03.802Z","__v":0,"id":"6b0419a7039109a7bd9f4ff5","_userId":null}
            """,
            members[2]);
        Assert.True(members[1].GetProperty("invite").TryGetProperty("answerDate", out _));
    }

    [Fact]
    public async Task A_member_who_is_no_admin_sees_no_addresses_no_invitations_and_no_keys()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        var ann = await app.MemberAsync(founder, "ann@example.com");
        await founder.Calls.PostAsJsonAsync("/v1/invites", new { email = "bob@example.com" });
        await SetRoleAsync(founder, "ann@example.com", "member");

        var members = await ann.MembersAsync();
        var environments = await (await ann.Calls.GetAsync("/v1/environments")).DataAsync();
        var keys = await ann.Calls.GetAsync("/v1/environments/api-keys");

        Assert.Equal(["", ""], members.Select(member => member.GetProperty("user").GetProperty("email").GetString()!));
        Assert.All(members, member => Assert.False(member.TryGetProperty("invite", out _)));
        Assert.All(environments.EnumerateArray(), environment => Assert.Equal(0, environment.GetProperty("apiKeys").GetArrayLength()));
        Assert.Equal(HttpStatusCode.Forbidden, keys.StatusCode);
        Assert.Equal(["Forbidden resource"], await keys.MessagesAsync());
    }

    [Fact]
    public async Task Only_admins_decide_who_is_in_and_what_they_may()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        var ann = await app.MemberAsync(founder, "ann@example.com");
        await SetRoleAsync(founder, "ann@example.com", "member");
        var (annsId, foundersId) = (await founder.MemberIdAsync("ann@example.com"), await founder.MemberIdAsync("founder@example.com"));

        HttpResponseMessage[] answers =
        [
            await ann.Calls.PutAsJsonAsync($"{Members}/{annsId}/roles", new { role = "admin" }),
            await ann.Calls.DeleteAsync($"{Members}/{foundersId}"),
            await ann.Calls.PostAsJsonAsync("/v1/invites", new { email = "x@example.com" }),
            await ann.Calls.PostAsJsonAsync("/v1/invites/bulk", new { invitees = new[] { new { email = "x@example.com" } } }),
            await ann.Calls.PostAsJsonAsync("/v1/invites/resend", new { memberId = annsId }),
            await ann.Calls.PostAsJsonAsync("/v1/environments/api-keys/regenerate", new { }),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await ann.Calls.PatchAsJsonAsync("/v1/organizations", new { name = "Renamed" })).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Whoever_is_removed_is_out_at_once_and_leaves_their_keys_to_an_admin(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var ann = await app.MemberAsync(founder, "ann@example.com");
        var made = await ann.Calls.PostAsJsonAsync("/v1/environments/api-keys/regenerate", new { });
        var key = (await made.DataAsync())[0].GetProperty("key").GetString()!;
        var annsView = await (await app.WithKey(key).GetAsync("/v1/users/me")).DataAsync();

        var removed = await founder.Calls.DeleteAsync($"{Members}/{await founder.MemberIdAsync("ann@example.com")}");

        Assert.Equal("ann@example.com", annsView.GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal("ann@example.com", (await removed.DataAsync()).GetProperty("user").GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.Calls.GetAsync("/v1/environments/me")).StatusCode);
        Assert.Equal("founder@example.com", (await (await app.WithKey(key).GetAsync("/v1/users/me")).DataAsync()).GetProperty("email").GetString());
        Assert.Single(await founder.MembersAsync());
    }

    [Fact]
    public async Task Members_are_not_removed_by_themselves_nor_by_strangers()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        var stranger = await app.FounderAsync("stranger");
        var id = await founder.MemberIdAsync("founder@example.com");

        Assert.Equal(["Cannot remove self from members"], await (await founder.Calls.DeleteAsync($"{Members}/{id}")).MessagesAsync());
        Assert.Equal(["Member not found"], await (await stranger.Calls.DeleteAsync($"{Members}/{id}")).MessagesAsync());
        Assert.Equal(["Member not found"], await (await founder.Calls.DeleteAsync($"{Members}/000000000000000000000000")).MessagesAsync());
        Assert.Equal(["memberId must be a mongodb id"], await (await founder.Calls.DeleteAsync($"{Members}/zz")).MessagesAsync());
        Assert.Equal(
            ["No member was found"],
            await (await stranger.Calls.PutAsJsonAsync($"{Members}/{id}/roles", new { role = "member" })).MessagesAsync());
    }

    [Fact]
    public async Task A_role_is_admin_or_member()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        var id = await founder.MemberIdAsync("founder@example.com");

        var same = await founder.Calls.PutAsJsonAsync($"{Members}/{id}/roles", new { role = "admin" });
        var unknown = await founder.Calls.PutAsJsonAsync($"{Members}/{id}/roles", new { role = "zz" });

        Assert.Equal(["admin"], (await same.DataAsync()).GetProperty("roles").EnumerateArray().Select(role => role.GetString()!));
        Assert.Equal(["role must be one of the following values: admin, member"], await unknown.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Two_admins_who_demote_one_another_at_once_leave_one(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var ann = await app.MemberAsync(founder, "ann@example.com");
        var (annsId, foundersId) = (await founder.MemberIdAsync("ann@example.com"), await founder.MemberIdAsync("founder@example.com"));

        var answers = await Task.WhenAll(
            founder.Calls.PutAsJsonAsync($"{Members}/{annsId}/roles", new { role = "member" }),
            ann.Calls.PutAsJsonAsync($"{Members}/{foundersId}/roles", new { role = "member" }));

        // The second one may find that it is no admin any more, or that it would take away the last.
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden);
        var roles = (await founder.MembersAsync()).Select(member => member.GetProperty("roles")[0].GetString()).ToList();
        Assert.Contains("admin", roles);
        Assert.Contains("member", roles);
    }

    [Fact]
    public async Task The_last_admin_stays_one()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await app.MemberAsync(founder, "ann@example.com");
        await SetRoleAsync(founder, "ann@example.com", "member");

        var answer = await SetRoleAsync(founder, "founder@example.com", "member");

        Assert.Equal(["An organization needs at least one admin"], await answer.MessagesAsync());
        Assert.Equal("admin", (await founder.MembersAsync())[0].GetProperty("roles")[0].GetString());
    }

    [Theory]
    [InlineData("""{"color":"zz"}""", "color must be a hexadecimal color")]
    [InlineData("""{"fontColor":"#12345","contentBackground":5}""", "fontColor must be a hexadecimal color", "contentBackground must be a hexadecimal color")]
    [InlineData("""{"logo":"http://x.example/l.txt"}""", "Logo must be a valid image URL with one of the following extensions: jpg, jpeg, png, gif, svg")]
    [InlineData("""{"logo":"javascript:alert(1)//.png"}""",
        "Logo must be a valid image URL with one of the following extensions: jpg, jpeg, png, gif, svg", "logo must be a URL address")]
    [InlineData("""{"fontFamily":5}""", "fontFamily must be a string")]
    public async Task Branding_takes_pictures_and_colours(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await PutTextAsync(app.Api, "/v1/organizations/branding", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Branding_is_set_as_a_whole(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        const string Branding = """{"logo":"http://localhost:3000/l.PNG","color":"#fff000","fontColor":"#000","contentBackground":"#12345678","fontFamily":"Arial"}""";

        var set = await PutTextAsync(app.Api, "/v1/organizations/branding", Branding);
        var shown = await (await app.Api.GetAsync("/v1/organizations/me")).DataAsync();
        var cleared = await PutTextAsync(app.Api, "/v1/organizations/branding", "{}");
        var after = await (await app.Api.GetAsync("/v1/organizations/me")).DataAsync();

        Shape.AssertSame(Branding, await set.DataAsync());
        Shape.AssertSame(Branding, shown.GetProperty("branding"));
        Shape.AssertSame("{}", await cleared.DataAsync());
        Assert.False(after.TryGetProperty("branding", out _));
    }

    [Fact]
    public async Task An_organization_is_renamed()
    {
        await using var app = await CarillonApp.StartAsync();

        var renamed = await app.Api.PatchAsJsonAsync("/v1/organizations", new { name = "New name" });
        var nameless = await app.Api.PatchAsJsonAsync("/v1/organizations", new { });
        var empty = await app.Api.PatchAsJsonAsync("/v1/organizations", new { name = "" });

        Shape.AssertSame("""{"name":"New name"}""", await renamed.DataAsync());
        Assert.Equal(["name should not be null or undefined", "name must be a string"], await nameless.MessagesAsync());
        Assert.Equal(["name should not be empty"], await empty.MessagesAsync());
        Shape.AssertSame(
            """
            {"productUseCases":{"delay":false,"translation":false,"digest":false,"multi_channel":false,"in_app":false},"_id":"6b0418f5039109a7bd9f29e7",
             "name":"New name","apiServiceLevel":"unlimited","language":[],"createdAt":"2026-11-23T10:44:05.030Z","updatedAt":"2026-11-23T10:44:05.030Z",
             "__v":0,"id":"6b0418f5039109a7bd9f29e7"}
            """,
            await (await app.Api.GetAsync("/v1/organizations/me")).DataAsync());
    }

    [Fact]
    public async Task A_token_without_an_organization_has_none_to_change()
    {
        await using var app = await CarillonApp.StartAsync();
        var newcomer = await app.NewcomerAsync("new@example.com");

        var answer = await newcomer.Calls.GetAsync(Members);

        Assert.Equal(["organizationId should not be empty"], await answer.MessagesAsync());
    }

    private static async Task<HttpResponseMessage> SetRoleAsync(Person admin, string email, string role) =>
        await admin.Calls.PutAsJsonAsync($"{Members}/{await admin.MemberIdAsync(email)}/roles", new { role });

    private static Task<HttpResponseMessage> PutTextAsync(HttpClient client, string path, string body) =>
        client.PutAsync(new Uri(path, UriKind.Relative), JsonContent.Create(JsonSerializer.Deserialize<JsonElement>(body)));
}
