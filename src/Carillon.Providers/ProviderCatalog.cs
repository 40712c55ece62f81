using System.Collections.Frozen;
using Carillon.Providers.Chat.Slack;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Email.Webhook;
using Carillon.Providers.Http;
using Carillon.Providers.InApp;

namespace Carillon.Providers;

public static class ProviderCatalog
{
    /// <summary>Every provider we ship, in alphabetical order. Adding one is one line here; two with one id throw at start-up.</summary>
    public static FrozenDictionary<string, IProvider> Create(OutboundHttp http, SmtpPool smtp, TimeProvider clock) => ById(
        new NovuInApp(),
        new SlackChat(http),
        new SmtpEmail(smtp, clock),
        new WebhookEmail(http));

    internal static FrozenDictionary<string, IProvider> ById(params IEnumerable<IProvider> providers) =>
        providers.ToDictionary(provider => provider.Info.Id).ToFrozenDictionary();
}
