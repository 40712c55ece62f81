namespace Carillon.Server.Http.RateLimits;

internal enum RateCategory { Global, Configuration, Trigger }

/// <summary>Which bucket a route draws from, and how many tokens it takes.</summary>
internal sealed record RateCost(RateCategory Category);

/// <summary>A route that does the work of many, and pays for it.</summary>
internal sealed record BulkCost
{
    public const int Tokens = 100;
}

/// <summary>A public route that one address may ask for as often as it likes.</summary>
internal sealed record AnyRate;

internal static class RateConventions
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Without it a route draws from the global bucket.</summary>
        public TBuilder DrawsFrom(RateCategory category) => route.WithMetadata(new RateCost(category));

        /// <summary>For what is asked for again and again by design, such as the health of this server.</summary>
        public TBuilder AtAnyRate() => route.WithMetadata(new AnyRate());

        /// <summary>Takes a hundred tokens instead of one.</summary>
        public TBuilder CostsBulk() => route.WithMetadata(new BulkCost());
    }
}
