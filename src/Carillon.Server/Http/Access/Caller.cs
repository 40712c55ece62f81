using Carillon.Data.Organizations;

namespace Carillon.Server.Http.Access;

/// <summary>Who makes this request, once that is known. Reading what is not known is a bug, so it throws.</summary>
internal sealed class Caller
{
    private Identity? _identity;

    public bool IsKnown => _identity is not null;
    public Scheme Scheme => Known.Scheme;
    public string UserId => Known.UserId ?? throw new InvalidOperationException("The caller is not a user.");
    public string OrganizationId => Known.OrganizationId ?? throw new InvalidOperationException("The caller has no organization.");
    public bool HasOrganization => Known.OrganizationId is not null;
    public IReadOnlyList<string> Roles => Known.Roles;
    public bool IsAdmin => Known.Roles.Contains(Member.Admin);

    /// <summary>A token's environment can be left open; the filters of the model then let nothing through.</summary>
    public string? EnvironmentId => Known.EnvironmentId;

    /// <summary>Of a subscriber's token: our id and the one the application gave.</summary>
    public string SubscriberId => Known.SubscriberId ?? throw new InvalidOperationException("The caller is not a subscriber.");

    private Identity Known => _identity ?? throw new InvalidOperationException("The caller is not known.");

    public void Become(Identity identity) => _identity = identity;
}

internal enum Scheme { ApiKey, User, Subscriber }

internal sealed record Identity(Scheme Scheme, string? UserId, string? OrganizationId, IReadOnlyList<string> Roles)
{
    public string? EnvironmentId { get; init; }
    public bool IsDevelopment { get; init; }
    public string? SubscriberId { get; init; }
}
