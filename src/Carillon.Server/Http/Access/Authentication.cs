using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Access;

/// <summary>
/// Finds out who is calling, from the Authorization header and, for users, the environment they name. The database context is made only when
/// something is asked of it: for a remembered key nothing is, so most triggers never have one.
/// </summary>
internal sealed class Authentication(ApiKeys keys, UserTokens userTokens, SubscriberTokens subscriberTokens, Lazy<CarillonDb> db)
{
    /// <summary>What is said to a page that the environment does not list.</summary>
    public const string ForeignPage = "Pages of this origin may not use the inbox";

    private const string EnvironmentHeader = "Novu-Environment-Id";

    // Which environment it is, is what we are about to learn from the token; so its filter is left out.
    private static readonly AskedOften<string, string, TokenHolder> Holders = new((db, environmentId, subscriberId) =>
        from subscriber in db.Subscribers.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
        join environment in db.Environments on subscriber.EnvironmentId equals environment.Id
        where subscriber.EnvironmentId == environmentId && subscriber.Id == subscriberId
        select new TokenHolder(subscriber.OrganizationId, environment.Settings));

    public async ValueTask<Outcome> IdentifyAsync(HttpRequest request, AccessRule access, CancellationToken ct)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, credential) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..]);

        if (access.Credentials == Credentials.Subscriber) return await SubscriberAsync(scheme, credential, request.Headers.Origin, ct);

        return scheme switch
        {
            "" => Problem.Unauthorized("Missing authorization header"),
            "ApiKey" => await KeyAsync(credential, access, ct),
            "Bearer" => await UserAsync(credential, request.Headers[EnvironmentHeader].ToString(), access, ct),
            _ => Problem.Unauthorized($"Invalid authentication scheme: \"{scheme}\""),
        };
    }

    private async ValueTask<Outcome> KeyAsync(string key, AccessRule access, CancellationToken ct)
    {
        if (access.Credentials != Credentials.KeyOrUser) return Problem.Unauthorized("API endpoint not available");
        if (key.Length == 0) return Problem.Unauthorized();

        return await keys.FindAsync(key, db, ct) is { } identity ? identity : Problem.Unauthorized("API Key not found");
    }

    private async ValueTask<Outcome> UserAsync(string text, string environmentId, AccessRule access, CancellationToken ct)
    {
        if (await userTokens.ReadAsync(text) is not { } token) return Problem.Unauthorized();
        if (!await db.Value.Users.AnyAsync(user => user.Id == token.UserId, ct)) return Problem.Unauthorized("User not found");

        var (identity, refused) = await MemberAsync(token, ct);
        return refused is null ? await InEnvironmentAsync(identity!, environmentId, access, ct) : refused;
    }

    private async ValueTask<Outcome> MemberAsync(UserToken token, CancellationToken ct)
    {
        if (token.OrganizationId is not { } organizationId) return new Identity(Scheme.User, token.UserId, null, []);

        var member = await db.Value.Members.AsNoTracking().SingleOrDefaultAsync(
            member => member.OrganizationId == organizationId && member.UserId == token.UserId && member.Status == MemberStatus.Active, ct);
        return member is null
            ? Problem.Unauthorized($"User {token.UserId} is not a member of organization {organizationId}")
            : new Identity(Scheme.User, token.UserId, organizationId, member.Roles);
    }

    // Somebody else's environment and one that does not exist are answered alike, so that nobody can find out which exist.
    private async ValueTask<Outcome> InEnvironmentAsync(Identity identity, string environmentId, AccessRule access, CancellationToken ct)
    {
        var found = await db.Value.Environments.SingleOrDefaultAsync(
            environment => environment.Id == environmentId && environment.OrganizationId == identity.OrganizationId, ct);
        if (found is not null) return identity with { EnvironmentId = found.Id, IsDevelopment = found.ParentId is null };
        if (!access.NeedsEnvironment) return identity;

        return environmentId.Length == 0
            ? Problem.BadRequest(["environmentId should not be empty"])
            : Problem.NotFound("Environment not found");
    }

    private async ValueTask<Outcome> SubscriberAsync(string scheme, string text, string? origin, CancellationToken ct)
    {
        if (scheme != "Bearer" || await subscriberTokens.ReadAsync(text) is not { } token) return Problem.Unauthorized();

        if (await Holders.Ask(db.Value, token.EnvironmentId, token.SubscriberId).SingleOrDefaultAsync(ct) is not { } found) return Problem.Unauthorized();
        if (!found.Settings.OpensInboxTo(origin)) return Problem.Forbidden(ForeignPage);

        return new Identity(Scheme.Subscriber, null, found.OrganizationId, [])
        {
            EnvironmentId = token.EnvironmentId,
            SubscriberId = token.SubscriberId,
        };
    }

    private sealed record TokenHolder(string OrganizationId, EnvironmentSettings Settings);

    /// <summary>An identity, or why not.</summary>
    internal readonly record struct Outcome(Identity? Identity, Problem? Refused)
    {
        public static implicit operator Outcome(Identity identity) => new(identity, null);

        public static implicit operator Outcome(Problem refused) => new(null, refused);
    }
}
