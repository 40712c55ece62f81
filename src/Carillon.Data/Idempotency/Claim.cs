namespace Carillon.Data.Idempotency;

/// <summary>A request with a key: for whom, method and path, the key, and the hash of its body.</summary>
public sealed record KeyedRequest(string Scope, string Route, string Key, string BodyHash);

/// <summary>What became of the attempt to be the one that does a request.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>
    /// We do it. <paramref name="Until"/> tells our claim from a later one of somebody who thought we had died;
    /// <paramref name="Seed"/> is the same for all attempts at this request until one has been answered.
    /// </summary>
    public sealed record Ours(DateTimeOffset Until, string Seed) : Claim;

    public sealed record BeingDone : Claim;

    public sealed record OtherBody : Claim;

    public sealed record Answered(string Answer) : Claim;
}
