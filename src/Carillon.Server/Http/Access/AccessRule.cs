namespace Carillon.Server.Http.Access;

internal enum Credentials { None, KeyOrUser, User, Subscriber }

/// <summary>
/// What a route needs to be told before it does anything. Every route says so; one that does not is refused by the server
/// and by a test. The last rule of a route stands, so that one route of a group can differ from the others.
/// </summary>
internal sealed record AccessRule(Credentials Credentials, bool NeedsEnvironment = true)
{
    /// <summary>Why a route needs no credentials at all.</summary>
    public string? PublicReason { get; init; }
}

/// <summary>On top of <see cref="AccessRule"/>: only admins of the organization.</summary>
internal sealed record AdminOnly;

/// <summary>On top of <see cref="AccessRule"/>: not with a token that has no organization yet.</summary>
internal sealed record InOrganizationOnly;

/// <summary>On top of <see cref="AccessRule"/>: not in an environment that is published to, such as Production.</summary>
internal sealed record DevelopmentOnly;

internal static class AccessConventions
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>An API key, or a user's token and an environment of the user's organization.</summary>
        public TBuilder RequireKeyOrUser() => route.WithMetadata(new AccessRule(Credentials.KeyOrUser));

        /// <summary>As <c>RequireKeyOrUser</c>, but a user need not name an environment.</summary>
        public TBuilder RequireKeyOrUserInAnyEnvironment() =>
            route.WithMetadata(new AccessRule(Credentials.KeyOrUser, NeedsEnvironment: false));

        /// <summary>A user's token and an environment; keys are turned away.</summary>
        public TBuilder RequireUser() => route.WithMetadata(new AccessRule(Credentials.User));

        /// <summary>A user's token, with or without an environment.</summary>
        public TBuilder RequireUserInAnyEnvironment() => route.WithMetadata(new AccessRule(Credentials.User, NeedsEnvironment: false));

        /// <summary>A subscriber's token, as inbox components carry it.</summary>
        public TBuilder RequireSubscriber() => route.WithMetadata(new AccessRule(Credentials.Subscriber));

        /// <summary>Besides, the user must be an admin.</summary>
        public TBuilder RequireAdmin() => route.WithMetadata(new AdminOnly());

        /// <summary>Besides, the user's token must be one for an organization. Where an environment is needed, it always is.</summary>
        public TBuilder RequireOrganization() => route.WithMetadata(new InOrganizationOnly());

        /// <summary>Besides, the environment must be one that changes are made in.</summary>
        public TBuilder RequireDevelopment() => route.WithMetadata(new DevelopmentOnly());

        /// <summary>Anybody. The reason is for the reader.</summary>
        public TBuilder Public(string reason) =>
            route.WithMetadata(new AccessRule(Credentials.None, NeedsEnvironment: false) { PublicReason = reason });
    }
}
