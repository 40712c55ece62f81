using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

/// <summary>Somebody signed in, with calls as them: in Development, where they have an organization.</summary>
internal sealed record Person(string Token, string? EnvironmentId, HttpClient Calls);

internal static class People
{
    public const string Password = "Passw0rd!x";

    extension(CarillonApp app)
    {
        /// <summary>Somebody who founded an organization.</summary>
        public async Task<Person> FounderAsync(string name = "founder")
        {
            var made = await app.RegisterAsync(name);
            return new(made.Token, made.EnvironmentId, app.WithToken(made.Token, made.EnvironmentId));
        }

        /// <summary>Somebody with an account and nothing else.</summary>
        public async Task<Person> NewcomerAsync(string email)
        {
            var answer = await app.Anonymous.PostAsJsonAsync("/v1/auth/register", new { firstName = "New", lastName = "Comer", email, password = Password });
            var token = (await answer.DataAsync()).GetProperty("token").GetString()!;
            return new(token, null, app.WithToken(token));
        }

        /// <summary>Somebody whom the admin invited, and who came.</summary>
        public async Task<Person> MemberAsync(Person admin, string email)
        {
            await admin.Calls.PostAsJsonAsync("/v1/invites", new { email });
            var newcomer = await app.NewcomerAsync(email);
            var accepted = await newcomer.Calls.PostAsJsonAsync($"/v1/invites/{await admin.InviteTokenAsync(email)}/accept", new { });
            var token = (await accepted.DataAsync()).GetString()!;
            return new(token, admin.EnvironmentId, app.WithToken(token, admin.EnvironmentId));
        }
    }

    extension(Person person)
    {
        public async Task<IReadOnlyList<JsonElement>> MembersAsync() =>
            [.. (await (await person.Calls.GetAsync("/v1/organizations/members")).DataAsync()).EnumerateArray()];

        public async Task<string> InviteTokenAsync(string email) =>
            (await person.MembersAsync())
                .Single(member => member.TryGetProperty("invite", out var invite) && invite.GetProperty("email").GetString() == email)
                .GetProperty("invite").GetProperty("token").GetString()!;

        /// <summary>The id of the member with this address, whether or not they have come yet.</summary>
        public async Task<string> MemberIdAsync(string email) =>
            (await person.MembersAsync())
                .Single(member => EmailOf(member) == email)
                .GetProperty("_id").GetString()!;
    }

    private static string EmailOf(JsonElement member) =>
        (member.TryGetProperty("user", out var user) ? user : member.GetProperty("invite")).GetProperty("email").GetString()!;
}
