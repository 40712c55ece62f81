namespace Carillon.Providers.InApp;

/// <summary>The inbox. It has nothing to send: the committed message is the delivery.</summary>
public sealed class NovuInApp : IProvider
{
    public ProviderInfo Info { get; } = new(
        "novu", Channel.InApp, "Novu Inbox", DocsUrl: null,
        new Field("hmac", "Security HMAC encryption", FieldKind.Switch, IsRequired: false));
}
