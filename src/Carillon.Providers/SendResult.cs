namespace Carillon.Providers;

/// <summary>
/// How one attempt ended, in the engine's terms: <see cref="Sent"/> is final, <see cref="Refused"/>
/// must not be tried again, <see cref="Unavailable"/> may be. Reasons are shown to people and never hold a secret.
/// </summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="ProviderMessageId">The provider's own id, where it tells one.</param>
    /// <param name="Raw">What else it said that is worth keeping, such as recipients it left out.</param>
    /// <param name="Date">When it says that it took the message, where it tells.</param>
    public sealed record Sent(string? ProviderMessageId, string? Raw = null, string? Date = null) : SendResult;

    public sealed record Refused(string Reason, RefusedFor For = RefusedFor.Message) : SendResult;

    /// <param name="Reason">For people.</param>
    /// <param name="RetryAfter">How long the provider asked to be left alone.</param>
    /// <param name="MayHaveArrived">The provider may have taken the message all the same: only it may be asked again, nobody else.</param>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null, bool MayHaveArrived = false) : SendResult;
}

/// <summary>What a refusal is about, and so what can be done about it.</summary>
public enum RefusedFor
{
    /// <summary>This message, or this call of ours: another provider may take it, this one will not.</summary>
    Message,

    /// <summary>The account: wrong credentials, no credit. It will refuse every other message too.</summary>
    Account,

    /// <summary>The recipient's address is no longer in use, such as the token of a removed app. It is not worth keeping.</summary>
    Gone,
}
