namespace Carillon.Server.Http;

/// <summary>A route whose very path opens something: logs and traces show its pattern in place of the path.</summary>
internal sealed record SecretPath;

internal static class SecretPathConventions
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder HasSecretPath() => route.WithMetadata(new SecretPath());
    }
}
