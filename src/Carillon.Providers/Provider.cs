namespace Carillon.Providers;

public enum Channel { InApp, Email, Sms, Push, Chat }

public enum FieldKind { Text, Number, Boolean, Switch, Json, Dropdown }

/// <summary>One field the operator fills in to connect an account. Secret fields are masked wherever they are shown.</summary>
public sealed record Field(
    string Key, string Label, FieldKind Kind = FieldKind.Text, bool IsSecret = false, bool IsRequired = true);

/// <summary>What the dashboard, the API and the docs know about a provider. There is no other list.</summary>
public sealed record ProviderInfo(
    string Id, Channel Channel, string Name, Uri? DocsUrl, params IReadOnlyList<Field> Fields);

/// <summary>A provider holds no account: it comes with the message, so one instance serves every environment.</summary>
public interface IProvider
{
    ProviderInfo Info { get; }
}

/// <summary>
/// How one attempt ended, in the engine's terms: <see cref="Sent"/> is final, <see cref="Refused"/>
/// must not be tried again, <see cref="Unavailable"/> may be. Reasons are shown to people and never hold a secret.
/// </summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="ProviderMessageId">The provider's own id, where it tells one.</param>
    /// <param name="Raw">What else it said that is worth keeping, such as recipients it left out.</param>
    public sealed record Sent(string? ProviderMessageId, string? Raw = null) : SendResult;

    public sealed record Refused(string Reason) : SendResult;

    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : SendResult;
}
